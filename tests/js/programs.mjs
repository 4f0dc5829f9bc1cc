/** Programs for tests in Python: from choices, what the training panel writes of them. */

import { readFileSync } from "node:fs";
import { USUAL, written } from "../../static/js/panels/train/program.js";

/** @import { Choices } from "../../static/js/panels/train/types.d.ts" */

/** @type {Partial<Choices>[]} */
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map((choices) => written({ ...USUAL, ...choices }))));

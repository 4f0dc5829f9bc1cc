/** Answers for tests in Python: from pairs of a document and moved inputs to the replayed document, or null. */

import { readFileSync } from "node:fs";
import { replayOf } from "../../static/js/replay/replay.js";

/** @import { GraphDocument, Moved } from "../../static/js/types.d.ts" */

/** @type {[GraphDocument, Moved][]} */
const pairs = JSON.parse(readFileSync(0, "utf8"));

process.stdout.write(JSON.stringify(pairs.map(([document, moved]) => replayOf(document)?.(moved) ?? null)));

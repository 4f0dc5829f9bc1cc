/** Answers for tests in Python: from a document and a descent to the path it takes. */

import { readFileSync } from "node:fs";
import { descend } from "../../static/js/replay/descend.js";
import { replayOf } from "../../static/js/replay/replay.js";

/** @import { GraphDocument } from "../../static/js/types.d.ts" */
/** @import { Descent } from "../../static/js/replay/types.d.ts" */

/** @type {[GraphDocument, Descent]} */
const [document, descent] = JSON.parse(readFileSync(0, "utf8"));
const replay = replayOf(document);

process.stdout.write(JSON.stringify(replay && descend(replay, descent)));

/** Answers for tests in Python: from triples of a quantity, a document and its source to the number, or null. */

import { readFileSync } from "node:fs";
import { measured } from "../../static/js/learn/measure.js";

/** @import { Quantity } from "../../static/js/learn/measure.js" */
/** @import { GraphDocument } from "../../static/js/types.d.ts" */

/** @type {{ documents: [GraphDocument, string][], asked: [Quantity, number][] }} */
const { documents, asked } = JSON.parse(readFileSync(0, "utf8"));

const answers = asked.map(([quantity, place]) => {
  const [document, source] = documents[place] ?? [];
  return document && source !== undefined ? (measured(quantity, document, source) ?? null) : null;
});
process.stdout.write(JSON.stringify(answers));

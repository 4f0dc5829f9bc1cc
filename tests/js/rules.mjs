/** Answers for tests in Python: from rows of an operation and its operands to its result and slopes, as texts. */

import { readFileSync } from "node:fs";
import { RULES } from "../../static/js/generated/rules.js";

/** @type {[string, string[]][]} */
const rows = JSON.parse(readFileSync(0, "utf8"));

/** @type {(x: number) => string} */
const text = (x) => (Object.is(x, -0) ? "-0" : String(x));

const answers = rows.map(([name, operands]) => {
  const { forward, slopes } = RULES[name];
  const [x, y = NaN] = operands.map(Number);
  const z = forward(x, y);
  return [z, ...slopes.map((slope) => slope(x, y, z))].map(text);
});

process.stdout.write(JSON.stringify(answers));

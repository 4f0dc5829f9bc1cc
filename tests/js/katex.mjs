/** Reads formulas as a list of texts in JSON, and writes what KaTeX has against each: null where it takes it. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const katex = createRequire(new URL("../../static/package.json", import.meta.url))("katex");

/** @param {string} formula */
function wrong(formula) {
  try {
    katex.renderToString(formula, { displayMode: true, strict: "error", throwOnError: true });
    return null;
  } catch (error) {
    return String(error);
  }
}

/** @type {string[]} */
const formulas = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(formulas.map(wrong)));

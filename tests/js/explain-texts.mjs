/** Reads documents from standard input, and writes all that the page says of them: compared with what the server says. */

import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

import { NOTATION } from "../../static/js/generated/notation.js";
import { entrySentenceOf, latexOf, ledgerOf, linesOf, mathTree, pendingAt, ruleOf, sentenceOf, stepsOf } from "../../static/js/explain/index.js";

const FOLDER = new URL("../../engine/explain/words/", import.meta.url);
/** @param {string} language */
const words = (language) => JSON.parse(readFileSync(new URL(`${language}.json`, FOLDER), "utf-8"));

/** @param {import("../../static/js/explain/types.d.ts").Element} part @returns {string} */
function serialised({ tag, inside, normal }) {
  const text = typeof inside === "string" ? inside.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;") : inside.map(serialised).join("");
  return `<${tag}${normal ? ' mathvariant="normal"' : ""}>${text}</${tag}>`;
}

/** @param {unknown} value JSON has no NaN and no infinities */
const plain = (value) => JSON.parse(JSON.stringify(value, (_, one) => (typeof one === "number" && !Number.isFinite(one) ? String(one) : one)));

/** @type {{ documents: { document: any, source: string, rule: "pytorch" | "micrograd" }[], languages: string[] }} */
const { documents, languages } = JSON.parse(await text(process.stdin));
const said = documents.map(({ document, source, rule }) => {
  const reading = { source, rule };
  const steps = stepsOf(document, reading);
  return {
    steps: plain(steps),
    pending: steps.map(({ index }) => pendingAt(document, index)),
    lines: steps.map((step) => linesOf(step, document, reading)),
    mathml: steps.map((step) => serialised(mathTree(latexOf(step, document, reading)))),
    sentences: languages.map((language) => steps.map((step) => sentenceOf(step, document, words(language), reading))),
    ledger: [...ledgerOf(document, { rule, passes: 2 })].map(([node, entries]) => ({
      node,
      entries: plain(entries),
      sentences: entries.map((entry) => entrySentenceOf(entry, node, document, words("en"), reading)),
    })),
  };
});
process.stdout.write(JSON.stringify({ said, rules: [...NOTATION.keys()].map(ruleOf) }));

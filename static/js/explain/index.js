/** What happens in a graph, step by step, from the document alone: as data, in symbols, in words. */

export { graphOf, nodeAt } from "./graph.js";
export { ledgerOf } from "./ledger.js";
export { gathered, latexOf, linesOf } from "./lines.js";
export { elementOf, mathOf, mathTree } from "./mathml.js";
export { ruleOf } from "./notation.js";
export { emptySentenceOf, entrySentenceOf, say, sentenceOf } from "./sentences.js";
export { pendingAt, readyOf, stepsOf } from "./steps.js";

/** The elementary operations inside one of a learner's own engine: `t1 = 2 · x = 4`, `t2 = exp(t1) = 54.6`, … Pure. */

/** @import { Part, PartOperand } from "../types.d.ts" */
/** @import { Graph, Line, Tree, Written } from "../explain/types.d.ts" */
/** @import { Style } from "../explain/notation.js" */

import { ATOM, LATEX, TEXT, write } from "../explain/notation.js";
import { NOTATION } from "../generated/notation.js";

/**
 * A line for each, the last one without a name of its own.
 * @param {readonly Part[]} parts
 * @param {Graph} graph
 * @returns {Line[]}
 */
export function insideLines(parts, graph) {
  return parts.map(({ op, operands, data }, place) => {
    const params = NOTATION.get(op)?.params ?? [];
    const sides = (/** @type {Style} */ style, /** @type {"text" | "latex"} */ form) => {
      const names = new Map(params.map((param, at) => [param, operandName(operands[at], graph, form, style)]));
      /** @type {Tree} */
      const placed = [op, ...operands.map((one) => Number(one.data))];
      const own = place === parts.length - 1 ? [] : [partName(place, form)];
      return [...own, write([op, ...params], names, style).text, write(placed, new Map(), style).text, style.number(Number(data))];
    };
    const [text, latex] = [sides(TEXT, "text"), sides(LATEX, "latex")];
    return { symbols: text[0], numbers: text.at(-2) ?? "", result: text.at(-1) ?? "", text: text.join(" = "), latex: latex.join(" = ") };
  });
}

/**
 * @param {PartOperand | undefined} operand
 * @param {Graph} graph
 * @param {"text" | "latex"} form
 * @param {Style} style
 * @returns {Written}
 */
function operandName(operand, graph, form, style) {
  const node = graph.nodes.get(operand?.node ?? -1);
  if (node) return node.name[form];
  const part = operand?.part ?? null;
  return part === null ? write(Number(operand?.data), new Map(), style) : { text: partName(part, form), strength: ATOM };
}

/** @type {(place: number, form: "text" | "latex") => string} */
const partName = (place, form) => (form === "text" ? `t${place + 1}` : `t_{${place + 1}}`);

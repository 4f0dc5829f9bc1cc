/** Nodes and edges in words of the page's language. */

/** @import { GraphNode, Wire } from "./types.d.ts" */

import { gradient, number, role } from "./format.js";
import { say, sayCount } from "./say.js";

/** @param {GraphNode} node its operation's sign, or the kind of a leaf */
export const does = (node) => (node.op ?? node.symbol) === null ? say(`legend.${node.kind}`) : role(node);

/** @param {GraphNode} node for example "a, input, data 2, grad 6" */
export function heardNode(node) {
  const { label, nodes, data, grad } = node;
  const parts = [does(node)];
  if (nodes) parts.push(sayCount("heard.nodes", nodes));
  if (/** @type {unknown} */ (data) !== null) parts.push(`data ${number(data)}`);
  if (label !== null) parts.unshift(label);
  if (grad !== null) parts.push(`grad ${gradient(node)}`);
  return parts.join(", ");
}

/**
 * @param {GraphNode} source
 * @param {GraphNode} target
 */
export const heardEnds = (source, target) => say("heard.ends", { from: source.label ?? does(source), to: target.label ?? does(target) });

/** @param {Wire} wire */
export function heardEdge({ ends, edge: { local, flow, values = 1 } }) {
  const parts = [ends];
  if (values > 1) parts.push(sayCount("heard.values", values));
  else if (flow === null) parts.push(say("heard.noGradient"));
  else {
    if (local !== null) parts.push(`${say("legend.local")} ${number(local)}`);
    parts.push(`${say("heard.flow")} ${number(flow)}`);
  }
  return parts.join(", ");
}

/**
 * The layout against dagre: time and crossings of the same graphs in one run. Prints one JSON object a line.
 *
 * The two take turns; the ratio is the median of the ratios of the turns. A bar holds where our layout is that many
 * times faster and has no more crossings.
 */

import { layout } from "../../static/js/layout.js";
import { dagreLayout } from "../js/layout-dagre.mjs";
import { countCrossings } from "../js/layout-drawing.js";
import { mlp, randomExpression } from "../js/layout-graphs.js";

/** @import {LayoutGraph} from "../../static/js/layout.types.js" */

const TURNS = 3;
const REPEATS = 9; // of ours in a turn

const median = (/** @type {number[]} */ numbers) => numbers.slice().sort((a, b) => a - b)[numbers.length >> 1];

/** Median seconds of one of our layouts. @param {LayoutGraph} graph */
function ourSeconds(graph) {
  const times = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    layout(graph);
    return (performance.now() - start) / 1000;
  });
  return median(times);
}

/**
 * @param {string} name
 * @param {LayoutGraph} graph
 * @param {number} bar
 */
function row(name, graph, bar) {
  const turns = Array.from({ length: TURNS }, () => ({ ours: ourSeconds(graph), peer: dagreLayout(graph) }));
  const crossings = countCrossings(graph.source, layout(graph).routes);
  const peerCrossings = countCrossings(graph.source, turns[0].peer.routes);
  const ratio = median(turns.map(({ ours, peer }) => peer.seconds / ours));
  return {
    work: `layout, ${name}: ${crossings} crossings against ${peerCrossings}`,
    ours_s: median(turns.map(({ ours }) => ours)),
    peer: "dagre",
    peer_s: median(turns.map(({ peer }) => peer.seconds)),
    ratio,
    bar,
    holds: ratio >= bar && crossings <= peerCrossings,
  };
}

const net = mlp(3, [14, 13, 1]);
const expression = randomExpression(1000, 1);
console.log(JSON.stringify(row(`MLP(3, [14, 13, 1]), ${net.count} nodes`, net, 40)));
console.log(JSON.stringify(row(`random expression, ${expression.count} nodes`, expression, 40)));

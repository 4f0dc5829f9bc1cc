/**
 * The peer of the tests and benches: the same graph, boxes and gaps laid out by dagre.
 */

import { createRequire } from "node:module";

/** @import {LayoutGraph} from "../../static/js/layout.types.js" */

const dagre = createRequire(new URL("../../static/package.json", import.meta.url))("@dagrejs/dagre");

/**
 * @param {LayoutGraph} graph
 * @returns {{routes: number[][], seconds: number}} the polyline of every edge; the time of dagre alone
 */
export function dagreLayout({ count, source, target }) {
  const peer = new dagre.graphlib.Graph({ multigraph: true });
  peer.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 46 });
  for (let node = 0; node < count; node++) peer.setNode(String(node), { width: 96, height: 44 });
  source.forEach((from, edge) => peer.setEdge(String(from), String(target[edge]), {}, String(edge)));
  const start = performance.now();
  dagre.layout(peer);
  const seconds = (performance.now() - start) / 1000;
  const routes = Array.from(source, (from, edge) => {
    const { points } = peer.edge(String(from), String(target[edge]), String(edge));
    return points.flatMap((/** @type {{x: number, y: number}} */ { x, y }) => [x, y]);
  });
  return { routes, seconds };
}

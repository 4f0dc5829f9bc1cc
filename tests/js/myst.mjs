/** Reads MyST as a text in JSON and writes the addresses of the frames in it, as MyST's own parser finds them. */

import { readFileSync } from "node:fs";
import { mystParse } from "../../static/node_modules/myst-parser/dist/index.js";

/** @typedef {{ type: string, src?: string, children?: Node[] }} Node */

/** @type {(node: Node) => (string | undefined)[]} */
const frames = (node) => [...(node.type === "iframe" ? [node.src] : []), ...(node.children ?? []).flatMap(frames)];

process.stdout.write(JSON.stringify(frames(mystParse(JSON.parse(readFileSync(0, "utf8"))))));

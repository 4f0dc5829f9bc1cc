/** Reads documents from standard input, and writes what the inspector says of the ways to their outputs. */

import { text } from "node:stream/consumers";

import { chainOf } from "../../static/js/panels/inspect/chain.js";
import { forwardOf } from "../../static/js/panels/inspect/forward.js";
import { pathsOf } from "../../static/js/panels/inspect/paths.js";

/** @type {{ document: any, source: string }[]} */
const documents = JSON.parse(await text(process.stdin));
const found = documents.map(({ document, source }) => {
  const reading = { source };
  const told = document.nodes.filter((/** @type {any} */ { grad }) => grad !== null).map((/** @type {{ id: number }} */ { id }) => ({
    id,
    chain: chainOf(document, id, reading)?.result ?? null,
    paths: pathsOf(document, id, reading)?.total ?? null,
    forward: forwardOf(document, id, reading).lines.at(-1)?.result ?? null,
  }));
  return told;
});
process.stdout.write(JSON.stringify(found));

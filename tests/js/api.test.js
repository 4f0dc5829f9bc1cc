import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { askGraph } from "../../static/js/api.js";
import { SQUARE, diagnostic } from "./documents.js";

const QUESTION = { source: "y = x*x", inputs: {}, accumulation: /** @type {const} */ ("pytorch"), expand: [] };

/**
 * What askGraph makes of an answer.
 * @param {Response | Error} answer
 */
async function outcome(answer) {
  const fetched = mock.method(globalThis, "fetch", () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)));
  try {
    return await askGraph(QUESTION, new AbortController().signal);
  } finally {
    fetched.mock.restore();
  }
}

/** @param {unknown} body @param {number} status @param {Record<string, string>} [headers] */
const json = (body, status, headers = {}) => new Response(JSON.stringify(body), { status, headers });

test("a graph is a graph", async () => assert.deepEqual(await outcome(json(SQUARE, 200)), { kind: "graph", document: SQUARE }));

test("a wrong program comes with its diagnostics", async () => {
  const diagnostics = [diagnostic({ line: 3 })];
  assert.deepEqual(await outcome(json({ title: "The program is wrong", diagnostics }, 422)), { kind: "refused", diagnostics });
});

test("a wrong request is told in its own words", async () => {
  const { kind, diagnostics } = /** @type {any} */ (await outcome(json({ title: "Too large", detail: "At most 64 KiB." }, 413)));
  assert.deepEqual([kind, diagnostics.length, diagnostics[0].message, diagnostics[0].line], ["refused", 1, "At most 64 KiB.", null]);
});

for (const status of [429, 503]) {
  test(`${status} says when to ask again`, async () => {
    assert.deepEqual(await outcome(json({}, status, { "retry-after": "4" })), { kind: "busy", after: 4 });
    assert.deepEqual(await outcome(json({}, status)), { kind: "busy", after: null });
  });
}

for (const [name, answer] of /** @type {[string, Response | Error][]} */ ([
  ["no network", new TypeError("failed to fetch")],
  ["a broken server", json({}, 500)],
  ["a proxy's page", new Response("<html>", { status: 502 })],
  ["a page instead of JSON", new Response("<html>", { status: 200 })],
  ["a document of another schema", json({ graph: { schema: "graph/9" } }, 200)],
])) {
  test(`${name} is a service out of reach`, async () => assert.deepEqual(await outcome(answer), { kind: "unreachable" }));
}

const ENGINE = "class V:\n    def __add__(self, other): return self";
const EMPTY = { ...SQUARE, nodes: [], edges: [] };
const OWN = { ...SQUARE, graph: { ...SQUARE.graph, schema: "own/1" } };
const REFUSED = { title: "No", diagnostics: [diagnostic({ line: 2 })] };

for (const [name, { source = ENGINE, engine = null, graph = EMPTY, own = OWN }, asked, kind] of /** @type {[string, { source?: string, engine?: "own" | "ours" | null, graph?: object, own?: object }, string[], string][]} */ ([
  ["a program without an engine of its own", { source: "x = 1.0" }, ["graph"], "graph/1"],
  ["an engine where there is nothing else to draw", {}, ["graph", "own"], "own/1"],
  ["an engine beside what the playground draws", { graph: SQUARE }, ["graph"], "graph/1"],
  ["an engine that is chosen", { engine: "own", graph: SQUARE }, ["own"], "own/1"],
  ["an engine that is not wanted", { engine: "ours" }, ["graph"], "graph/1"],
  ["an engine that does not come to its end", { graph: REFUSED }, ["graph", "own"], "own/1"],
  ["a text that is no program", { graph: REFUSED, own: REFUSED }, ["graph", "own"], "refused"],
])) {
  test(`${name} is asked for where it is`, async () => {
    /** @type {string[]} */
    const paths = [];
    const fetched = mock.method(globalThis, "fetch", (/** @type {string} */ address) => {
      const path = address.replace("/api/v1/", "");
      paths.push(path);
      const body = path === "own" ? own : graph;
      return Promise.resolve(json(body, body === REFUSED ? 422 : 200));
    });
    try {
      const answer = await askGraph({ ...QUESTION, source, engine }, new AbortController().signal);
      assert.equal(answer.kind === "graph" ? answer.document.graph.schema : answer.kind, kind);
      assert.deepEqual(paths, asked);
    } finally {
      fetched.mock.restore();
    }
  });
}

for (const [name, pages, told] of /** @type {[string, (number[] | Error)[], number[]][]} */ ([
  ["that there is room for", [[1, 2, 3]], [1, 2, 3]],
  ["in several answers", [[1], [2], [3]], [1, 2, 3]],
  ["as far as they come", [[1], [2], new TypeError("failed to fetch")], [1, 2]],
  ["up to where there are no more", [[1], []], [1]],
])) {
  test(`a learner's engine has its steps ${name}`, async () => {
    const asked = /** @type {any[]} */ ([]);
    const fetched = mock.method(globalThis, "fetch", (/** @type {string} */ path, /** @type {RequestInit} */ { body }) => {
      const page = pages[asked.length] ?? [];
      asked.push({ path, ...JSON.parse(String(body)) });
      if (page instanceof Error) return Promise.reject(page);
      return Promise.resolve(json(asked.length === 1 ? { ...OWN, graph: { ...OWN.graph, steps: 3 }, steps: page } : { total: 3, steps: page }, 200));
    });
    try {
      const { document } = /** @type {any} */ (await askGraph({ ...QUESTION, source: ENGINE, engine: "own" }, new AbortController().signal));
      assert.deepEqual([document.steps, document.graph.steps], [told, told.length]);
      assert.deepEqual(asked.slice(1).map(({ path, start, nodes }) => [path, start, nodes]), asked.slice(1).map((_, i) => ["/api/v1/own/steps", i + 1, OWN.nodes.length]));
    } finally {
      fetched.mock.restore();
    }
  });
}

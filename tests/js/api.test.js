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

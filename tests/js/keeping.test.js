import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { keeping } from "../../static/js/share/keeping.js";

const STATE = '{"source":"a = 2.0"}';
const fetched = globalThis.fetch;
afterEach(() => void (globalThis.fetch = fetched));

/** Answers every question like this, and tells what was asked. @param {number} status @param {unknown} answer */
function answering(status, answer) {
  /** @type {[string, RequestInit][]} */
  const asked = [];
  globalThis.fetch = async (path, how = {}) => (asked.push([String(path), how]), new Response(JSON.stringify(answer), { status }));
  return asked;
}

test("a link that was made is the link to what it was made of, until it is given up with its token", async () => {
  const links = keeping();
  assert.equal(links.idOf(STATE), null);
  answering(201, { id: "abc", token: "secret" });
  assert.equal(await links.make(STATE), true);
  assert.equal(links.idOf(STATE), "abc");
  assert.equal(links.idOf("{}"), null);
  const asked = answering(200, { gone: true });
  assert.equal(await links.giveUp(), true);
  assert.deepEqual(asked, [["/api/v1/links/abc", { method: "DELETE", headers: { Authorization: "Bearer secret" } }]]);
  assert.equal(links.idOf(STATE), null);
});

test("what could not be made or given up is as it was", async () => {
  const links = keeping();
  answering(507, { title: "full" });
  assert.equal(await links.make(STATE), false);
  assert.equal(links.idOf(STATE), null);
  assert.equal(await links.giveUp(), false);
  answering(201, { id: "abc", token: "secret" });
  await links.make(STATE);
  globalThis.fetch = () => Promise.reject(new TypeError("away"));
  assert.equal(await links.giveUp(), false);
  assert.equal(links.idOf(STATE), "abc");
});

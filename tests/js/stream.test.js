import assert from "node:assert/strict";
import { test } from "node:test";

import { Stream } from "../../static/js/panels/train/stream.js";

/** @import { News } from "../../static/js/panels/train/types.d.ts" */

const event = (/** @type {number} */ id, /** @type {string} */ kind, /** @type {object} */ data) => `event: ${kind}\ndata: ${JSON.stringify(data)}\nid: ${id}\n\n`;
const STARTED = event(0, "started", { job: "one/two" });
const frame = (/** @type {number} */ step) => event(step, "frame", { step });
const DONE = event(9, "done", { cancelled: false });

/**
 * What is heard where the service gives these answers, one after the other, and what it was asked.
 * @param {(string | number | null)[]} answers text of a stream, a status, or null for nobody there
 */
async function heard(answers) {
  /** @type {News[]} */
  const news = [];
  /** @type {[string, string | null, number][]} */
  const asked = [];
  let clock = 0;
  const stream = new Stream((one) => news.push(one), {
    fetch: async (url, options) => {
      asked.push([url, new Headers(options.headers).get("last-event-id"), clock]);
      const answer = answers.shift() ?? null;
      if (answer === null) throw new TypeError("nobody there");
      if (typeof answer === "number") return new Response(answer === 204 ? null : JSON.stringify({ title: "no", detail: "why" }), { status: answer });
      return new Response(answer);
    },
    wait: async (time) => void (clock += time),
    now: () => clock,
  });
  await stream.start({ source: "x = 1.0" });
  return { kinds: news.map(({ kind }) => kind), news, asked, stream };
}

test("a training is heard from its beginning to its end", async () => {
  const { kinds, asked } = await heard([STARTED + frame(1) + frame(2) + DONE]);
  assert.deepEqual(kinds, ["started", "frame", "frame", "done"]);
  assert.equal(asked.length, 1);
});

test("a broken connection is taken up again behind what was heard last", async () => {
  const { kinds, asked, news } = await heard([STARTED + frame(1) + frame(2).slice(0, 9), null, null, frame(1) + frame(2), frame(3) + DONE]);
  assert.deepEqual(kinds, ["started", "frame", "resuming", "frame", "resuming", "frame", "done"]);
  assert.deepEqual(asked.map(([url, last]) => [url, last]).slice(1), [...Array(3).fill(["/api/v1/train/one%2Ftwo", "1"]), ["/api/v1/train/one%2Ftwo", "2"]]);
  assert.deepEqual(asked.map(([, , at]) => at).slice(1, 4), [250, 750, 1750]);
  assert.deepEqual(news.flatMap((one) => (one.kind === "frame" ? [one.frame.step] : [])), [1, 2, 3]);
});

test("a training that is not there any more is lost", async () => {
  for (const status of [404, 204]) assert.deepEqual((await heard([STARTED, status])).kinds, ["started", "resuming", "lost"]);
});

test("nobody is waited for longer than a training is kept", async () => {
  const { kinds, asked } = await heard([STARTED]);
  assert.deepEqual(kinds, ["started", "resuming", "lost"]);
  const last = /** @type {[string, string | null, number]} */ (asked.at(-1));
  assert.ok(last[2] >= 56_000 && last[2] <= 64_000 && asked.length < 25);
});

test("what is refused says why", async () => {
  assert.deepEqual((await heard([503])).kinds, ["busy"]);
  assert.deepEqual((await heard([null])).kinds, ["lost"]);
  const { news } = await heard([422]);
  assert.deepEqual(news, [{ kind: "problem", problem: { title: "no", detail: "why" } }]);
  const ending = await heard([STARTED + event(1, "problem", { title: "nan" }) + frame(2)]);
  assert.deepEqual(ending.kinds, ["started", "problem"]);
});

test("a training that is over is told nothing", async () => {
  const { stream, asked } = await heard([STARTED + DONE]);
  assert.equal(await stream.say({ action: "pause" }), false);
  assert.equal(asked.length, 1);
});

/** What a panel asks of the service: when things rest, newest answer wins, again and again while the service is away. */

/** @import { Diagnostic } from "../types.d.ts" */

import { retryDelay } from "../evaluator.js";

/** @typedef {"curve" | "surface" | "gradcheck"} Path */

/**
 * @template Answer
 * @typedef {{ kind: "answer", answer: Answer } | { kind: "refused", message: string } | { kind: "busy", after: number | null } | { kind: "unreachable" }} Reply
 */

/**
 * How far a question is: under way for longer than a second, answered, refused with a message, or the service is away.
 * @template Answer
 * @typedef {{ kind: "asking" } | { kind: "long" } | { kind: "answer", answer: Answer } | { kind: "refused", message: string } | { kind: "away" }} Progress
 */

/** Milliseconds. */
const PAUSE = 150;
const LONG = 1000;

/**
 * @template Answer
 * @param {Path} path
 * @param {object} question
 * @param {AbortSignal} signal
 * @returns {Promise<Reply<Answer>>}
 */
export async function ask(path, question, signal) {
  try {
    const response = await fetch(`api/v1/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, application/problem+json" },
      body: JSON.stringify(question),
      signal,
    });
    if (response.status === 429 || response.status === 503) return { kind: "busy", after: Number(response.headers.get("retry-after")) || null };
    const body = await response.json();
    if (response.ok) return { kind: "answer", answer: body };
    return response.status < 500 ? { kind: "refused", message: messageOf(body) } : { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}

/** @param {{ title: string, detail?: string | null, diagnostics?: Diagnostic[] }} problem */
const messageOf = ({ title, detail, diagnostics }) => diagnostics?.[0]?.message ?? detail ?? title;

/**
 * Holds the newest question of a panel. A question asked twice is one; `again` asks the last one once more, at once.
 * @template Answer
 * @param {Path} path
 * @param {(progress: Progress<Answer>) => void} tell
 */
export function createAsker(path, tell, pause = PAUSE) {
  let timer = setTimeout(() => undefined);
  let under = new AbortController();
  let failures = 0;
  let last = "";

  const now = async () => {
    clearTimeout(timer);
    under.abort();
    under = new AbortController();
    const { signal } = under;
    tell({ kind: "asking" });
    const long = setTimeout(() => tell({ kind: "long" }), LONG);
    signal.addEventListener("abort", () => clearTimeout(long));
    /** @type {Reply<Answer>} */
    const reply = await ask(path, JSON.parse(last), signal);
    clearTimeout(long);
    if (!signal.aborted) settle(reply);
  };

  /** @param {Reply<Answer>} reply */
  const settle = (reply) => {
    if (reply.kind === "answer" || reply.kind === "refused") {
      failures = 0;
      tell(reply);
    } else {
      tell({ kind: "away" });
      timer = setTimeout(now, retryDelay(++failures, reply));
    }
  };

  return {
    /** @param {object} question */
    ask: (question) => {
      const text = JSON.stringify(question);
      if (text === last) return;
      last = text;
      clearTimeout(timer);
      under.abort();
      timer = setTimeout(now, pause);
    },
    again: () => {
      if (last) now();
    },
    /** Nothing is to be asked any more. */
    forget: () => {
      last = "";
      clearTimeout(timer);
      under.abort();
    },
  };
}

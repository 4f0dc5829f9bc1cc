/** What a panel asks of the service: when things rest, newest answer wins, again and again while the service is away. */

/** @import { Diagnostic } from "../types.d.ts" */

import { retryDelay } from "../evaluator.js";
import { PASS } from "../api.js";

/** @typedef {"arrays" | "boundary" | "curve" | "surface" | "gradcheck" | "predict/answer" | "predict/receipt"} Path */

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
    const response = await fetch(`/api/v1/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, application/problem+json", ...PASS },
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
 * Holds the newest question of a panel.
 * @template Answer
 */
export class Asker {
  #timer = setTimeout(() => undefined);
  #under = new AbortController();
  #failures = 0;
  #last = "";

  /**
   * @param {Path} path
   * @param {(progress: Progress<Answer>) => void} tell
   */
  constructor(path, tell, pause = PAUSE) {
    this.path = path;
    this.tell = tell;
    this.pause = pause;
  }

  /**
   * Asks when things rest; a question asked twice is one.
   * @param {object} question
   */
  ask(question) {
    const text = JSON.stringify(question);
    if (text === this.#last) return;
    this.forget();
    this.#last = text;
    this.#timer = setTimeout(() => this.again(), this.pause);
  }

  /** Asks the last question once more, at once. */
  async again() {
    if (this.#last === "") return;
    clearTimeout(this.#timer);
    this.#under.abort();
    this.#under = new AbortController();
    const { signal } = this.#under;
    this.tell({ kind: "asking" });
    const long = setTimeout(() => this.tell({ kind: "long" }), LONG);
    signal.addEventListener("abort", () => clearTimeout(long));
    /** @type {Reply<Answer>} */
    const reply = await ask(this.path, JSON.parse(this.#last), signal);
    clearTimeout(long);
    if (!signal.aborted) this.#settle(reply);
  }

  /** Nothing is to be asked any more. */
  forget() {
    this.#last = "";
    clearTimeout(this.#timer);
    this.#under.abort();
  }

  /** @param {Reply<Answer>} reply */
  #settle(reply) {
    if (reply.kind === "answer" || reply.kind === "refused") {
      this.#failures = 0;
      this.tell(reply);
    } else {
      this.tell({ kind: "away" });
      this.#timer = setTimeout(() => this.again(), retryDelay(++this.#failures, reply));
    }
  }
}

/**
 * What an asker tells a panel that takes answers, and then draws.
 * @param {(answer: any) => void} take
 * @param {() => void} changed
 * @param {(progress: Progress<any>) => void} tell
 * @returns {(progress: Progress<any>) => void}
 */
export const taking = (take, changed, tell) => (progress) => {
  if (progress.kind === "answer") {
    take(progress.answer);
    changed();
  }
  tell(progress);
};

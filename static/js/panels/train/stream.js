/** A training as the page hears of it: started, listened to, found again when the connection breaks, told things. */

/** @import { Event } from "./events.js" */
/** @import { News } from "./types.d.ts" */

import { PASS } from "../../api.js";
import { eventReader } from "./events.js";

const JSON_HEADERS = { "content-type": "application/json", ...PASS };
/** Milliseconds. */
const FIRST_RETRY = 250;
const LAST_RETRY = 4000;
/** How long a training waits for its client. */
const KEPT = 60_000;
/** The service gives a sign of life every ten seconds. */
const SILENCE = 25_000;

/** @typedef {(url: string, options: RequestInit) => Promise<Response>} Fetch */

export class Stream {
  #job = "";
  #last = -1;
  #over = false;
  #under = new AbortController();

  /**
   * @param {(news: News) => void} tell
   * @param {{ fetch?: Fetch, wait?: (milliseconds: number) => Promise<unknown>, now?: () => number }} [world]
   */
  constructor(tell, { fetch = (url, options) => globalThis.fetch(url, options), wait = pause, now = Date.now } = {}) {
    this.tell = tell;
    this.fetch = fetch;
    this.wait = wait;
    this.now = now;
  }

  /** @param {object} question the program, and how to run it */
  async start(question) {
    const options = { method: "POST", headers: { ...JSON_HEADERS, accept: "text/event-stream" }, body: JSON.stringify(question) };
    const answer = await this.#ask("/api/v1/train", options);
    if (this.#over) return;
    if (answer === null) return this.#end({ kind: "lost" });
    if (answer.status === 503 || answer.status === 429) return this.#end({ kind: "busy" });
    if (!answer.ok) return this.#end({ kind: "problem", problem: await answer.json().catch(() => ({ title: String(answer.status) })) });
    await this.#read(answer);
    while (!this.#over && (await this.#again()));
    if (!this.#over) this.#end({ kind: "lost" });
  }

  /**
   * Tells the training something; whether it heard.
   * @param {{ action?: "pause" | "resume" | "step" | "cancel", pace?: number, inputs?: Record<string, number> }} said
   */
  async say(said) {
    if (this.#job === "" || this.#over) return false;
    const answer = await this.fetch(this.#address(), { method: "POST", headers: JSON_HEADERS, body: JSON.stringify(said) }).catch(() => null);
    return answer?.ok ?? false;
  }

  /** Nobody listens any more. */
  leave() {
    if (this.#over) return;
    this.say({ action: "cancel" });
    this.#over = true;
    this.#under.abort();
  }

  #address() {
    return `/api/v1/train/${encodeURIComponent(this.#job)}`;
  }

  /**
   * @param {string} url
   * @param {RequestInit} options
   */
  #ask(url, options) {
    this.#under = new AbortController();
    return this.fetch(url, { ...options, signal: this.#under.signal }).catch(() => null);
  }

  /** Finds the training again, and goes on behind what was heard last; false where it is not there any more. */
  async #again() {
    if (this.#job === "") return false;
    this.tell({ kind: "resuming" });
    const start = this.now();
    for (let delay = FIRST_RETRY; !this.#over && this.now() - start < KEPT; delay = Math.min(2 * delay, LAST_RETRY)) {
      await this.wait(delay);
      const answer = await this.#ask(this.#address(), { headers: { accept: "text/event-stream", "last-event-id": String(this.#last) } });
      if (answer?.status === 404 || answer?.status === 204) return false;
      if (answer?.ok) {
        await this.#read(answer);
        return true;
      }
    }
    return false;
  }

  /**
   * Reads until the stream ends, breaks, or is silent for too long.
   * @param {Response} answer
   */
  async #read(answer) {
    const reader = answer.body?.getReader();
    const decoder = new TextDecoder();
    const read = eventReader();
    const { signal } = this.#under;
    signal.addEventListener("abort", () => reader?.cancel().catch(() => undefined));
    try {
      while (reader && !this.#over) {
        const silence = setTimeout(() => this.#under.abort(), SILENCE);
        const { value, done } = await reader.read().finally(() => clearTimeout(silence));
        if (done) return;
        for (const event of read(decoder.decode(value, { stream: true }))) this.#hear(event);
      }
    } catch {
      // a broken connection ends it, too: the training is looked for again
    }
  }

  /** @param {Event} event */
  #hear({ id, event, data }) {
    if (this.#over || (id !== null && id <= this.#last)) return;
    if (id !== null) this.#last = id;
    const said = JSON.parse(data);
    if (event === "started") {
      this.#job = said.job;
      this.tell({ kind: "started", job: said.job });
    } else if (event === "frame") this.tell({ kind: "frame", frame: said });
    else if (event === "done") this.#end({ kind: "done", document: said });
    else if (event === "problem") this.#end({ kind: "problem", problem: said });
  }

  /** @param {News} news */
  #end(news) {
    this.#over = true;
    this.tell(news);
  }
}

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

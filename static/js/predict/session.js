/** One task under way: the answers given, the verdicts on them, and the token in which the service counts them. */

/** @import { Num, State, Store } from "../types.d.ts" */

import { ask } from "../panels/service.js";
import { spoken } from "../say.js";
import { ANSWER, found } from "./transitions.js";

/**
 * @typedef {object} Verdict
 * @property {number} node
 * @property {string} name
 * @property {boolean} read
 * @property {boolean} right
 * @property {string | null} mistake
 * @property {number | null} at
 * @property {string} message
 * @property {Num | null} number
 * @property {string[]} derivation
 * @property {boolean} shown
 * @property {number | null} left
 * @property {{ right: number, questions: number }} score
 * @property {boolean} receipt
 * @property {string} token
 */

/** What the event tells. @typedef {Omit<Verdict, "token" | "derivation"> & { answer: string | null }} Told */

/**
 * What the service knows a task by.
 * @param {State} state
 */
export const programOf = ({ drawn, task }) => ({ source: drawn, task });

/** @type {(verdict: Verdict | undefined) => boolean} */
export const isDone = (verdict) => verdict !== undefined && (verdict.right || verdict.shown);

export class Session {
  /** @type {Map<number, Verdict>} */
  verdicts = new Map();
  /** What has given, in a task about the order. @type {Verdict[]} */
  turns = [];
  /** @type {Verdict | null} */
  last = null;
  /** What kept the last question from being answered. @type {"busy" | "unreachable" | string | null} */
  trouble = null;
  waiting = false;
  /** @type {string | null} */
  token = null;
  #of = "";

  /**
   * @param {Store} store
   * @param {() => void} changed
   */
  constructor(store, changed) {
    this.store = store;
    this.changed = changed;
  }

  /** Begins anew where the task or the program is another. */
  follow() {
    const of = JSON.stringify(programOf(this.store.state));
    if (of === this.#of) return;
    this.#of = of;
    this.begin();
  }

  /** Forgets all answers. */
  begin() {
    this.verdicts = new Map();
    this.turns = [];
    [this.last, this.trouble, this.token, this.waiting] = [null, null, null, false];
  }

  /** The numbers that are known. */
  get numbers() {
    const known = Array.from(this.verdicts.values()).flatMap(({ node, number }) => (number === null ? [] : [/** @type {const} */ ([node, number])]));
    return new Map(known);
  }

  /**
   * Sends an answer; null asks to be shown it.
   * @param {number | null} node
   * @param {string | null} answer
   */
  async answer(node, answer) {
    if (this.waiting) return;
    [this.waiting, this.trouble] = [true, null];
    this.changed();
    const of = this.#of;
    const question = { ...programOf(this.store.state), lang: spoken(), node, answer, token: this.token };
    const reply = await ask("predict/answer", question, AbortSignal.timeout(20_000));
    if (of !== this.#of) return;
    this.waiting = false;
    if (reply.kind === "answer") this.#take(/** @type {Verdict} */ (reply.answer), answer);
    else this.trouble = reply.kind === "refused" ? reply.message : reply.kind;
    this.changed();
  }

  /**
   * @param {Verdict} verdict
   * @param {string | null} answer
   */
  #take(verdict, answer) {
    this.token = verdict.token;
    this.last = verdict;
    this.verdicts.set(verdict.node, verdict);
    if (isDone(verdict) && !this.turns.some(({ node }) => node === verdict.node)) this.turns.push(verdict);
    if (verdict.number !== null) this.store.apply(found, new Map([[verdict.node, verdict.number]]));
    const { token, derivation, ...told } = verdict;
    document.dispatchEvent(new CustomEvent(ANSWER, { detail: { ...told, answer } }));
  }

  /**
   * The receipt, as the file that it is.
   * @param {string} name
   * @returns {Promise<string | null>}
   */
  async receipt(name) {
    const reply = await ask("predict/receipt", { ...programOf(this.store.state), token: this.token, name }, AbortSignal.timeout(20_000));
    if (reply.kind === "answer") return JSON.stringify(reply.answer, null, 2);
    this.trouble = reply.kind === "refused" ? reply.message : reply.kind;
    this.changed();
    return null;
  }
}

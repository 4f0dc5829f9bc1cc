/** A chapter beside its playground: links that set the playground, and the check. */

/** @import { Editor, State, Store } from "../types.d.ts" */
/** @import { Facts, Verdict } from "./judge.js" */

import { namesOf } from "../explain/names.js";
import { say } from "../say.js";
import { PLAIN, situated } from "../store.js";
import { situationOf } from "../url.js";
import { judgeNode, judgeNumber, judgeProgram, numberIn } from "./judge.js";
import { done, finish } from "./progress.js";

/** Milliseconds until what was just typed is on its way to the service. */
const TYPED = 200;

/**
 * @param {HTMLElement} lesson
 * @param {Store} store
 * @param {Editor} editor
 */
export function mountLesson(lesson, store, editor) {
  followLinks(lesson, store);
  mountAgain(/** @type {HTMLElement} */ (document.getElementById("again")), store, editor);
  const check = lesson.querySelector(".check-of");
  if (check instanceof HTMLElement) mountCheck(check, store, lesson.dataset.slug ?? "");
}

/**
 * A link in the prose that is only a query says how to look at the program: it is followed without leaving the page.
 * @param {HTMLElement} lesson
 * @param {Store} store
 */
function followLinks(lesson, store) {
  lesson.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const query = link?.getAttribute("href") ?? "";
    if (!query.startsWith("?") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { situation } = situationOf(query);
    store.apply(situated, situation, []);
    if (situation.panel !== PLAIN.panel) document.getElementById("panels")?.scrollIntoView({ block: "nearest" });
  });
}

/**
 * The way back to the chapter's own program, where the reader's is another.
 * @param {HTMLElement} button
 * @param {Store} store
 * @param {Editor} editor
 */
function mountAgain(button, store, editor) {
  const own = store.state.examples[0]?.source ?? "";
  const changed = (/** @type {string} */ source) => source.trimEnd() !== own.trimEnd();
  button.addEventListener("click", () => editor.replace(own));
  store.subscribe(({ source }) => void (button.hidden = !changed(source)));
}

/**
 * @param {HTMLElement} section
 * @param {Store} store
 * @param {string} slug
 */
function mountCheck(section, store, slug) {
  /** @type {Facts} */
  const facts = JSON.parse(section.querySelector("[data-part=facts]")?.textContent ?? "null");
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const show = (/** @type {Verdict | "unread" | "stale" | null} */ verdict) => {
    const parts = Array.from(section.querySelectorAll(".verdict [data-part]"));
    const hints = parts.filter((part) => part.getAttribute("data-part") === "hint");
    const chosen = typeof verdict === "number" ? hints[verdict] : parts.find((part) => part.getAttribute("data-part") === verdict);
    for (const part of parts) part.toggleAttribute("hidden", part !== chosen);
    section.dataset.verdict = verdict === null ? "" : verdict === "right" ? "right" : "wrong";
    if (verdict === "right") finish(slug);
    section.classList.toggle("done", done().has(slug));
    chosen?.scrollIntoView({ block: "nearest" });
  };
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    show(null);
    show(await judge(facts, form, store));
  });
  form.addEventListener("input", () => show(null));
  if (facts.kind === "node") followChoice(/** @type {HTMLOutputElement} */ (form.elements.namedItem("node")), store);
  show(null);
}

/**
 * @param {Facts} facts
 * @param {HTMLFormElement} form
 * @param {Store} store
 * @returns {Promise<Verdict | "unread" | "stale">}
 */
async function judge(facts, form, store) {
  if (facts.kind === "number") {
    const given = numberIn(/** @type {HTMLInputElement} */ (form.elements.namedItem("number")).value);
    return given === undefined ? "unread" : judgeNumber(facts, given);
  }
  if (facts.kind === "node") return judgeNode(facts, chosen(store.state));
  const { shown, drawn, refused, service } = await settled(store);
  return shown === null || refused || service !== "well" ? "stale" : judgeProgram(facts, shown, drawn);
}

/**
 * The state when what was typed and moved has been answered.
 * @param {Store} store
 * @returns {Promise<State>}
 */
async function settled(store) {
  do await new Promise((resolve) => setTimeout(resolve, TYPED));
  while (store.state.waiting !== "no");
  return store.state;
}

/**
 * The name of the chosen node; empty where none is.
 * @param {State} state
 */
function chosen({ shown, selected, drawn }) {
  return (shown && selected !== null && namesOf(shown, drawn).get(selected)?.plain) || "";
}

/**
 * Says which node is chosen.
 * @param {HTMLOutputElement} output
 * @param {Store} store
 */
function followChoice(output, store) {
  const none = output.value;
  store.subscribe((state) => {
    const name = chosen(state);
    const text = name === "" ? none : say("learn.chosen", { name });
    if (output.value !== text) output.value = text;
  });
}

/** The share dialog: for each place a line to paste, and what will be seen there. */

/** @import { Store } from "../types.d.ts" */
/** @import { Line } from "./lines.js" */

import { copyOnPress } from "../copy.js";
import { element } from "../element.js";
import { linkTo } from "../linked.js";
import { say } from "../say.js";
import { choicesIn, choosing } from "./choices.js";
import { keeping } from "./keeping.js";
import { KINDS, linesOf } from "./lines.js";
import { preview } from "./preview.js";
import { sharedOf } from "./shared.js";

/**
 * Opens it, made when it is first wanted.
 * @param {Store} store
 * @param {string} kept what is said of the keeping of short links; empty where none are kept
 */
export function share(store, kept) {
  const dialog = document.querySelector("dialog.share") ?? made(store, kept);
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
  dialog.dispatchEvent(new Event("change"));
}

/**
 * @param {Store} store
 * @param {string} kept
 */
function made(store, kept) {
  const parts = build(kept);
  const { dialog, form, text, copying, short, seen } = parts;
  const links = keeping();
  const wanted = () => JSON.stringify({ ...linkTo(store.state), locks: choicesIn(form).readonly ? ["source"] : [] });
  const show = () => {
    const kind = /** @type {typeof KINDS[number]} */ (new FormData(form).get("kind"));
    const id = links.idOf(wanted());
    const line = lineOf(store, kind, form, id);
    const framed = line?.look === "frame";
    dialog.dataset.kind = kind;
    form.querySelector(".choices")?.toggleAttribute("hidden", !framed);
    parts.about.textContent = say(`share.about.${kind}`);
    text.textContent = line?.text || (kind === "short" ? "" : say("share.long"));
    text.hidden = text.textContent === "";
    copying.hidden = !line?.text;
    parts.leaving.hidden = id === null;
    short.hidden = kept === "" || id !== null || (kind !== "short" && line !== null);
    preview(seen, line?.text ? line : null, id);
  };
  short.querySelector("button")?.addEventListener("click", async ({ currentTarget }) => {
    const button = /** @type {HTMLButtonElement} */ (currentTarget);
    button.disabled = true;
    parts.trouble.hidden = await links.make(wanted());
    button.disabled = false;
    show();
    if (parts.trouble.hidden) copying.focus();
  });
  parts.leaving.addEventListener("click", async () => {
    parts.trouble.hidden = await links.giveUp();
    show();
  });
  copyOnPress(copying, () => text.textContent ?? "", { done: say("export.copied"), failed: say("export.notCopied") });
  form.addEventListener("change", show);
  dialog.addEventListener("change", ({ target }) => target === dialog && show());
  dialog.addEventListener("close", () => seen.replaceChildren());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  document.body.append(dialog);
  return dialog;
}

/**
 * The line for a place; null where the program is too long for an address.
 * @param {Store} store
 * @param {typeof KINDS[number]} kind
 * @param {HTMLFormElement} form
 * @param {string | null} id
 * @returns {Line | null}
 */
function lineOf({ state }, kind, form, id) {
  const lang = new URLSearchParams(location.search).get("lang");
  const examples = document.getElementById("chooser") ? state.examples : []; // the program of a chapter is none
  const how = { id, choices: choicesIn(form), origin: location.origin, title: say("page.title"), lang };
  const shared = sharedOf({ ...state, examples }, how);
  return shared && linesOf(shared)[kind];
}

/** @param {string} kept */
function build(kept) {
  const kinds = KINDS.filter((kind) => kind !== "short" || kept !== "").map((kind, i) => {
    const input = element("input", { type: "radio", name: "kind", value: kind, ...(i === 0 && { checked: "" }) });
    return element("label", {}, input, say(`share.kind.${kind}`));
  });
  const text = element("pre", { tabindex: "0", "aria-label": say("share.text") });
  const copying = element("button", { type: "button", class: "primary copy" }, say("export.copy"));
  const about = element("p", { class: "about" });
  const trouble = element("p", { class: "trouble", role: "alert", hidden: "" }, say("share.notMade"));
  const leaving = element("button", { type: "button", hidden: "" }, say("share.giveUp"));
  const making = element("button", { type: "button", class: "primary" }, say("share.make"));
  const short = element("div", { class: "short", hidden: "" }, making, element("p", {}, kept));
  const seen = element("div", { class: "seen", role: "group", "aria-label": say("share.preview") });
  const form = element("form", {}, element("fieldset", { class: "kinds" }, element("legend", {}, say("share.where")), ...kinds), choosing());
  const closing = element("form", { method: "dialog" }, element("button", {}, say("export.close")));
  const heading = element("h2", { id: "share-title" }, say("share.title"));
  const dialog = element("dialog", { class: "keys share", "aria-labelledby": "share-title" }, heading, form, about, text, copying, leaving, trouble, short, seen, closing);
  return { dialog, form, text, copying, about, short, trouble, leaving, seen };
}

/** The program's graph in other formats, written by the service: chosen, seen, copied, saved. */

/** @import { Store } from "../types.d.ts" */

import { copyOnPress } from "../copy.js";
import { PASS } from "../api.js";
import { say } from "../say.js";
import { save } from "./export.js";

/** The formats of the service, by the names they have there; of the last two no text is shown. */
const TEXTS = ["torch", "jax", "numpy", "micrograd", "dot", "mermaid", "latex", "svg", "csv", "html", "json"];
const FORMATS = [...TEXTS, "png", "xlsx"];
const SEEN = 20_000; // characters: more slows a page down, and nobody reads it here

/**
 * The button that opens the list.
 * @param {Store} store
 */
export function formatsButton(store) {
  const opener = button(say("export.open"));
  opener.title = say("export.title");
  opener.dataset.telling = ""; // it has the gradients
  opener.addEventListener("click", () => {
    const dialog = document.querySelector("dialog.exports") ?? made(store);
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    dialog.querySelector("select")?.dispatchEvent(new Event("change"));
  });
  return opener;
}

/** @param {Store} store */
function made(store) {
  const dialog = Object.assign(document.createElement("dialog"), { className: "keys exports" });
  dialog.setAttribute("aria-label", say("export.title"));
  const [label, list, text] = [document.createElement("label"), document.createElement("select"), document.createElement("pre")];
  list.append(...FORMATS.map((name) => Object.assign(document.createElement("option"), { value: name, textContent: name })));
  label.append(`${say("export.format")} `, list);
  text.tabIndex = 0;
  text.setAttribute("aria-label", say("export.text"));
  const [copying, saving, closing] = [button(say("export.copy")), button(say("export.save")), button(say("export.close"))];
  /** @type {{ whole: string, file: Blob, name: string } | null} */
  let shown = null;
  list.addEventListener("change", async () => {
    copying.disabled = saving.disabled = true;
    text.textContent = say("export.asking");
    const asked = list.value;
    const found = await ask(store, asked);
    if (asked !== list.value) return;
    shown = found;
    text.textContent = found ? (found.whole.length > SEEN ? `${found.whole.slice(0, SEEN)}…` : found.whole || found.name) : say("export.failed");
    copying.disabled = !found?.whole;
    saving.disabled = !found;
  });
  copyOnPress(copying, () => shown?.whole ?? "", { done: say("export.copied"), failed: say("export.notCopied") });
  saving.addEventListener("click", () => shown && save(shown.file, shown.name));
  closing.addEventListener("click", () => dialog.close());
  const row = Object.assign(document.createElement("p"), { className: "choices" });
  row.append(copying, saving, closing);
  dialog.append(label, text, row);
  document.body.append(dialog);
  return dialog;
}

/**
 * A file of a format; null where the service gives none.
 * @param {Store} store
 * @param {string} format
 */
async function ask({ state }, format) {
  const { source, moved, accumulation, expand } = state;
  try {
    const response = await fetch(`/api/v1/export/${format}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...PASS },
      body: JSON.stringify({ source, inputs: moved, accumulation, expand }),
    });
    if (!response.ok) return null;
    const file = await response.blob();
    const name = /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? format;
    return { file, name, whole: TEXTS.includes(format) ? await file.text() : "" };
  } catch {
    return null;
  }
}

/** @param {string} text */
function button(text) {
  return Object.assign(document.createElement("button"), { type: "button", textContent: text });
}

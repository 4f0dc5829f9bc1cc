/** The buttons of the editor, and what it says: files, search, size of letters, a draft that was left. */

/** @import { EditorView as View } from "@codemirror/view" */
/** @import { Store } from "../../types.d.ts" */

import { openSearchPanel } from "../../../vendor/codemirror.js";
import { say } from "../../say.js";
import { askMostBytes } from "./catalog.js";
import { offerDraft } from "./draft.js";
import { acceptDrops, choose, save, textOf } from "./files.js";
import { keeping, resized } from "./kept.js";
import { mountNotice } from "./notice.js";

/**
 * @param {HTMLElement} element the editor
 * @param {Store} store
 * @param {{ view: View, replace: (source: string) => void }} editor
 */
export function mountTools(element, store, { view, replace }) {
  const kept = keeping();
  const notice = mountNotice(element);
  let name = /** @type {string | undefined} */ (undefined);

  /** @param {File} file */
  const read = async (file) => {
    const most = await askMostBytes();
    const result = await textOf(file, most);
    if ("refused" in result) return notice.say(say(`editor.${result.refused}`, { name: file.name, most: Math.floor(most / 1024) }));
    notice.clear();
    name = file.name;
    replace(result.text);
  };
  const open = view.state.readOnly ? null : () => choose(read);
  const write = () => save(store.state.source, name);

  let size = kept.size();
  /** @param {1 | -1} direction */
  const resize = (direction) => {
    size = resized(size, direction);
    kept.keepSize(size);
    element.style.setProperty("--size", String(size / 100));
    view.requestMeasure();
  };
  element.style.setProperty("--size", String(size / 100));

  showBar(element, [
    ...(open ? [button("open", say("editor.open"), open)] : []),
    button("save", say("editor.save"), write),
    button("find", say("editor.find"), () => openSearchPanel(view)),
    button("smaller", say("editor.smaller"), () => resize(-1)),
    button("larger", say("editor.larger"), () => resize(1)),
  ]);
  if (open) {
    acceptDrops(read);
    offerDraft(store, kept, notice, replace);
  }
  return { open: () => open?.(), save: write };
}

/**
 * Puts the buttons into the row below the program.
 * @param {HTMLElement} element
 * @param {HTMLElement[]} buttons
 */
function showBar(element, buttons) {
  const bar = Object.assign(document.createElement("div"), { className: "tools" });
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", say("editor.tools"));
  bar.append(...buttons);
  (element.parentElement?.querySelector(".run") ?? element).append(bar);
}

/**
 * @param {string} icon
 * @param {string} label
 * @param {() => void} action
 */
function button(icon, label, action) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: `tool ${icon}`, title: label });
  made.setAttribute("aria-label", label);
  made.addEventListener("click", action);
  return made;
}

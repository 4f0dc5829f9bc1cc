/** One line below the program that says something in passing, with something to do about it. */

import { say } from "../../say.js";

/** @typedef {{ label: string, act: () => void }} Choice */
/** @typedef {ReturnType<typeof mountNotice>} Notice */

/**
 * @param {HTMLElement} element the editor
 */
export function mountNotice(element) {
  const notice = Object.assign(document.createElement("div"), { className: "notice", hidden: true });
  notice.setAttribute("role", "status");
  element.after(notice);

  const clear = () => {
    notice.hidden = true;
    notice.replaceChildren();
  };
  /**
   * @param {string} text
   * @param {Choice[]} [choices]
   */
  const tell = (text, choices = [{ label: say("editor.dismiss"), act: () => undefined }]) => {
    notice.hidden = false;
    notice.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }), ...choices.map(buttonOf));
  };
  /** @param {Choice} choice */
  const buttonOf = ({ label, act }) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", () => {
      clear();
      act();
    });
    return button;
  };
  return { say: tell, clear };
}

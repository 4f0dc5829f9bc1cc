/** How a frame shall look: what the person who shares it chooses. */

import { element } from "../element.js";
import { say } from "../say.js";

/** Parameters of the frame that are either so or not, what is so at first, and what the address says of the other. */
const SWITCHES = /** @type {const} */ ([
  ["editor", true, "0"],
  ["readonly", false, "1"],
  ["toolbar", true, "0"],
  ["autoplay", false, "1"],
]);

const THEMES = ["auto", "light", "dark"];

export function choosing() {
  const themes = element("select", { name: "theme" }, ...THEMES.map((name) => element("option", { value: name }, say(`share.theme.${name}`))));
  const boxes = SWITCHES.map(([name, usual]) => {
    const box = element("input", { type: "checkbox", name, ...(usual && { checked: "" }) });
    return element("label", {}, box, say(`share.choice.${name}`));
  });
  return element("fieldset", { class: "choices" }, element("legend", {}, say("share.look")), element("label", {}, say("share.theme"), themes), ...boxes);
}

/**
 * What an address has to say of it.
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
export function choicesIn(form) {
  const given = new FormData(form);
  const theme = String(given.get("theme"));
  const switched = SWITCHES.filter(([name, usual]) => given.has(name) !== usual).map(([name, , said]) => [name, said]);
  return { ...(theme !== THEMES[0] && { theme }), ...Object.fromEntries(switched) };
}

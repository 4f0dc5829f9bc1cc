/** The parts of the ledger's panel, made once. */

/** @import { Accumulation } from "../../types.d.ts" */

import { say } from "../../say.js";
import { titles } from "./rows.js";

/** @typedef {ReturnType<typeof build>} Parts */

/**
 * @param {HTMLElement} element
 */
export function build(element) {
  const again = button(say("ledger.again"));
  const zero = button(say("ledger.zero"));
  const copy = button(say("ledger.copy"));
  const { group, radios } = rules();
  const actions = make("div", "actions", again, zero, group);
  const pages = Object.assign(document.createElement("select"), { className: "pages" });
  pages.setAttribute("aria-label", say("ledger.pages"));
  const note = make("p", "note");
  const caption = document.createElement("caption");
  const body = document.createElement("tbody");
  const table = make("table", "deposits", caption, head(), body);
  const rest = make("p", "note rest");
  const why = make("p", "why");
  why.setAttribute("role", "status");
  const whole = make("div", "rows", table);
  copy.className = "copy";
  element.replaceChildren(actions, pages, why, note, whole, rest, copy);
  return { again, zero, copy, group, radios, rule: chosen(radios), actions, pages, note, whole, caption, body, rest, why };
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {Node[]} inside
 */
function make(tag, name, ...inside) {
  const made = document.createElement(tag);
  made.className = name;
  made.append(...inside);
  return made;
}

/** @param {string} text */
const button = (text) => Object.assign(document.createElement("button"), { type: "button", textContent: text });

/**
 * The rule that is chosen.
 * @param {HTMLInputElement[]} radios
 * @returns {() => Accumulation}
 */
const chosen = (radios) => () => (radios.some(({ checked, value }) => checked && value === "micrograd") ? "micrograd" : "pytorch");

/** The choice between the two rules. */
function rules() {
  const group = make("div", "rules");
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", say("ledger.accumulation"));
  const names = { pytorch: "PyTorch", micrograd: "micrograd" };
  const radios = Object.entries(names).map(([value, name]) => {
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "accumulation", value });
    group.append(make("label", "rule", radio, document.createTextNode(name)));
    return radio;
  });
  return { group, radios };
}

function head() {
  const row = document.createElement("tr");
  for (const title of titles()) row.append(Object.assign(document.createElement("th"), { scope: "col", textContent: title }));
  const made = document.createElement("thead");
  made.append(row);
  return made;
}

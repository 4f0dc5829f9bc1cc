/** Fields in the picture itself: in place of each number that is to be predicted. */

/** @import { Session } from "../../predict/session.js" */
/** @import { Box, State } from "../../types.d.ts" */

import { select } from "../../../vendor/d3.js";
import { element } from "../../element.js";
import { BASELINES } from "../../graph/nodes.js";
import { isDone } from "../../predict/session.js";
import { say } from "../../say.js";
import { drawing } from "../controls.js";

/** Pixels of the picture: from the left of a card to the number, and how high the field is, above its baseline and in all. */
const INDENT = 45;
const [ABOVE, HEIGHT] = [13, 18];
/** What the picture would take for its own. */
const OURS = ["keydown", "mousedown", "touchstart", "click", "dblclick"];

/**
 * @param {Session} session
 * @param {() => void} plan draws again, when nodes have come
 */
export function createInplace(session, plan) {
  const picture = /** @type {Element} */ (document.getElementById("picture"));
  const watched = new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => Array.from(addedNodes).some((node) => node instanceof Element && node.matches("g.node")))) plan();
  });
  watched.observe(picture, { childList: true, subtree: true });

  /** @param {State} state */
  const update = ({ task, blanks }) => {
    const names = new Map(task === null || task.hide === "order" ? [] : blanks.map(({ node, name }) => [node, name]));
    const baseline = task?.hide === "data" ? BASELINES.data : BASELINES.grad;
    for (const group of picture.querySelectorAll("g.node")) {
      const box = /** @type {Box} */ (select(group).datum());
      const name = names.get(box.node.id);
      const verdict = session.verdicts.get(box.node.id);
      const there = group.querySelector("foreignObject");
      if (name === undefined || isDone(verdict) || verdict?.left === 0) leave(group, there);
      else if (there === null) group.append(createField(box, name, baseline, session));
      else there.firstElementChild?.setAttribute("aria-invalid", String(verdict !== undefined));
    }
  };
  return { update };
}

/**
 * Takes a field away; who was in it is at the node then.
 * @param {Element} group
 * @param {Element | null} field
 */
function leave(group, field) {
  if (field?.contains(document.activeElement) && group instanceof SVGElement) group.focus();
  field?.remove();
}

/**
 * @param {Box} box
 * @param {string} name
 * @param {number} baseline
 * @param {Session} session
 */
function createField({ node, width }, name, baseline, session) {
  const input = element("input", { type: "text", autocomplete: "off", spellcheck: "false", "aria-label": say("predict.answerFor", { name }), maxlength: "60", placeholder: "?" });
  const field = drawing("foreignObject", { class: "answer", x: INDENT - width / 2, y: baseline - ABOVE, width: width - INDENT - BASELINES.inset / 2, height: HEIGHT }, input);
  for (const kind of OURS) field.addEventListener(kind, (event) => event.stopPropagation());
  field.addEventListener("keydown", ({ key }) => {
    if (key === "Enter" && input.value.trim() !== "") session.answer(node.id, input.value.trim());
  });
  return field;
}

/** How this is fast: the scalar operations of one turn, and the array program they are, side by side in the same colours. */

/** @import { Session } from "./session.js" */
/** @import { Progress } from "../service.js" */
/** @import { ArrayLine, Arrays } from "./types.d.ts" */

import { element, write } from "../../element.js";
import { number } from "../../format.js";
import { say, sayCount, spoken } from "../../say.js";
import { status } from "../controls.js";
import { Asker, taking } from "../service.js";
import { turnProgram } from "./step.js";

/** Hues are a golden angle apart, so that neighbours differ. */
const ANGLE = 137.5;

/** @param {Session} session */
export function createArrays(session) {
  const line = status(() => asker.again());
  const words = element("p", {});
  const rows = element("ol", {});
  const made = element("details", { class: "arrays" }, element("summary", {}, say("train.fast")), line.element, words, rows);
  /** @type {Asker<Arrays>} */
  const asker = new Asker("arrays", taking((answer) => show(answer), () => undefined, (/** @type {Progress<Arrays>} */ progress) => line.update(progress)), 0);

  /** @param {Arrays} answer */
  const show = ({ way, operations, lines, scalar_s: scalar, array_s: array }) => {
    const values = { scalar: time(scalar), array: time(array), times: number(scalar / array, 3), nodes: operations.toLocaleString(spoken()) };
    write(words, way === "scalars" ? say("train.slow", values) : say("train.times", values));
    rows.replaceChildren(...lines.map(row));
  };
  const update = () => {
    const { beginning, data, net } = session.facts;
    made.hidden = data === null || net === null;
    if (!made.open || data === null || net === null) return;
    asker.ask({ source: turnProgram(beginning, { net, data, classes: (session.field?.outputs ?? 1) > 1 }) });
  };
  made.addEventListener("toggle", update);
  return { element: made, update };
}

/**
 * @param {ArrayLine} line
 * @param {number} at
 */
function row({ name, shape, text, count, scalars }, at) {
  const more = count - scalars.length;
  const operations = element("ul", {}, ...scalars.map((one) => element("li", {}, one)), ...(more > 0 ? [element("li", { class: "more" }, sayCount("train.more", more))] : []));
  const program = element("code", {}, `${name} = ${text}`);
  const item = element("li", {}, operations, program, element("span", { class: "shape" }, shape.join(" × ") || "1"));
  item.style.setProperty("--hue", String(Math.round((at * ANGLE) % 360)));
  return item;
}

/** @param {number} seconds */
const time = (seconds) => (seconds >= 1 ? `${number(seconds, 3)} s` : seconds >= 1e-3 ? `${number(1e3 * seconds, 3)} ms` : `${number(1e6 * seconds, 3)} µs`);

/** What each way costs, as bars, and why backward passes are what networks are trained with. */

/** @import { Cost } from "./verdicts.js" */

import { element, write } from "../../element.js";
import { spoken, say, sayCount } from "../../say.js";
import { nameOf } from "./table.js";

export function createCosts() {
  const body = element("tbody");
  const heads = [say("check.way"), say("check.passes"), say("check.operations")].map((name) => element("th", { scope: "col" }, name));
  const table = element("table", { class: "figures costs" }, element("caption", {}, say("check.costs")), element("thead", {}, element("tr", {}, ...heads)), body);
  const why = element("p", { class: "words" });
  return {
    element: element("div", {}, table, why),
    /**
     * @param {readonly Cost[]} costs
     * @param {number} inputs
     */
    update: (costs, inputs) => {
      const most = Math.max(1, ...costs.map(({ operations }) => operations));
      body.replaceChildren(...costs.map(({ way, passes, operations }) => {
        const bar = element("i", { "aria-hidden": "true" });
        bar.style.setProperty("--share", String(operations / most));
        return element("tr", {}, element("th", { scope: "row" }, nameOf(way)), element("td", {}, plain(passes)), element("td", {}, bar, plain(operations)));
      }));
      const of = (/** @type {string} */ way) => plain(costs.find((cost) => cost.way === way)?.operations ?? 0);
      const values = { inputs: sayCount("check.inputs", inputs), reverse: of("reverse"), forward: of("forward"), central: of("central") };
      write(why, inputs > 1 ? say("check.why", values) : say("check.whyOne", values));
    },
  };
}

/** @param {number} count */
const plain = (count) => count.toLocaleString(spoken());

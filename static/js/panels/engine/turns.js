/** Which backward pass of a program with many is looked at. */

/** @import { State, Store } from "../../types.d.ts" */

import { element, write } from "../../element.js";
import { say } from "../../say.js";
import { passed } from "../../store.js";

/** So many are looked at anyway. */
const FIRST = 2;

/** @param {Store} store */
export function mountTurns(store) {
  const input = element("input", { type: "number", min: "1", step: "1", placeholder: `1–${FIRST}` });
  const count = element("span");
  const label = element("label", { class: "turns", hidden: "" }, say("own.turn"), " ", input, " ", count);
  input.addEventListener("change", () => {
    const wanted = Math.round(Number(input.value));
    store.apply(passed, input.value === "" || !(wanted >= 1) ? null : Math.min(wanted, Number(input.max)));
  });
  return {
    element: label,
    /** @param {State} state */
    update({ document, turn }) {
      const turns = document?.engine?.turns ?? 0;
      label.hidden = turns <= FIRST;
      input.max = String(turns);
      if (document !== null && input !== input.ownerDocument.activeElement) input.value = turn === null ? "" : String(Math.min(turn, turns));
      write(count, say("own.turns", { turns }));
    },
  };
}

/** What the phases of a walk are called. */

/** @import { State } from "../../types.d.ts" */

import { say } from "../../say.js";
import { doing } from "../../stepped.js";

/**
 * What the phase of the step just done is called; empty before the first.
 * @param {Pick<State, "document" | "step">} state
 */
export function phaseName({ document, step }) {
  switch (doing(document, step)?.phase) {
    case "forward":
      return say("step.forward");
    case "seed":
      return say("step.seed");
    case "backward":
      return say("step.backward");
    default:
      return "";
  }
}

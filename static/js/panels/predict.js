/** The predict panel: numbers are hidden, and a person says what they are. */

/** @import { State, Store } from "../types.d.ts" */

import { element, write } from "../element.js";
import { number } from "../format.js";
import { Session } from "../predict/session.js";
import { found, predicting } from "../predict/transitions.js";
import { say } from "../say.js";
import { watch } from "../watch.js";
import { createForm } from "./predict/form.js";
import { createInplace } from "./predict/inplace.js";
import { createLeaving } from "./predict/leaving.js";
import { createQuestions } from "./predict/questions.js";
import { createTurns } from "./predict/turns.js";

/** So many varied inputs are told; the picture has all. */
const LISTED = 12;
const DRAWN = /** @type {const} */ (["task", "blanks", "document", "drawn", "selected", "refused", "panel"]);

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 */
export function mount(panel, store) {
  const session = new Session(store, () => plan());
  const form = createForm((task) => store.apply(predicting, task));
  const score = element("p", { class: "score" });
  const varied = element("p", { class: "varied" });
  const message = element("p", { class: "message", role: "status" });
  const questions = createQuestions(store, session);
  const turns = createTurns(store, session);
  const leaving = createLeaving(store, session);
  const inplace = createInplace(session, () => plan());
  const exam = element("div", { class: "exam" }, score, varied, message, questions.element, turns.element, leaving.element);
  panel.replaceChildren(form.element, exam);

  /** @param {State} state */
  const draw = (state) => {
    const { task, refused } = state;
    form.element.hidden = task !== null;
    exam.hidden = task === null;
    inplace.update(state);
    if (task === null) return;
    write(score, scoreOf(session, state));
    write(varied, variedOf(state));
    write(message, refused ? say("predict.refused") : said(session) || say(`predict.ask.${task.hide}`));
    message.className = `message ${session.trouble === null && !refused ? toneOf(session) : ""}`;
    questions.update(state);
    turns.update(state);
    leaving.update(state);
  };
  const plan = watch(store, DRAWN, draw);

  let { blanks } = store.state;
  store.subscribe((state) => {
    if (state.blanks === blanks) return;
    ({ blanks } = state);
    session.follow();
    store.apply(found, session.numbers);
  });
  session.follow();
}

/** @type {(session: Session, state: State) => string} */
function scoreOf({ last }, { blanks, task }) {
  const tolerance = task?.hide === "order" ? "" : ` ${say("predict.within", { percent: (task?.tolerance ?? 0) * 100 })}`;
  return say("predict.score", { right: last?.score.right ?? 0, questions: last?.score.questions ?? blanks.length }) + tolerance;
}

/**
 * The numbers that the inputs have in place of the program's.
 * @param {State} state
 */
function variedOf({ task, shown }) {
  const inputs = (shown?.nodes ?? []).filter(({ key }) => key !== null).map(({ key, data }) => `${key} = ${number(data)}`);
  const most = inputs.slice(0, LISTED).join(", ");
  return (task?.seed ?? null) === null || inputs.length === 0 ? "" : `${say("worksheet.inputs")} ${most}${inputs.length > LISTED ? ", …" : ""}`;
}

/** @type {(session: Session) => string} */
function toneOf({ last }) {
  return last === null ? "ask" : last.right ? "right" : "";
}

/**
 * What there is to say of the last answer.
 * @param {Session} session
 */
function said({ last, trouble }) {
  if (trouble === "busy" || trouble === "unreachable") return say("predict.away");
  if (trouble !== null) return trouble;
  if (last === null) return "";
  const { name, right, shown, message } = last;
  if (shown && last.number === null) return say("predict.shownTurn", { name });
  if (shown && !right) return message && last.mistake ? `${say("predict.about", { name, message })} ${say("predict.nowShown")}` : say("predict.shown", { name });
  return say("predict.about", { name, message });
}

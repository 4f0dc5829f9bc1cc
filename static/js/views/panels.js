/** The tabs, and the panels behind them: each is loaded when it is first shown. */

/** @import { Editor, Panel, State, Store } from "../types.d.ts" */

import { say } from "../say.js";
import { turned } from "../store.js";
import { PANELS } from "../url.js";

/** @typedef {(element: HTMLElement, store: Store, editor: Editor) => void} Mount what a panel's module exports as `mount` */

/** @typedef {Partial<Record<Panel, () => Promise<{ mount: Mount }>>>} Modules */

/** What there is to see while gradients are to be predicted; the other panels would tell them. @type {readonly Panel[]} */
const HARMLESS = ["predict", "table"];

/**
 * The panels that a state offers.
 * @param {Pick<State, "task">} state
 */
const offered = ({ task }) => (task === null ? PANELS : HARMLESS);

/**
 * @param {HTMLElement} element
 * @param {Store} store
 * @param {Editor} editor
 * @param {Modules} modules
 */
export function mountPanels(element, store, editor, modules) {
  const bar = /** @type {HTMLElement} */ (element.querySelector("[role=tablist]"));
  const tab = (/** @type {Panel} */ name) => /** @type {HTMLElement} */ (element.querySelector(`#tab-${name}`));
  const body = (/** @type {Panel} */ name) => /** @type {HTMLElement} */ (element.querySelector(`#panel-${name}`));
  const load = loader(modules, body, store, editor);
  bar.hidden = false;

  /** @type {Panel | null} */
  let shown = null;
  /** @type {readonly Panel[]} */
  let choice = [];
  store.subscribe((state) => {
    document.body.toggleAttribute("data-task", state.task !== null); // what would tell is out of sight
    const panel = offered(state).includes(state.panel) ? state.panel : "predict";
    if (panel === shown && offered(state) === choice) return;
    shown = panel;
    choice = offered(state);
    for (const name of PANELS) {
      tab(name).setAttribute("aria-selected", String(name === panel));
      tab(name).tabIndex = name === panel ? 0 : -1;
      body(name).hidden = name !== panel;
    }
    reveal(tab(panel), bar);
    load(panel);
  });
  bar.addEventListener("click", ({ target }) => {
    const name = PANELS.find((one) => target instanceof Node && tab(one).contains(target));
    if (name) store.apply(turned, name);
  });
  bar.addEventListener("keydown", (event) => {
    const to = neighbour(choice.filter((name) => !tab(name).hidden), store.state.panel, event.key);
    if (to === undefined) return;
    event.preventDefault();
    store.apply(turned, to);
    tab(to).focus();
  });
}

/**
 * Scrolls the row of tabs, and never the page, until all of one is in view.
 * @param {HTMLElement} tab
 * @param {HTMLElement} bar
 */
function reveal(tab, bar) {
  const [inner, outer] = [tab.getBoundingClientRect(), bar.getBoundingClientRect()];
  bar.scrollLeft += Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right);
}

/**
 * Mounts a panel the first time it is asked for.
 * @param {Modules} modules
 * @param {(name: Panel) => HTMLElement} body
 * @param {Store} store
 * @param {Editor} editor
 */
function loader(modules, body, store, editor) {
  /** @type {Set<Panel>} */
  const loaded = new Set();
  return async (/** @type {Panel} */ name) => {
    if (loaded.has(name)) return;
    loaded.add(name);
    try {
      (await modules[name]?.())?.mount(body(name), store, editor);
    } catch {
      loaded.delete(name);
      body(name).textContent = say("panels.failed");
    }
  };
}

/**
 * The tab that a key leads to.
 * @param {Panel[]} tabs
 * @param {Panel} from
 * @param {string} key
 */
function neighbour(tabs, from, key) {
  const at = tabs.indexOf(from);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[key];
  return to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
}

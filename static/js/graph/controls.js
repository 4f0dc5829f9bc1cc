/** The tools beside the picture: size, direction, how much of it is open, and files of it. */

/** @import { GraphDocument, Kind, Store } from "../types.d.ts" */
/** @import { Picture } from "./types.d.ts" */

import { say } from "../say.js";
import { expanded } from "../store.js";
import { savePng, saveSvg } from "./export.js";
import { formatsButton } from "./formats.js";
import { EVERYTHING, boxesIn, depthsOf, levelOf } from "./openness.js";

/** @type {readonly Kind[]} */
const KINDS = ["input", "parameter", "operation", "constant", "scope"];

/**
 * @param {Picture} picture
 * @param {Store} store
 */
export function mountControls(picture, store) {
  const zoom = /** @type {HTMLElement} */ (picture.element.querySelector(".zoom"));
  zoom.append(
    button(say("picture.actual"), say("picture.actualTitle"), { key: "1" }),
    button(say("picture.turn"), say("picture.turnTitle"), { key: "t" }),
  );
  mountDetail(picture, store, zoom);
  mountFiles(picture, store);
  mountLegend(picture);
}

/**
 * @param {Picture} picture
 * @param {Store} store
 */
function mountFiles(picture, store) {
  const files = document.createElement("div");
  files.className = "files";
  files.append(
    button(say("picture.svg"), say("picture.svgTitle"), { act: () => saveSvg(picture) }),
    button(say("picture.png"), say("picture.pngTitle"), { act: () => savePng(picture) }),
    formatsButton(store),
  );
  picture.element.querySelector(".legend")?.after(files);
}

/**
 * The legend names the kinds of nodes that are drawn.
 * @param {Picture} picture
 */
function mountLegend({ element, follow }) {
  const entries = KINDS.map((kind) => /** @type {HTMLElement} */ (element.querySelector(`.legend .${kind}`)));
  follow((scene, _, change) => {
    if (change !== "scene") return;
    const drawn = new Set(scene.boxes.map(({ node }) => node.kind));
    KINDS.forEach((kind, i) => (entries[i].hidden = !drawn.has(kind)));
  });
}

/**
 * @param {string} text
 * @param {string} title
 * @param {{ key?: string, act?: () => void }} does
 */
function button(text, title, { key, act }) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: text, title });
  if (key) made.dataset.key = key;
  if (act) made.addEventListener("click", act);
  return made;
}

/**
 * All scopes at once, by depth. Boxes of the service are asked to open as deep as was wished.
 * @param {Picture} picture
 * @param {Store} store
 * @param {Element} zoom
 */
function mountDetail({ follow }, store, zoom) {
  const label = document.createElement("label");
  label.className = "detail";
  const list = document.createElement("select");
  label.append(`${say("scope.detail")} `, list);
  zoom.before(label);
  list.addEventListener("change", () => store.apply(expanded, list.value === "" ? [] : [list.value]));
  /** @type {GraphDocument | null} */
  let known = null;
  let offered = "";
  follow((_, { document: answer, expand }) => {
    if (answer === null) return;
    if (answer !== known) {
      known = answer;
      const levels = levelsOf(answer);
      label.hidden = levels.length === 0;
      if (levels.join("\n") !== offered) list.replaceChildren(option("", say("scope.automatic")), ...levels.map((name, depth) => option(String(depth), name)), option(EVERYTHING, say("scope.everything")));
      offered = levels.join("\n");
      deepen(answer, store);
    }
    list.value = expand.find((one) => levelOf([one]) !== null) ?? "";
  });
}

/**
 * @param {string} value
 * @param {string} text
 */
function option(value, text) {
  const made = document.createElement("option");
  return Object.assign(made, { value, textContent: text });
}

/**
 * What is seen as boxes at each depth.
 * @param {GraphDocument} document
 */
function levelsOf(document) {
  /** @type {Set<string>[]} */
  const kinds = [];
  for (const { depth, kind } of depthsOf(document).values()) (kinds[depth] ??= new Set()).add(say(`scope.${kind}`));
  return kinds.map((names) => Array.from(names).join(", "));
}

/**
 * Asks for the insides of boxes above the wished depth.
 * @param {GraphDocument} document
 * @param {Store} store
 */
function deepen(document, store) {
  const level = levelOf(store.state.expand) ?? 0;
  const depths = depthsOf(document);
  const known = new Set(store.state.expand);
  const more = boxesIn(document).flatMap(({ key }) => (key !== null && !known.has(key) && (depths.get(key)?.depth ?? 0) < level ? [key] : []));
  if (more.length > 0) store.apply(expanded, [...store.state.expand, ...more]);
}

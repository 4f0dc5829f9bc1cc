/** The picture as a file, as it is seen: with the colours of the page as it is, and nothing it needs from elsewhere. */

/** @import { Picture } from "./types.d.ts" */

const NAMESPACE = "http://www.w3.org/2000/svg";
const SHARPNESS = 2;
/** No file is larger on a side: browsers refuse to paint it. */
const LARGEST = 8192;
const MARGIN = 20;

/** What decides the looks of a shape or a text. */
const STYLES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "opacity", "font-size", "font-weight", "text-anchor", "word-spacing"];
const FAMILIES = { sans: "system-ui, sans-serif", mono: "ui-monospace, monospace" };

/** @param {Picture} picture */
export function saveSvg(picture) {
  const { text } = drawingOf(picture);
  save(new Blob([text], { type: "image/svg+xml" }), `${nameOf(picture)}.svg`);
}

/** @param {Picture} picture */
export async function savePng(picture) {
  const { text, width, height } = drawingOf(picture);
  const scale = Math.min(SHARPNESS, LARGEST / Math.max(width, height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(width * scale), height: Math.round(height * scale) });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(blob, `${nameOf(picture)}.png`), "image/png");
}

/**
 * All of the picture, at its own size.
 * @param {Picture} picture
 */
export function drawingOf({ svg }) {
  const drawn = /** @type {SVGSVGElement} */ (svg.node());
  const world = /** @type {SVGGElement} */ (drawn.querySelector(".world"));
  const box = world.getBBox();
  const [width, height] = [box.width + 2 * MARGIN, box.height + 2 * MARGIN].map(Math.ceil);
  const copy = /** @type {SVGSVGElement} */ (drawn.cloneNode(true));
  inline(drawn, copy);
  for (const field of copy.querySelectorAll("foreignObject")) field.remove(); // where something is to be filled in
  for (const name of ["class", "style", "data-detail"]) copy.removeAttribute(name);
  Array.from(copy.children).find(({ localName }) => localName === "g")?.removeAttribute("transform");
  const attributes = { xmlns: NAMESPACE, width, height, viewBox: `${box.x - MARGIN} ${box.y - MARGIN} ${width} ${height}` };
  for (const [name, value] of Object.entries(attributes)) copy.setAttribute(name, String(value));
  copy.prepend(ground(getComputedStyle(/** @type {Element} */ (drawn.closest(".frame"))).backgroundColor, box, width, height));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

/**
 * Writes the looks of each element into its copy; what is not seen is left out.
 * @param {Element} from
 * @param {Element} to
 */
function inline(from, to) {
  const copies = Array.from(to.querySelectorAll("*"));
  Array.from(from.querySelectorAll("*")).forEach((element, i) => {
    const [copy, style] = [copies[i], getComputedStyle(element)];
    for (const name of ["class", "style", "tabindex"]) copy.removeAttribute(name);
    if (element.closest("defs") === null && (style.display === "none" || style.visibility === "hidden")) copy.remove();
    else if (/^(path|rect|text|tspan|g)$/.test(element.localName)) dress(copy, style, element.localName);
  });
}

/**
 * @param {Element} copy
 * @param {CSSStyleDeclaration} style
 * @param {string} kind
 */
function dress(copy, style, kind) {
  for (const name of kind === "g" ? ["opacity"] : STYLES) {
    const value = style.getPropertyValue(name);
    if (value && value !== "normal" && !(name === "opacity" && value === "1")) copy.setAttribute(name, value);
  }
  if (kind === "text") copy.setAttribute("font-family", /mono/i.test(style.fontFamily) ? FAMILIES.mono : FAMILIES.sans);
}

/**
 * @param {string} fill
 * @param {DOMRect} box
 * @param {number} width
 * @param {number} height
 */
function ground(fill, { x, y }, width, height) {
  const made = document.createElementNS(NAMESPACE, "rect");
  for (const [name, value] of Object.entries({ x: x - MARGIN, y: y - MARGIN, width, height, fill })) made.setAttribute(name, String(value));
  return made;
}

/**
 * A file name: what the output is called, as far as file systems take it.
 * @param {Picture} picture
 */
function nameOf({ scene }) {
  const label = scene()?.boxes.find(({ output }) => output)?.node.label ?? "";
  return label.replace(/[^\p{L}\p{N}_-]+/gu, "").slice(0, 40) || "graph";
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A small map of a large picture, with what is seen of it; dragging moves there. */

/** @import { Scene } from "../types.d.ts" */
/** @import { Picture } from "./types.d.ts" */

import { extentOf } from "./boxes.js";

/** Fewer nodes than this are found without a map. */
const MANY = 200;
const [WIDTH, HEIGHT] = [168, 112];
const MARGIN = 4;

/**
 * Where the picture lies on the map.
 * @typedef {{ scale: number, x: number, y: number }} Place
 */

/**
 * @param {Picture} picture
 */
export function mountMinimap({ element, camera, follow }) {
  const map = Object.assign(document.createElement("canvas"), { className: "minimap", hidden: true });
  map.ariaHidden = "true";
  element.querySelector(".frame")?.append(map);
  /** @type {Place} */
  let place = { scale: 1, x: 0, y: 0 };
  /** @type {ImageData | null} */
  let image = null;
  let color = "";

  const look = () => image && frameSeen(contextOf(map), image, place, camera, color);
  follow((scene, _, change) => {
    if (change !== "scene") return;
    map.hidden = scene.boxes.length <= MANY;
    if (map.hidden) return void (image = null);
    place = placeOf(scene);
    image = drawn(map, scene, place);
    color = getComputedStyle(map).outlineColor; // asked once a picture: the answer costs a layout
    look();
  });
  camera.watch(look);
  map.addEventListener("pointerdown", ({ pointerId }) => map.setPointerCapture(pointerId));
  for (const kind of /** @type {const} */ (["pointerdown", "pointermove"])) {
    map.addEventListener(kind, ({ buttons, offsetX, offsetY }) => {
      if (buttons === 1) camera.centre({ x: (offsetX - place.x) / place.scale, y: (offsetY - place.y) / place.scale });
    });
  }
}

/** @param {HTMLCanvasElement} map */
const contextOf = (map) => /** @type {CanvasRenderingContext2D} */ (map.getContext("2d"));

/**
 * @param {Scene} scene
 * @returns {Place}
 */
export function placeOf({ boxes }) {
  const { left, right, top, bottom } = extentOf(boxes);
  const scale = Math.min((WIDTH - 2 * MARGIN) / (right - left), (HEIGHT - 2 * MARGIN) / (bottom - top));
  return { scale, x: (WIDTH - scale * (right + left)) / 2, y: (HEIGHT - scale * (bottom + top)) / 2 };
}

/**
 * The map itself, kept as an image while what is seen of it moves.
 * @param {HTMLCanvasElement} map
 * @param {Scene} scene
 * @param {Place} place
 */
function drawn(map, { boxes }, { scale, x, y }) {
  Object.assign(map, { width: WIDTH * devicePixelRatio, height: HEIGHT * devicePixelRatio });
  const context = contextOf(map);
  context.scale(devicePixelRatio, devicePixelRatio);
  context.fillStyle = getComputedStyle(map).color;
  for (const box of boxes) {
    const [width, height] = [Math.max(1, box.width * scale), Math.max(1, box.height * scale)];
    context.fillRect(x + box.x * scale - width / 2, y + box.y * scale - height / 2, width, height);
  }
  return context.getImageData(0, 0, map.width, map.height);
}

/**
 * Draws what is seen of the picture as a window on the map.
 * @param {CanvasRenderingContext2D} context
 * @param {ImageData} image
 * @param {Place} place
 * @param {Picture["camera"]} camera
 * @param {string} color
 */
function frameSeen(context, image, { scale, x, y }, camera, color) {
  context.putImageData(image, 0, 0);
  const transform = camera.transform();
  const [[left, top], [right, bottom]] = [transform.invert([0, 0]), transform.invert(camera.size())];
  Object.assign(context, { strokeStyle: color, lineWidth: 1.5 });
  context.strokeRect(x + left * scale, y + top * scale, (right - left) * scale, (bottom - top) * scale);
}

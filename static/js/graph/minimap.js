/** A small map of a large picture, with what is seen of it; dragging moves there. */

/** @import { Scene } from "../types.d.ts" */
/** @import { Picture } from "./picture.js" */

import { extentOf } from "./camera.js";

/** Fewer nodes than this are found without a map. */
const MANY = 200;
const [WIDTH, HEIGHT] = [168, 112];
const MARGIN = 4;

/**
 * @param {Picture} picture
 */
export function mountMinimap({ element, camera, scene, follow }) {
  const map = document.createElement("canvas");
  map.className = "minimap";
  map.ariaHidden = "true";
  const ratio = devicePixelRatio;
  Object.assign(map, { width: WIDTH * ratio, height: HEIGHT * ratio, hidden: true });
  element.querySelector(".frame")?.append(map);
  let image = new ImageData(1, 1);
  let place = { scale: 1, x: 0, y: 0 };

  const draw = (/** @type {Scene} */ { boxes }) => {
    const { left, right, top, bottom } = extentOf(boxes);
    const scale = Math.min((WIDTH - 2 * MARGIN) / (right - left), (HEIGHT - 2 * MARGIN) / (bottom - top));
    place = { scale, x: (WIDTH - scale * (right + left)) / 2, y: (HEIGHT - scale * (bottom + top)) / 2 };
    const context = /** @type {CanvasRenderingContext2D} */ (map.getContext("2d"));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = getComputedStyle(map).color;
    for (const box of boxes) {
      const [width, height] = [Math.max(1, box.width * scale), Math.max(1, box.height * scale)];
      context.fillRect(place.x + box.x * scale - width / 2, place.y + box.y * scale - height / 2, width, height);
    }
    image = context.getImageData(0, 0, map.width, map.height);
  };
  const look = () => {
    if (map.hidden) return;
    const context = /** @type {CanvasRenderingContext2D} */ (map.getContext("2d"));
    context.putImageData(image, 0, 0);
    const [transform, [width, height]] = [camera.transform(), camera.size()];
    const [[left, top], [right, bottom]] = [transform.invert([0, 0]), transform.invert([width, height])];
    context.strokeStyle = getComputedStyle(map).outlineColor;
    context.lineWidth = 1.5;
    context.strokeRect(place.x + left * place.scale, place.y + top * place.scale, (right - left) * place.scale, (bottom - top) * place.scale);
  };
  follow((shown, _, change) => {
    if (change !== "scene") return;
    map.hidden = shown.boxes.length <= MANY;
    if (!map.hidden) draw(shown);
    look();
  });
  camera.watch(look);
  map.addEventListener("pointerdown", (event) => map.setPointerCapture(event.pointerId));
  for (const kind of /** @type {const} */ (["pointerdown", "pointermove"])) {
    map.addEventListener(kind, (event) => {
      if (event.buttons !== 1 || !scene()) return;
      camera.centre({ x: (event.offsetX - place.x) / place.scale, y: (event.offsetY - place.y) / place.scale });
    });
  }
}

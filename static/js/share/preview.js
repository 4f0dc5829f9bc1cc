/** What will be seen where a line is pasted. */

/** @import { Line } from "./lines.js" */

import { element } from "../element.js";
import { say } from "../say.js";

/**
 * @param {HTMLElement} place
 * @param {Line | null} line
 * @param {string | null} id of the short link
 */
export function preview(place, line, id) {
  const key = line && `${line.look} ${line.address} ${id}`;
  if (place.dataset.shows === key && place.firstChild) return;
  place.dataset.shows = key ?? "";
  place.hidden = line === null;
  place.replaceChildren(...(line ? [shown(line, id)] : []));
}

/** A frame as high as it says it needs to be. */
function framed(/** @type {string} */ address) {
  const frame = element("iframe", { src: address, title: say("share.preview"), height: "320" });
  const hear = (/** @type {MessageEvent} */ { source, data }) => {
    if (!frame.isConnected) removeEventListener("message", hear);
    else if (source === frame.contentWindow && data?.type === "autograd:height") frame.height = String(data.height);
  };
  addEventListener("message", hear);
  return frame;
}

/**
 * @param {Line} line
 * @param {string | null} id
 */
function shown({ look, address, text }, id) {
  if (look === "link") return element("a", { href: address, target: "_blank" }, text);
  if (look === "frame") return framed(address);
  const image = element("img", { src: address, alt: say("share.picture") });
  if (look === "picture" || id === null) return image;
  const code = element("img", { src: `/z/${encodeURIComponent(id)}/qr.svg`, alt: say("share.code"), width: "120", height: "120" });
  return element("div", { class: "card" }, image, code);
}

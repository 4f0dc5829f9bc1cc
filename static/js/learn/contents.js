/** The contents of the course: ticks what is done, and says where to go on. */

import { element } from "../element.js";
import { say, speak } from "../say.js";
import { done, forget } from "./progress.js";

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

const course = part("course");
const chapters = /** @type {HTMLElement[]} */ (Array.from(course.querySelectorAll("[data-slug]")));
const progress = /** @type {HTMLElement} */ (course.querySelector("[data-part=progress]"));
const reset = part("forget");

speak(document.documentElement.lang, JSON.parse(part("texts").textContent ?? "{}"));

reset.addEventListener("click", () => {
  forget();
  show();
  progress.focus();
});
addEventListener("pageshow", show); // also where the browser kept the page
addEventListener("storage", show);
progress.tabIndex = -1;

function show() {
  const finished = done();
  const left = chapters.filter(({ dataset }) => !finished.has(dataset.slug ?? ""));
  for (const chapter of chapters) {
    chapter.querySelector(".tick")?.remove();
    if (!left.includes(chapter)) chapter.append(element("b", { class: "tick", lang: document.documentElement.lang }, `✓ ${say("learn.done")}`));
  }
  const [of, next] = [chapters.length, left[0]?.querySelector("a")];
  const some = left.length < of;
  progress.hidden = reset.hidden = !some;
  if (!some) progress.replaceChildren();
  else if (!next) progress.replaceChildren(say("learn.all", { of }));
  else progress.replaceChildren(say("learn.progress", { done: of - left.length, of }), " ", say("learn.next"), " ", element("a", { href: next.href, lang: next.closest("li")?.lang ?? "" }, next.textContent ?? ""));
}

/**
 * `/static/embed.js`: the element `<autograd-playground>` for pages of others, in one file that needs no other.
 *
 * The element is a frame and no more: styles, scripts and rules of the page around it do not reach into it.
 */

const SERVICE = new URL("/", import.meta.url);

/** What an address of the service says, and an attribute of the element may say as well. */
export const ATTRIBUTES = [
  ["theme", "readonly", "toolbar", "editor", "show", "step", "autoplay", "lang", "height", "layout", "pass", "predict"],
  ["source", "example", "values", "node", "panel", "accumulation", "passes", "open", "engine", "v"],
  ["ask", "tries", "reveal", "vary", "within"],
].flat();

/** Bytes of a program that an address holds; a longer one is handed over when there is somebody to take it. */
const MOST_BYTES = 8 * 1024;
const HEIGHT = 420;
const LOOKS = `:host { display: block; } :host([hidden]) { display: none; }
iframe { display: block; width: 100%; border: 0; border-radius: 0.625rem; }`;

/** @typedef {{ promise: Promise<any>, resolve: (value: any) => void, reject: (reason: Error) => void }} Deferred */

/** An answer that is waited for. @returns {Deferred} */
function deferred() {
  /** @type {Partial<Deferred>} */
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return /** @type {Deferred} */ (made);
}

/**
 * The address of the frame for such attributes.
 * @param {Record<string, string>} said
 * @param {string | null} link the id of a short link
 */
export function addressOf(said, link) {
  const address = new URL(link === null ? "/embed" : `/embed/${encodeURIComponent(link)}`, SERVICE);
  for (const [name, value] of Object.entries(said)) address.searchParams.set(name, value);
  return address.href;
}

class Playground extends HTMLElement {
  static observedAttributes = [...ATTRIBUTES, "link", "title"];

  #frame = document.createElement("iframe");
  #ready = deferred();
  /** Where the frame's page says it is: in a page without an origin it has none either. */
  #origin = SERVICE.origin;
  /** @type {Map<number, Deferred>} */
  #asked = new Map();
  #questions = 0;
  #planned = false;
  #hear = (/** @type {MessageEvent} */ event) => this.#heard(event);

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const looks = new CSSStyleSheet();
    looks.replaceSync(LOOKS);
    root.adoptedStyleSheets = [looks];
    root.append(this.#frame);
    this.#frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-downloads");
    this.#frame.allow = "clipboard-write; fullscreen";
    this.#frame.referrerPolicy = "strict-origin-when-cross-origin";
    this.#frame.loading = "lazy";
  }

  connectedCallback() {
    addEventListener("message", this.#hear);
    this.#plan();
  }

  disconnectedCallback() {
    removeEventListener("message", this.#hear);
  }

  attributeChangedCallback() {
    this.#plan();
  }

  /** What is seen now, as one value to be kept and handed to `setState`. @returns {Promise<object>} */
  getState() {
    return this.#ask({ type: "autograd:get-state" });
  }

  /** Shows what `getState` gave. @param {object} state @returns {Promise<void>} */
  setState(state) {
    return this.#ask({ type: "autograd:set-state", state });
  }

  /** So many steps done; null for the finished picture. @param {number | null} step @returns {Promise<void>} */
  step(step) {
    return this.#ask({ type: "autograd:step", step });
  }

  /** Several attributes that change together load the frame once. */
  #plan() {
    if (this.#planned || !this.isConnected) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      if (this.isConnected) this.#load();
    });
  }

  #load() {
    const said = Object.fromEntries(ATTRIBUTES.flatMap((name) => (this.hasAttribute(name) ? [[name, this.getAttribute(name) ?? ""]] : [])));
    const link = this.getAttribute("link");
    if (link === null && !("source" in said || "example" in said) && this.textContent?.trim()) said.source = textOf(this);
    const long = new TextEncoder().encode(said.source ?? "").length > MOST_BYTES ? said.source : null;
    if (long !== null) delete said.source;
    this.#frame.title = this.title || "Autograd Playground";
    this.#frame.height = said.height ?? String(HEIGHT);
    this.#ready = deferred();
    this.#frame.src = addressOf(said, link);
    if (long !== null) this.setState({ version: 1, source: long });
  }

  /** @param {object} question */
  async #ask(question) {
    await this.#ready.promise;
    const id = ++this.#questions;
    const answer = deferred();
    this.#asked.set(id, answer);
    this.#frame.contentWindow?.postMessage({ ...question, id }, this.#origin === "null" ? "*" : this.#origin);
    return answer.promise;
  }

  /** @param {MessageEvent} event */
  #heard({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || ![SERVICE.origin, "null"].includes(origin) || typeof data?.type !== "string") return;
    const answer = this.#asked.get(data.id);
    this.#asked.delete(data.id);
    if (data.type === "autograd:height") this.#frame.height = String(data.height);
    else if (data.type === "autograd:ready") this.#met(origin);
    else if (answer && data.type === "autograd:refused") answer.reject(new TypeError(data.reason));
    else if (answer) answer.resolve(data.state);
    else this.#say(data);
  }

  /** The first question is what makes the frame tell of what happens in it. */
  #met(/** @type {string} */ origin) {
    this.#origin = origin;
    this.#ready.resolve(undefined);
    this.getState();
  }

  /** @param {{ type: string }} data */
  #say({ type, ...detail }) {
    const name = { "autograd:change": "change", "autograd:step": "step", "autograd:error": "error", "autograd:answer": "answer" }[type];
    if (name) this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/**
 * The program that stands inside an element, without the line that only begins it.
 * @param {Element} element
 */
const textOf = (element) => (element.textContent ?? "").replace(/^\n/, "").trimEnd();

/**
 * Turns blocks of code into playgrounds: what `<pre><code class="language-autograd">` holds stays what it is, and lives.
 * @param {ParentNode} [root]
 * @param {Record<string, string>} [attributes] of each of them
 */
export function upgrade(root = document, attributes = {}) {
  return Array.from(root.querySelectorAll("pre > code.language-autograd"), (code) => {
    const made = document.createElement("autograd-playground");
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.setAttribute("source", textOf(code));
    code.parentElement?.replaceWith(made);
    return made;
  });
}

if (!customElements.get("autograd-playground")) customElements.define("autograd-playground", Playground);
if (new URL(import.meta.url).searchParams.has("upgrade")) upgrade();

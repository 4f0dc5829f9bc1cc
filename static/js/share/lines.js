/** What to paste where: every line that the share dialog gives, as a pure function of what is shared. */

/** @typedef {"frame" | "picture" | "card" | "link"} Look what comes of a line where it is pasted */
/** @typedef {{ text: string, look: Look, address: string }} Line */

/**
 * @typedef {object} Shared
 * @property {string} origin
 * @property {string} page path and query of the page
 * @property {string} frame of the frame
 * @property {string} picture of the picture
 * @property {string} short of the short link, empty where there is none
 * @property {Record<string, string>} attributes what the element says of it
 * @property {number} height pixels
 * @property {string} title
 */

export const KINDS = /** @type {const} */ (["link", "short", "iframe", "element", "markdown", "myst", "rst", "notion", "png"]);

/** What a frame may do there: no more than it needs. */
const RIGHTS = {
  loading: "lazy",
  sandbox: "allow-scripts allow-same-origin allow-popups allow-downloads",
  allow: "clipboard-write; fullscreen",
  referrerpolicy: "strict-origin-when-cross-origin",
  style: "border:0;max-width:100%",
};

/**
 * @param {Shared} shared
 * @returns {Record<typeof KINDS[number], Line>}
 */
export function linesOf({ origin, page, frame, picture, short, attributes, height, title }) {
  const [whole, framed, image] = [page, frame, picture].map((path) => origin + path);
  const html = `<iframe${attributesOf({ src: framed, title, width: "100%", height: String(height), ...RIGHTS })}></iframe>`;
  const script = `<script type="module" src="${origin}/static/embed.js"></script>`;
  const line = (/** @type {string} */ text, /** @type {Look} */ look, /** @type {string} */ address) => ({ text, look, address });
  return {
    link: line(whole, "link", whole),
    short: line(short && origin + short, "card", image),
    iframe: line(html, "frame", framed),
    element: line(`${script}\n<autograd-playground${attributesOf(attributes)}></autograd-playground>`, "frame", framed),
    markdown: line(`[![${title}](${image})](${whole})`, "picture", image),
    myst: line(`\`\`\`{iframe} ${framed}\n:width: 100%\n${title}\n\`\`\``, "frame", framed),
    rst: line(`.. raw:: html\n\n   ${html}`, "frame", framed),
    notion: line(framed, "frame", framed),
    png: line(image, "picture", image),
  };
}

/**
 * Attributes as HTML, all in one line: what a page's editor takes for a paragraph has none.
 * @param {Record<string, string>} attributes
 */
const attributesOf = (attributes) => Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");

/** What ends an attribute or a line, or begins an element, for readers of HTML and of what becomes HTML. @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;" };

/** @param {string} text */
const escaped = (text) => text.replace(/[&"<>\n\r\t]/g, (letter) => ENTITIES[letter]);

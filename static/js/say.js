/** The texts of the page, in the language the server chose. */

/** @type {Record<string, string>} */
let texts = {};
let language = "en";

/**
 * Says which texts there are.
 * @param {string} lang
 * @param {Record<string, string>} catalogue
 */
export function speak(lang, catalogue) {
  language = lang;
  texts = catalogue;
}

/** The language of the page, as browsers name it. */
export const spoken = () => language;

/**
 * A text with its places filled in: `{name}` stands for the value of that name.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  return filled(texts[key] ?? key, values);
}

/**
 * A template with values in its places; what they say is never looked at again.
 * @param {string} template
 * @param {Record<string, string | number>} values
 */
export const filled = (template, values) =>
  template.replace(/\{(\w+)\}/g, (place, name) => String(Object.hasOwn(values, name) ? values[name] : place));

/**
 * A text that counts: `key.one` for one thing, else `key.other`.
 * @param {string} key
 * @param {number} count
 */
export const sayCount = (key, count) => say(`${key}.${count === 1 ? "one" : "other"}`, { count: count.toLocaleString(language) });

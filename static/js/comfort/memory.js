/** What the browser remembers between visits, where it may: without storage everything works, and is forgotten. */

const PREFIX = "autograd.";

/** Asked anew each time: a browser may refuse it. */
const browsers = () => localStorage;

/**
 * @param {string} key
 * @param {() => Storage} [storage]
 * @returns {string | null}
 */
export function remembered(key, storage = browsers) {
  try {
    return storage().getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string | null} value null to forget
 * @param {() => Storage} [storage]
 */
export function remember(key, value, storage = browsers) {
  try {
    if (value === null) storage().removeItem(PREFIX + key);
    else storage().setItem(PREFIX + key, value);
  } catch {
    // a private window, or a full one
  }
}

/** What the browser remembers between visits, where it may: without storage everything works, and is forgotten. */

/**
 * @param {string} key
 * @returns {string | null}
 */
export function remembered(key) {
  try {
    return localStorage.getItem(`playground.${key}`);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string | null} value null to forget
 */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(`playground.${key}`);
    else localStorage.setItem(`playground.${key}`, value);
  } catch {
    // a private window, or a full one
  }
}

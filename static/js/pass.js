/** The pass in the address that the page was opened with: a class behind one address shows it wherever it asks. */

const FORM = /^[\w.=-]{1,512}$/;

/**
 * The header that shows a pass; none where the address has none.
 * @param {string} search
 * @returns {Record<string, string>}
 */
export function passIn(search) {
  const pass = new URLSearchParams(search).get("pass") ?? "";
  return FORM.test(pass) ? { "autograd-pass": pass } : {};
}

export const PASS = passIn(globalThis.location?.search ?? "");

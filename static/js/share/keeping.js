/** The short link that was made here: of what, and with the token that gives it up. */

/** @typedef {{ id: string, token: string, of: string }} Kept */

const LINKS = "/api/v1/links";

export function keeping() {
  /** @type {Kept | null} */
  let link = null;
  return {
    /**
     * The name of the link to this, if it is the one that was made.
     * @param {string} state
     */
    idOf: (state) => (link?.of === state ? link.id : null),

    /**
     * Makes a link; whether that worked.
     * @param {string} state
     */
    async make(state) {
      const answer = await asked(LINKS, { method: "POST", headers: { "Content-Type": "application/json" }, body: state });
      if (answer) link = { id: answer.id, token: answer.token, of: state };
      return answer !== null;
    },

    /** Gives the link up; whether that worked. */
    async giveUp() {
      if (link === null) return false;
      const answer = await asked(`${LINKS}/${link.id}`, { method: "DELETE", headers: { Authorization: `Bearer ${link.token}` } });
      if (answer) link = null;
      return answer !== null;
    },
  };
}

/**
 * An answer; null where there was none, or a problem.
 * @param {string} path
 * @param {RequestInit} how
 */
async function asked(path, how) {
  try {
    const response = await fetch(path, how);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

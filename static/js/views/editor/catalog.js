/** What the editor asks of the service beside programs: lists that do not change. */

/** @import { Op } from "./completion.js" */

/** Bytes of a program, where the service does not say how many it takes. */
const MOST_BYTES = 64 * 1024;

/**
 * @param {string} name
 */
async function list(name) {
  const response = await fetch(`/api/v1/${name}`, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`no ${name}`);
  return response.json();
}

/** @returns {Promise<Op[]>} */
export const askOps = () => list("ops");

/** How many bytes a program may have. @returns {Promise<number>} */
export async function askMostBytes() {
  try {
    /** @type {{ name: string, value: number }[]} */
    const limits = await list("limits");
    return limits.find(({ name }) => name === "source")?.value ?? MOST_BYTES;
  } catch {
    return MOST_BYTES;
  }
}

/** The templates of steps and ledgers, in the language the server chose. */

/** @import { Words } from "./explain/types.d.ts" */

/** @type {Words | null} */
let read = null;

/** @returns {Words} */
export const words = () => (read ??= JSON.parse(document.getElementById("words")?.textContent ?? "{}"));

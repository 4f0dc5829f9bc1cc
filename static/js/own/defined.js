/** Whether a program has an engine of its own: a class that says what a sign does with its objects. */

/** @import { State } from "../types.d.ts" */

/** A method of two things that Python calls by itself; these two it calls for other reasons. */
const OPERATOR = /^[ \t]+def __(?!init__|call__)\w+__\s*\(\s*\w+\s*,/m;

/** @param {string} source */
export const definesEngine = (source) => /^\s*class\b/m.test(source) && OPERATOR.test(source);

/**
 * Whether the page came without what it is to show.
 * @param {State} state
 */
export const unanswered = ({ document, source }) => document === null || (document.nodes.length === 0 && definesEngine(source));

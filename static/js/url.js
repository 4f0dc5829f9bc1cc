/** The state that lives in the address: which program is on the page. */

/** @import { Example } from "./types.d.ts" */

const MOST_BYTES = 8 * 1024;

/**
 * The program an address asks for, or null where it asks for none that exists.
 * @param {string} search
 * @param {readonly Example[]} examples
 */
export function sourceOf(search, examples) {
  const wanted = new URLSearchParams(search);
  const name = wanted.get("example");
  return wanted.get("source") ?? examples.find((example) => example.name === name)?.source ?? null;
}

/**
 * The query of a program: an example by its name, any other text as it stands, nothing for one too long to travel in an address.
 * @param {string} source
 * @param {readonly Example[]} examples
 */
export function searchOf(source, examples) {
  const example = exampleOf(source, examples);
  if (example) return `?${new URLSearchParams({ example: example.name })}`;
  if (new TextEncoder().encode(source).length > MOST_BYTES) return "";
  return `?${new URLSearchParams({ source })}`;
}

/**
 * The example that a program is, if it is one.
 * @param {string} source
 * @param {readonly Example[]} examples
 */
export function exampleOf(source, examples) {
  const text = source.trimEnd();
  return examples.find((example) => example.source.trimEnd() === text);
}

/** Programs as files: read one that is chosen or dropped, write one. */

const NAME = "program.py";

/**
 * The text of a file, or why it is refused.
 * @param {Blob} file
 * @param {number} most bytes
 * @returns {Promise<{ text: string } | { refused: "large" | "unreadable" }>}
 */
export async function textOf(file, most) {
  if (file.size > most) return { refused: "large" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()).replace(/\r\n?/g, "\n") };
  } catch {
    return { refused: "unreadable" };
  }
}

/**
 * Lets a person choose a file.
 * @param {(file: File) => void} read
 */
export function choose(read) {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: ".py,.txt,text/x-python,text/plain" });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) read(file);
  });
  input.click();
}

/**
 * Hands a text to the person as a file.
 * @param {string} text
 * @param {string} name
 */
export function save(text, name = NAME) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/x-python" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * Reads files dropped anywhere on the page, before anything else sees them.
 * @param {(file: File) => void} read
 */
export function acceptDrops(read) {
  const holdsFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault(), { capture: true });
  addEventListener(
    "drop",
    (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const file = event.dataTransfer?.files[0];
      if (file) read(file);
    },
    { capture: true },
  );
}

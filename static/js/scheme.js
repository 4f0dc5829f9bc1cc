/** Whether the page is dark: as the address of a frame says, else as the browser is set. */

const dark = matchMedia("(prefers-color-scheme: dark)");
// kept, because asking the browser has it compute all styles: in a frame that has just changed some, twice
let { matches } = dark;
dark.addEventListener("change", () => ({ matches } = dark));

export const isDark = () => (document.documentElement.dataset.theme ?? (matches ? "dark" : "light")) === "dark";

/** The colours of answers, on light paper and on dark: purple below, orange above, as flows in the picture. */

import { interpolatePuOr } from "../../../vendor/d3.js";
import { isDark } from "../../scheme.js";

const SHADES = 255;
/** How much of the paper is seen through. */
const VEIL = { light: 0.3, dark: 0.45 };
const PAPER = { light: 255, dark: 24 };

/** @typedef {"light" | "dark"} Theme */

const themeOf = () => /** @type {Theme} */ (isDark() ? "dark" : "light");

export function createPalette() {
  /** @type {Map<Theme, Uint32Array>} */
  const made = new Map();
  return {
    /** Pixels from -1 to 1. */
    colors() {
      const theme = themeOf();
      const known = made.get(theme);
      if (known) return known;
      const colors = Uint32Array.from({ length: SHADES }, (_, i) => pixel(i / (SHADES - 1), theme));
      made.set(theme, colors);
      return colors;
    },
    ink: () => (isDark() ? "#f4f1fa" : "#221e2b"),
    paper: () => (isDark() ? "#141218" : "#ffffff"),
    /** A point of a class: of two, strong colours; of more, those of the ground. @param {number} kind @param {number} kinds */
    dot: (kind, kinds) => (kinds > 2 ? interpolatePuOr(kind / (kinds - 1)) : (isDark() ? ["#b9a7f0", "#ffb257"] : ["#4b2379", "#b65a08"])[kind]),
  };
}

/**
 * A colour as a canvas holds it, a little of the paper in it.
 * @param {number} at from 0, purple, to 1, orange
 * @param {Theme} theme
 */
function pixel(at, theme) {
  const parts = (interpolatePuOr(at).match(/\d+/g) ?? []).map(Number);
  const [red, green, blue] = parts.map((part) => Math.round(part * (1 - VEIL[theme]) + PAPER[theme] * VEIL[theme]));
  return (255 << 24) | (blue << 16) | (green << 8) | red;
}

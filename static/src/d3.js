// What the page takes from D3, bundled into vendor/d3.js. The same text is the bundle's type declaration, so keep it to re-exports.
export { easeCubicOut } from "d3-ease";
export { interpolatePuOr } from "d3-scale-chromatic";
export { select } from "d3-selection";
export { transition } from "d3-transition";
export { zoom, zoomIdentity, zoomTransform } from "d3-zoom";

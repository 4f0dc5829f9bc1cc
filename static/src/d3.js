// What the page takes from D3, bundled into vendor/d3.js. The same text is the bundle's type declaration, so keep it to re-exports.
export { drag } from "d3-drag";
export { easeCubicInOut, easeCubicOut, easeLinear } from "d3-ease";
export { interpolateNumber, interpolateRgb, interpolateString } from "d3-interpolate";
export { scaleDiverging, scaleDivergingSymlog, scaleLinear, scaleSymlog } from "d3-scale";
export { interpolatePuOr } from "d3-scale-chromatic";
export { pointer, select, selectAll } from "d3-selection";
export { curveBasis, curveBumpX, curveBumpY, curveMonotoneX, line, link, linkHorizontal } from "d3-shape";
export { transition } from "d3-transition";
export { zoom, zoomIdentity, zoomTransform } from "d3-zoom";

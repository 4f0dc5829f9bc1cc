/**
 * The rules of the operations: the result z of the operands x and y, and per operand the slope of z.
 * Generated from the rulebook, `engine/ops`, by `make docs`. Changes here are lost.
 */

/** @import { Rule } from "../replay/types.d.ts" */

import { errorFunction, floorQuotient, maximum, minimum, power, remainder } from "../replay/kernels.js";

/** @type {Record<string, Rule>} */
export const RULES = {
  pos: {
    forward: (x) => +x,
    slopes: [() => 1],
  },
  neg: {
    forward: (x) => -x,
    slopes: [() => -1],
  },
  add: {
    forward: (x, y) => x + y,
    slopes: [() => 1, () => 1],
  },
  sub: {
    forward: (x, y) => x - y,
    slopes: [() => 1, () => -1],
  },
  mul: {
    forward: (x, y) => x * y,
    slopes: [(_x, y) => y, (x) => x],
  },
  div: {
    forward: (x, y) => x / y,
    slopes: [(_x, y) => 1 / y, (_x, y, z) => -(z / y)],
  },
  floordiv: {
    forward: (x, y) => floorQuotient(x, y),
    slopes: [() => 0, () => 0],
  },
  mod: {
    forward: (x, y) => remainder(x, y),
    slopes: [() => 1, (x, y) => -floorQuotient(x, y)],
  },
  exp: {
    forward: (x) => Math.exp(x),
    slopes: [(_x, _y, z) => z],
  },
  expm1: {
    forward: (x) => Math.expm1(x),
    slopes: [(_x, _y, z) => z + 1],
  },
  log: {
    forward: (x) => Math.log(x),
    slopes: [(x) => 1 / x],
  },
  log1p: {
    forward: (x) => Math.log1p(x),
    slopes: [(x) => 1 / (x + 1)],
  },
  log2: {
    forward: (x) => Math.log2(x),
    slopes: [(x) => 1 / (x * 0.6931471805599453)],
  },
  log10: {
    forward: (x) => Math.log10(x),
    slopes: [(x) => 1 / (x * 2.302585092994046)],
  },
  sqrt: {
    forward: (x) => Math.sqrt(x),
    slopes: [(_x, _y, z) => 1 / (2 * z)],
  },
  pow: {
    forward: (x, y) => power(x, y),
    slopes: [(x, y) => y !== 0 ? y * power(x, y - 1) : 0, (x, y, z) => x === 0 && y >= 0 ? 0 : z * Math.log(x)],
  },
  erf: {
    forward: (x) => errorFunction(x),
    slopes: [(x) => 1.1283791670955126 * Math.exp(-(x * x))],
  },
  sin: {
    forward: (x) => Math.sin(x),
    slopes: [(x) => Math.cos(x)],
  },
  cos: {
    forward: (x) => Math.cos(x),
    slopes: [(x) => -Math.sin(x)],
  },
  tan: {
    forward: (x) => Math.tan(x),
    slopes: [(_x, _y, z) => 1 + z * z],
  },
  asin: {
    forward: (x) => Math.asin(x),
    slopes: [(x) => 1 / Math.sqrt(1 - x * x)],
  },
  acos: {
    forward: (x) => Math.acos(x),
    slopes: [(x) => -(1 / Math.sqrt(1 - x * x))],
  },
  atan: {
    forward: (x) => Math.atan(x),
    slopes: [(x) => 1 / (x * x + 1)],
  },
  sinh: {
    forward: (x) => Math.sinh(x),
    slopes: [(x) => Math.cosh(x)],
  },
  cosh: {
    forward: (x) => Math.cosh(x),
    slopes: [(x) => Math.sinh(x)],
  },
  tanh: {
    forward: (x) => Math.tanh(x),
    slopes: [(_x, _y, z) => 1 - z * z],
  },
  asinh: {
    forward: (x) => Math.asinh(x),
    slopes: [(x) => 1 / Math.sqrt(x * x + 1)],
  },
  acosh: {
    forward: (x) => Math.acosh(x),
    slopes: [(x) => 1 / Math.sqrt(x * x - 1)],
  },
  atanh: {
    forward: (x) => Math.atanh(x),
    slopes: [(x) => 1 / (1 - x * x)],
  },
  atan2: {
    forward: (x, y) => Math.atan2(x, y),
    slopes: [
      (x, y) => x * x + y * y !== 0 ? y / (x * x + y * y) : 0,
      (x, y) => x * x + y * y !== 0 ? -x / (x * x + y * y) : 0,
    ],
  },
  hypot: {
    forward: (x, y) => Math.hypot(x, y),
    slopes: [(x, _y, z) => x / z, (_x, y, z) => y / z],
  },
  abs: {
    forward: (x) => Math.abs(x),
    slopes: [(x) => x > 0 ? 1 : x < 0 ? -1 : 0],
  },
  sign: {
    forward: (x) => x > 0 ? 1 : x < 0 ? -1 : 0,
    slopes: [() => 0],
  },
  step: {
    forward: (x) => maximum(x > 0 ? 1 : x < 0 ? -1 : 0, 0),
    slopes: [() => 0],
  },
  floor: {
    forward: (x) => Math.floor(x),
    slopes: [() => 0],
  },
  max: {
    forward: (x, y) => maximum(x, y),
    slopes: [(x, y) => x === y ? 0.5 : x < y ? 0 : 1, (x, y) => x === y ? 0.5 : x > y ? 0 : 1],
  },
  min: {
    forward: (x, y) => minimum(x, y),
    slopes: [(x, y) => x === y ? 0.5 : x > y ? 0 : 1, (x, y) => x === y ? 0.5 : x < y ? 0 : 1],
  },
  relu: {
    forward: (x) => x <= 0 ? 0 : x,
    slopes: [(x) => x <= 0 ? 0 : 1],
  },
  leaky_relu: {
    forward: (x) => x > 0 ? x : 0.01 * x,
    slopes: [(x) => x > 0 ? 1 : 0.01],
  },
  elu: {
    forward: (x) => maximum(x, 0) + Math.expm1(minimum(x, 0)),
    slopes: [(x) => x <= 0 ? Math.exp(x) : 1],
  },
  sigmoid: {
    forward: (x) => 1 / (1 + Math.exp(-x)),
    slopes: [(_x, _y, z) => z * (1 - z)],
  },
  silu: {
    forward: (x) => x * (1 / (1 + Math.exp(-x))),
    slopes: [(x) => 1 / (1 + Math.exp(-x)) * (1 + x * (1 - 1 / (1 + Math.exp(-x))))],
  },
  softplus: {
    forward: (x) => maximum(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    slopes: [(x) => 1 / (1 + Math.exp(-x))],
  },
  gelu: {
    forward: (x) => x * (1 + errorFunction(x / Math.sqrt(2))) / 2,
    slopes: [
      (x, _y, z) => x < -1 ? z / x + x * Math.exp(-0.5 * (x * x)) / 2.5066282746310002 : 0.5 + 0.5 * errorFunction(x * 0.7071067811865476) + x * Math.exp(-0.5 * (x * x)) / 2.5066282746310002,
    ],
  },
};

/**
 * The error function, by rational approximations on five intervals: those of fdlibm, which C libraries use too.
 *
 * fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems,
 * Inc. business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
 * notice is preserved.
 */

const AT_ONE = 8.45062911510467529297e-1; // erf(1), to the precision of a float
const LINEAR = 1.28379167095512586316e-1; // 2 / sqrt(pi) - 1

// Each: numerator and denominator, from the constant up.
const NEAR_ZERO = {
  above: [1.28379167095512558561e-1, -3.25042107247001499370e-1, -2.84817495755985104766e-2, -5.77027029648944159157e-3, -2.37630166566501626084e-5],
  below: [1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3, 1.32494738004321644526e-4, -3.96022827877536812320e-6],
};
const NEAR_ONE = {
  above: [-2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1, 3.18346619901161753674e-1, -1.10894694282396677476e-1, 3.54783043256182359371e-2, -2.16637559486879084300e-3],
  below: [1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2, 1.26171219808761642112e-1, 1.36370839120290507362e-2, 1.19844998467991074170e-2],
};
const MIDDLE = {
  above: [-9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1, -6.23753324503260060396e1, -1.62396669462573470355e2, -1.84605092906711035994e2, -8.12874355063065934246e1, -9.81432934416914548592],
  below: [1, 1.96512716674392571292e1, 1.37657754143519042600e2, 4.34565877475229228821e2, 6.45387271733267880336e2, 4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2],
};
const FAR = {
  above: [-9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1, -1.60636384855821916062e2, -6.37566443368389627722e2, -1.02509513161107724954e3, -4.83519191608651397019e2],
  below: [1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3, 2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1],
};

/**
 * 2 / sqrt(pi) times the area under e^-t² from 0 to x.
 * @param {number} x
 */
export function errorFunction(x) {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size < 0.84375) return x + x * (size < 3.7252902984e-9 ? LINEAR : quotient(NEAR_ZERO, x * x));
  return x < 0 ? -positive(size) : positive(size);
}

/** @param {number} x at least 0.84375 */
function positive(x) {
  if (x < 1.25) return AT_ONE + quotient(NEAR_ONE, x - 1);
  if (x >= 6) return 1;
  const share = quotient(x < 1 / 0.35 ? MIDDLE : FAR, 1 / (x * x));
  const rough = Math.fround(x); // its square is exact, so the exponent loses nothing
  return 1 - (Math.exp(-rough * rough - 0.5625) * Math.exp((rough - x) * (rough + x) + share)) / x;
}

/**
 * One polynomial over another.
 * @param {{ above: number[], below: number[] }} coefficients
 * @param {number} x
 */
const quotient = ({ above, below }, x) => polynomial(above, x) / polynomial(below, x);

/** @type {(coefficients: number[], x: number) => number} */
const polynomial = (coefficients, x) => coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

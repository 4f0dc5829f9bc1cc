"""Slopes followed with names: the formula says what the rule computes, on every way through it."""

import math
from dataclasses import replace
from itertools import product

from engine.op import Op
from engine.ops import OPS
from engine.ops.arithmetic import quotient
from engine.ops.exponential import power
from engine.tracing import RESULT, slopes
from tests.each import each

NUMBERS = (-2.5, -1.0, 0.5, 1.0, 3.0)
FUNCTIONS = {name: op.forward for name, op in OPS.items()}


@each("op", OPS.values())
def test_a_followed_slope_is_the_slope(op: Op) -> None:
    for point in [*op.samples, *product(NUMBERS, repeat=len(op.params))]:
        z = op.forward(*point)
        names = dict(zip((*op.params, RESULT), (*point, z), strict=True))
        for text, rule in zip(slopes(op), op.slopes, strict=True):
            try:
                said = eval(text, dict(FUNCTIONS), names)  # noqa: S307  # our own text
            except ZeroDivisionError:
                continue  # IEEE's quotient is not Python's
            expected = rule(*point, z)
            if math.isnan(expected):
                assert said != said.real  # NaN, or no real number
            else:
                assert said == expected, (text, point)


def test_conditions_become_conditionals_and_two_with_one_way_out_become_one() -> None:
    op = replace(OPS["relu"], slopes=(lambda x, z: 2.0 if x == 0 and z >= 1 else -x if z else quotient(1.0, x),))
    assert slopes(op) == ("2 if x == 0 and z >= 1 else -x if z != 0 else 1 / x",)


def test_numbers_stand_on_either_side() -> None:
    op = replace(OPS["relu"], slopes=(lambda x, z: (2.5 - x) * (x - 2.0) / (1.0 + power(x, 0.1)) - (2.0 * z + x),))
    assert slopes(op) == ("(2.5 - x) * (x - 2) / (1 + x ** 0.1) - (2 * z + x)",)

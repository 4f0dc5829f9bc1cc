"""The operations that Python writes as operators (the power stands beside the logarithm, in `exponential`)."""

import math
import operator

from engine.op import SCRIPT, SHEET, Condition, Kink, Op, everywhere

DIVISIBLE = Condition("y != 0", lambda x, y: y != 0)


def quotient(x: float, y: float) -> float:
    """x / y by IEEE: 1/0 is inf, 0/0 is nan. Values divide as they are."""
    try:
        return x / y
    except ZeroDivisionError:
        return math.nan if x == 0 or math.isnan(x) else math.copysign(math.inf, x) * math.copysign(1.0, y)


def floor_quotient(x: float, y: float) -> float:
    """x // y; by IEEE where y is 0."""
    return x // y if y else quotient(x, y)


def remainder(x: float, y: float) -> float:
    """x % y, with the sign of y; nan where y is 0."""
    return x % y if y else math.nan


pos = Op(
    name="pos",
    params=("x",),
    symbol="+",
    forward=operator.pos,
    plain=operator.pos,
    slopes=(lambda x, z: 1.0,),
    formula="+x",
    derivatives=("1",),
    latex="+{x}",
    samples=((2.0,), (-3.0,)),
    spellings=everywhere("+{x}"),
)

neg = Op(
    name="neg",
    params=("x",),
    symbol="-",
    forward=operator.neg,
    plain=operator.neg,
    slopes=(lambda x, z: -1.0,),
    formula="-x",
    derivatives=("-1",),
    latex="-{x}",
    samples=((2.0,), (-3.0,)),
    spellings=everywhere("-{x}"),
)

add = Op(
    name="add",
    params=("x", "y"),
    symbol="+",
    forward=operator.add,
    plain=operator.add,
    slopes=(lambda x, y, z: 1.0, lambda x, y, z: 1.0),
    formula="x + y",
    derivatives=("1", "1"),
    latex="{x} + {y}",
    samples=((2.0, -3.0), (0.5, 0.25)),
    spellings=everywhere("{x} + {y}"),
)

sub = Op(
    name="sub",
    params=("x", "y"),
    symbol="-",
    forward=operator.sub,
    plain=operator.sub,
    slopes=(lambda x, y, z: 1.0, lambda x, y, z: -1.0),
    formula="x - y",
    derivatives=("1", "-1"),
    latex="{x} - {y}",
    samples=((2.0, -3.0), (0.5, 0.25)),
    spellings=everywhere("{x} - {y}"),
)

mul = Op(
    name="mul",
    params=("x", "y"),
    symbol="*",
    forward=operator.mul,
    plain=operator.mul,
    slopes=(lambda x, y, z: y, lambda x, y, z: x),
    formula="x * y",
    derivatives=("y", "x"),
    latex=r"{x} \cdot {y}",
    samples=((2.0, -3.0), (0.5, 0.25)),
    spellings=everywhere("{x} * {y}"),
)

div = Op(
    name="div",
    params=("x", "y"),
    symbol="/",
    forward=quotient,
    plain=operator.truediv,
    slopes=(lambda x, y, z: quotient(1.0, y), lambda x, y, z: -quotient(z, y)),
    formula="x / y",
    derivatives=("1 / y", "-x / y**2"),
    latex=r"\frac{{{x}}}{{{y}}}",
    samples=((2.0, -3.0), (0.5, 0.25)),
    domain=DIVISIBLE,
    spellings=everywhere("{x} / {y}"),
)

floordiv = Op(
    name="floordiv",
    params=("x", "y"),
    symbol="//",
    forward=floor_quotient,
    plain=operator.floordiv,
    slopes=(lambda x, y, z: 0.0, lambda x, y, z: 0.0),
    formula="x // y",
    derivatives=("0", "0"),
    latex=r"\left\lfloor \frac{{{x}}}{{{y}}} \right\rfloor",
    samples=((7.5, 2.0), (-7.5, 2.0), (7.5, -2.0)),
    domain=DIVISIBLE,
    kink=Kink(
        where=Condition("y != 0 and x % y == 0", lambda x, y: y != 0 and x % y == 0),
        convention="the slope of a step is taken as 0",
        points=((6.0, 2.0), (-6.0, 3.0)),
    ),
    spellings=everywhere("{x} // {y}")
    | {"torch": 'torch.div({x}, {y}, rounding_mode="floor")'}  # its // has no slope
    | {SCRIPT: "floorQuotient({x}, {y})", SHEET: "sheet.int({x} / {y})"},
)

mod = Op(
    name="mod",
    params=("x", "y"),
    symbol="%",
    forward=remainder,
    plain=operator.mod,
    slopes=(lambda x, y, z: 1.0, lambda x, y, z: -floordiv(x, y)),
    formula="x % y",
    derivatives=("1", "-(x // y)"),
    latex=r"{x} \bmod {y}",
    samples=((7.5, 2.0), (-7.5, 2.0), (7.5, -2.0)),
    domain=DIVISIBLE,
    kink=Kink(
        where=Condition("y != 0 and x % y == 0", lambda x, y: y != 0 and x % y == 0),
        convention="at the jump the slopes are those to its right: 1 and -(x // y)",
        points=((6.0, 2.0), (-6.0, 3.0)),
    ),
    spellings=everywhere("{x} % {y}")
    | {"torch": "torch.remainder({x}, {y})"}  # its 2 % x has no slope
    | {SCRIPT: "remainder({x}, {y})", SHEET: "sheet.mod({x}, {y})"},
)

"""Circular and hyperbolic functions, their inverses, and the angle and length of a vector."""

import math

from engine.op import SHEET, Condition, Kink, Op, everywhere
from engine.ops.arithmetic import quotient
from engine.ops.exponential import real, sqrt

UNIT = Condition("-1 <= x <= 1", lambda x: -1 <= x <= 1)
ENDS = Condition("x == -1 or x == 1", lambda x: x in (-1, 1))
ORIGIN = Condition("x == 0 and y == 0", lambda x, y: x == 0 and y == 0)


def _sinh(x: float) -> float:
    try:
        return math.sinh(x)
    except OverflowError:
        return math.copysign(math.inf, x)


def _atanh(x: float) -> float:
    return math.atanh(x) if -1 < x < 1 else x * math.inf if x in (-1, 1) else math.nan


def _over_square(part: float, x: float, y: float) -> float:
    square = x * x + y * y
    return quotient(part, square) if square else 0.0


sin = Op(
    name="sin",
    params=("x",),
    symbol="sin",
    forward=real(math.sin),
    plain=math.sin,
    slopes=(lambda x, z: cos(x),),
    formula="sin(x)",
    derivatives=("cos(x)",),
    latex=r"\sin {x}",
    samples=((0.5,), (-2.0,)),
    spellings=everywhere("{lib}.sin({x})"),
)

cos: Op = Op(
    name="cos",
    params=("x",),
    symbol="cos",
    forward=real(math.cos),
    plain=math.cos,
    slopes=(lambda x, z: -sin(x),),
    formula="cos(x)",
    derivatives=("-sin(x)",),
    latex=r"\cos {x}",
    samples=((0.5,), (-2.0,)),
    spellings=everywhere("{lib}.cos({x})"),
)

tan = Op(
    name="tan",
    params=("x",),
    symbol="tan",
    forward=real(math.tan),
    plain=math.tan,
    slopes=(lambda x, z: 1.0 + z * z,),
    formula="tan(x)",
    derivatives=("1 + tan(x)**2",),
    latex=r"\tan {x}",
    samples=((0.5,), (-2.0,)),
    spellings=everywhere("{lib}.tan({x})"),
)

asin = Op(
    name="asin",
    params=("x",),
    symbol="asin",
    forward=real(math.asin),
    plain=math.asin,
    slopes=(lambda x, z: quotient(1.0, sqrt(1.0 - x * x)),),
    formula="asin(x)",
    derivatives=("1 / sqrt(1 - x**2)",),
    latex=r"\arcsin {x}",
    samples=((0.5,), (-0.75,)),
    domain=UNIT,
    kink=Kink(where=ENDS, convention="the slope at -1 and 1 is inf", points=((-1.0,), (1.0,))),
    spellings=everywhere("{lib}.asin({x})"),
)

acos = Op(
    name="acos",
    params=("x",),
    symbol="acos",
    forward=real(math.acos),
    plain=math.acos,
    slopes=(lambda x, z: -quotient(1.0, sqrt(1.0 - x * x)),),
    formula="acos(x)",
    derivatives=("-1 / sqrt(1 - x**2)",),
    latex=r"\arccos {x}",
    samples=((0.5,), (-0.75,)),
    domain=UNIT,
    kink=Kink(where=ENDS, convention="the slope at -1 and 1 is -inf", points=((-1.0,), (1.0,))),
    spellings=everywhere("{lib}.acos({x})"),
)

atan = Op(
    name="atan",
    params=("x",),
    symbol="atan",
    forward=math.atan,
    plain=math.atan,
    slopes=(lambda x, z: quotient(1.0, x * x + 1.0),),
    formula="atan(x)",
    derivatives=("1 / (x**2 + 1)",),
    latex=r"\arctan {x}",
    samples=((0.5,), (-2.0,)),
    spellings=everywhere("{lib}.atan({x})"),
)

sinh = Op(
    name="sinh",
    params=("x",),
    symbol="sinh",
    forward=_sinh,
    plain=math.sinh,
    slopes=(lambda x, z: cosh(x),),
    formula="sinh(x)",
    derivatives=("cosh(x)",),
    latex=r"\sinh {x}",
    samples=((0.5,), (-1.5,)),
    spellings=everywhere("{lib}.sinh({x})"),
)

cosh: Op = Op(
    name="cosh",
    params=("x",),
    symbol="cosh",
    forward=real(math.cosh),
    plain=math.cosh,
    slopes=(lambda x, z: sinh(x),),
    formula="cosh(x)",
    derivatives=("sinh(x)",),
    latex=r"\cosh {x}",
    samples=((0.5,), (-1.5,)),
    spellings=everywhere("{lib}.cosh({x})"),
)

tanh = Op(
    name="tanh",
    params=("x",),
    symbol="tanh",
    forward=math.tanh,
    plain=math.tanh,
    slopes=(lambda x, z: 1.0 - z * z,),
    formula="tanh(x)",
    derivatives=("1 - tanh(x)**2",),
    latex=r"\tanh {x}",
    samples=((0.5,), (-1.5,)),
    spellings=everywhere("{lib}.tanh({x})"),
)

asinh = Op(
    name="asinh",
    params=("x",),
    symbol="asinh",
    forward=math.asinh,
    plain=math.asinh,
    slopes=(lambda x, z: quotient(1.0, sqrt(x * x + 1.0)),),
    formula="asinh(x)",
    derivatives=("1 / sqrt(x**2 + 1)",),
    latex=r"\operatorname{{arsinh}} {x}",
    samples=((0.5,), (-1.5,)),
    spellings=everywhere("{lib}.asinh({x})"),
)

acosh = Op(
    name="acosh",
    params=("x",),
    symbol="acosh",
    forward=real(math.acosh),
    plain=math.acosh,
    slopes=(lambda x, z: quotient(1.0, sqrt(x * x - 1.0)),),
    formula="acosh(x)",
    derivatives=("1 / sqrt(x**2 - 1)",),
    latex=r"\operatorname{{arcosh}} {x}",
    samples=((1.5,), (3.0,)),
    domain=Condition("x >= 1", lambda x: x >= 1),
    kink=Kink(where=Condition("x == 1", lambda x: x == 1), convention="the slope at 1 is inf", points=((1.0,),)),
    spellings=everywhere("{lib}.acosh({x})"),
)

atanh = Op(
    name="atanh",
    params=("x",),
    symbol="atanh",
    forward=_atanh,
    plain=math.atanh,
    slopes=(lambda x, z: quotient(1.0, 1.0 - x * x),),
    formula="atanh(x)",
    derivatives=("1 / (1 - x**2)",),
    latex=r"\operatorname{{artanh}} {x}",
    samples=((0.5,), (-0.75,)),
    domain=Condition("-1 < x < 1", lambda x: -1 < x < 1),
    spellings=everywhere("{lib}.atanh({x})"),
)

atan2 = Op(
    name="atan2",
    params=("x", "y"),
    symbol="atan2",
    forward=math.atan2,
    plain=math.atan2,
    slopes=(lambda x, y, z: _over_square(y, x, y), lambda x, y, z: _over_square(-x, x, y)),
    formula="atan2(x, y)",
    derivatives=("y / (x**2 + y**2) if x != 0 or y != 0 else 0", "-x / (x**2 + y**2) if x != 0 or y != 0 else 0"),
    latex=r"\operatorname{{atan2}}\left({{{x}}}, {{{y}}}\right)",
    samples=((0.5, 2.0), (2.0, -0.5), (-1.5, -3.0)),
    kink=Kink(where=ORIGIN, convention="the slopes at the origin are taken as 0", points=((0.0, 0.0),)),
    spellings=everywhere("{lib}.atan2({x}, {y})") | {SHEET: "0 if {x} == 0 and {y} == 0 else sheet.atan2({y}, {x})"},
)

hypot = Op(
    name="hypot",
    params=("x", "y"),
    symbol="hypot",
    forward=math.hypot,
    plain=math.hypot,
    slopes=(lambda x, y, z: quotient(x, z), lambda x, y, z: quotient(y, z)),
    formula="hypot(x, y)",
    derivatives=("x / hypot(x, y)", "y / hypot(x, y)"),
    latex=r"\sqrt{{{x}^2 + {y}^2}}",
    samples=((3.0, 4.0), (-0.5, 2.0)),
    kink=Kink(where=ORIGIN, convention="the slopes at the origin are nan", points=((0.0, 0.0),)),
    spellings=everywhere("{lib}.hypot({x}, {y})") | {SHEET: "sheet.sqrt({x} ** 2 + {y} ** 2)"},
)

"""Powers, exponentials, logarithms, and the integral of the bell curve."""

import math

from engine.op import SCRIPT, SHEET, Condition, Kink, Op, Scalar, everywhere
from engine.ops.arithmetic import quotient

POSITIVE = Condition("x > 0", lambda x: x > 0)
LN2, LN10 = math.log(2.0), math.log(10.0)
PEAK = 2.0 / math.sqrt(math.pi)  # the height that gives e^-x² from 0 to inf the area 1


def real(function: Scalar) -> Scalar:
    """`function` of one number, with nan where it has no real value and inf where it is too large to be written."""

    def forward(x: float) -> float:
        try:
            return function(x)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return forward


def logarithm(function: Scalar) -> Scalar:
    """`function`, a logarithm, with -inf at 0 and nan below."""
    return lambda x: function(x) if x > 0 else -math.inf if x == 0 else math.nan


def power(x: float, y: float) -> float:
    """x ** y by IEEE: 0 ** -1 is inf, (-8) ** (1/3) is nan, overflow is inf. Values are raised as they are."""
    try:
        z = x**y
    except OverflowError:
        return math.inf if x > 0 or y % 2 == 0 else -math.inf if y % 2 == 1 else math.nan
    except ZeroDivisionError:
        return math.copysign(math.inf, x) if y % 2 == 1 else math.inf
    return math.nan if z.__class__ is complex else z


exp = Op(
    name="exp",
    params=("x",),
    symbol="exp",
    forward=real(math.exp),
    plain=math.exp,
    slopes=(lambda x, z: z,),
    formula="exp(x)",
    derivatives=("exp(x)",),
    latex=r"e^{{{x}}}",
    samples=((0.5,), (-2.0,)),
    spellings=everywhere("{lib}.exp({x})"),
)

expm1 = Op(
    name="expm1",
    params=("x",),
    symbol="expm1",
    forward=real(math.expm1),
    plain=math.expm1,
    slopes=(lambda x, z: z + 1.0,),
    formula="expm1(x)",
    derivatives=("exp(x)",),
    latex=r"\left(e^{{{x}}} - 1\right)",
    samples=((0.5,), (-2.0,), (1e-9,)),
    spellings=everywhere("{lib}.expm1({x})") | {SHEET: "2 * sheet.sinh({x} / 2) * sheet.exp({x} / 2)"},
)

log = Op(
    name="log",
    params=("x",),
    symbol="log",
    forward=logarithm(math.log),
    plain=math.log,
    slopes=(lambda x, z: quotient(1.0, x),),
    formula="log(x)",
    derivatives=("1 / x",),
    latex=r"\ln {x}",
    samples=((0.5,), (3.0,)),
    domain=POSITIVE,
    spellings=everywhere("{lib}.log({x})") | {SHEET: "sheet.ln({x})"},
)

log1p = Op(
    name="log1p",
    params=("x",),
    symbol="log1p",
    forward=lambda x: math.log1p(x) if x > -1 else -math.inf if x == -1 else math.nan,
    plain=math.log1p,
    slopes=(lambda x, z: quotient(1.0, x + 1.0),),
    formula="log1p(x)",
    derivatives=("1 / (1 + x)",),
    latex=r"\ln\left(1 + {x}\right)",
    samples=((0.5,), (-0.75,), (1e-9,)),
    domain=Condition("x > -1", lambda x: x > -1),
    spellings=everywhere("{lib}.log1p({x})") | {SHEET: "2 * sheet.atanh({x} / (2 + {x}))"},
)

log2 = Op(
    name="log2",
    params=("x",),
    symbol="log2",
    forward=logarithm(math.log2),
    plain=math.log2,
    slopes=(lambda x, z: quotient(1.0, x * LN2),),
    formula="log2(x)",
    derivatives=("1 / (x * log(2))",),
    latex=r"\log_2 {x}",
    samples=((0.5,), (3.0,)),
    domain=POSITIVE,
    spellings=everywhere("{lib}.log2({x})") | {SHEET: "sheet.log({x}, 2)"},
)

log10 = Op(
    name="log10",
    params=("x",),
    symbol="log10",
    forward=logarithm(math.log10),
    plain=math.log10,
    slopes=(lambda x, z: quotient(1.0, x * LN10),),
    formula="log10(x)",
    derivatives=("1 / (x * log(10))",),
    latex=r"\log_{{10}} {x}",
    samples=((0.5,), (3.0,)),
    domain=POSITIVE,
    spellings=everywhere("{lib}.log10({x})"),
)

sqrt = Op(
    name="sqrt",
    params=("x",),
    symbol="sqrt",
    forward=real(math.sqrt),
    plain=math.sqrt,
    slopes=(lambda x, z: quotient(1.0, 2.0 * z),),
    formula="sqrt(x)",
    derivatives=("1 / (2 * sqrt(x))",),
    latex=r"\sqrt{{{x}}}",
    samples=((0.5,), (9.0,)),
    domain=Condition("x >= 0", lambda x: x >= 0),
    kink=Kink(where=Condition("x == 0", lambda x: x == 0), convention="the slope at 0 is inf", points=((0.0,),)),
    spellings=everywhere("{lib}.sqrt({x})"),
)

pow_ = Op(
    name="pow",
    params=("x", "y"),
    symbol="**",
    forward=power,
    plain=pow,
    slopes=(
        lambda x, y, z: y * power(x, y - 1.0) if y else 0.0,
        lambda x, y, z: 0.0 if x == 0 and y >= 0 else z * log(x),
    ),
    formula="x ** y",
    derivatives=("y * x ** (y - 1) if y != 0 else 0", "0 if x == 0 and y >= 0 else x ** y * log(x)"),
    latex="{x}^{{{y}}}",
    samples=((2.0, 3.0), (0.5, -1.5), (3.0, 0.25)),
    domain=Condition(
        "x > 0 or (x == 0 and y >= 0) or (x < 0 and y % 1 == 0)",
        lambda x, y: x > 0 or (x == 0 and y >= 0) or (x < 0 and y % 1 == 0),
    ),
    kink=Kink(
        where=Condition("x == 0 and 0 < y and y < 1", lambda x, y: x == 0 and 0 < y < 1),
        convention="the slope at 0 is inf",
        points=((0.0, 0.5),),
    ),
    spellings=everywhere("{x} ** {y}") | {SCRIPT: "power({x}, {y})"},
)

erf = Op(
    name="erf",
    params=("x",),
    symbol="erf",
    forward=math.erf,
    plain=math.erf,
    slopes=(lambda x, z: PEAK * exp(-(x * x)),),
    formula="erf(x)",
    derivatives=("2 / sqrt(pi) * exp(-x**2)",),
    latex=r"\operatorname{{erf}} {x}",
    samples=((0.5,), (-1.5,)),
    spellings={
        "torch": "torch.erf({x})",
        "jax": "jax.scipy.special.erf({x})",
        "numpy": "np.vectorize(math.erf)({x})",
        SCRIPT: "errorFunction({x})",
        SHEET: "sheet.erf({x})",
    },
)

"""What a neuron passes its sum through: the rectifiers, sharp and smooth, and the logistic curve."""

import math

from engine.op import Condition, Kink, Op
from engine.ops.exponential import erf, exp

AT_ZERO = Condition("x == 0", lambda x: x == 0)
ROOT_HALF = math.sqrt(0.5)
ROOT_TAU = math.sqrt(2.0 * math.pi)


def _sigmoid(x: float) -> float:
    small = math.exp(-abs(x))  # of the two exponentials the one that cannot overflow
    return (1.0 if x >= 0 else small) / (1.0 + small)


def _gelu_slope(x: float, z: float) -> object:
    share = z / x if x < -1 else 0.5 + 0.5 * erf(x * ROOT_HALF)  # far left the sum would cancel to nothing
    return share + x * exp(-0.5 * (x * x)) / ROOT_TAU


relu = Op(
    name="relu",
    params=("x",),
    symbol="relu",
    forward=lambda x: 0.0 if x <= 0 else x,
    slopes=(lambda x, z: 0.0 if x <= 0 else 1.0,),
    formula="0 if x <= 0 else x",
    derivatives=("0 if x <= 0 else 1",),
    latex=r"\operatorname{{relu}} {x}",
    samples=((2.0,), (-3.0,)),
    kink=Kink(where=AT_ZERO, convention="the slope at 0 is taken as 0", points=((0.0,),)),
)

leaky_relu = Op(
    name="leaky_relu",
    params=("x",),
    symbol="leaky_relu",
    forward=lambda x: x if x > 0 else 0.01 * x,
    slopes=(lambda x, z: 1.0 if x > 0 else 0.01,),
    formula="x if x > 0 else 0.01 * x",
    derivatives=("1 if x > 0 else 0.01",),
    latex=r"\operatorname{{leaky\,relu}} {x}",
    samples=((2.0,), (-3.0,)),
    kink=Kink(where=AT_ZERO, convention="the slope at 0 is taken as 0.01", points=((0.0,),)),
)

elu = Op(
    name="elu",
    params=("x",),
    symbol="elu",
    forward=lambda x: math.expm1(x) if x <= 0 else x,
    slopes=(lambda x, z: exp(x) if x <= 0 else 1.0,),
    formula="max(x, 0) + expm1(min(x, 0))",
    derivatives=("exp(x) if x <= 0 else 1",),
    latex=r"\operatorname{{elu}} {x}",
    samples=((2.0,), (-3.0,)),
)

sigmoid = Op(
    name="sigmoid",
    params=("x",),
    symbol="sigmoid",
    forward=_sigmoid,
    slopes=(lambda x, z: z * (1.0 - z),),
    formula="1 / (1 + exp(-x))",
    derivatives=("sigmoid(x) * (1 - sigmoid(x))",),
    latex=r"\sigma\left({{{x}}}\right)",
    samples=((0.5,), (-2.0,)),
)

silu = Op(
    name="silu",
    params=("x",),
    symbol="silu",
    forward=lambda x: x * _sigmoid(x),
    slopes=(lambda x, z: sigmoid(x) * (1.0 + x * (1.0 - sigmoid(x))),),
    formula="x * sigmoid(x)",
    derivatives=("sigmoid(x) * (1 + x * (1 - sigmoid(x)))",),
    latex=r"\operatorname{{silu}} {x}",
    samples=((0.5,), (-2.0,)),
)

softplus = Op(
    name="softplus",
    params=("x",),
    symbol="softplus",
    forward=lambda x: (x if x > 0 else 0.0) + math.log1p(math.exp(-abs(x))),
    slopes=(lambda x, z: sigmoid(x),),
    formula="max(x, 0) + log1p(exp(-abs(x)))",
    derivatives=("sigmoid(x)",),
    latex=r"\operatorname{{softplus}} {x}",
    samples=((0.5,), (-2.0,)),
)

gelu = Op(
    name="gelu",
    params=("x",),
    symbol="gelu",
    forward=lambda x: 0.5 * x * math.erfc(-x * ROOT_HALF),
    slopes=(_gelu_slope,),
    formula="x * (1 + erf(x / sqrt(2))) / 2",
    derivatives=("(1 + erf(x / sqrt(2))) / 2 + x * exp(-x**2 / 2) / sqrt(2 * pi)",),
    latex=r"\operatorname{{gelu}} {x}",
    samples=((0.5,), (-2.0,)),
)

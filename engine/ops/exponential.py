"""Powers, exponentials, logarithms."""

import math

from engine.op import Condition, Kink, Op
from engine.ops.arithmetic import quotient

POSITIVE = Condition("x > 0", lambda x: x > 0)


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _log(x: float) -> float:
    return math.log(x) if x > 0 else -math.inf if x == 0 else math.nan


def power(x: float, y: float) -> float:
    """x ** y by IEEE: 0 ** -1 is inf, (-8) ** (1/3) is nan, overflow is inf. Values are raised as they are."""
    try:
        return math.pow(x, y)
    except TypeError:  # a Value among them
        return x**y  # type: ignore[no-any-return]
    except OverflowError:
        return -math.inf if x < 0 and y % 2 == 1 else math.inf
    except ValueError:  # no real result, or a pole at 0
        return math.nan if x else math.copysign(math.inf, x) if y % 2 == 1 else math.inf


exp = Op(
    name="exp",
    params=("x",),
    symbol="exp",
    forward=_exp,
    plain=math.exp,
    slopes=(lambda x, z: z,),
    formula="exp(x)",
    derivatives=("exp(x)",),
    latex=r"e^{{{x}}}",
    samples=((0.5,), (-2.0,)),
    spellings={"torch": "torch.exp({x})", "jax": "jnp.exp({x})", "numpy": "np.exp({x})"},
)

log = Op(
    name="log",
    params=("x",),
    symbol="log",
    forward=_log,
    plain=math.log,
    slopes=(lambda x, z: quotient(1.0, x),),
    formula="log(x)",
    derivatives=("1 / x",),
    latex=r"\ln {x}",
    samples=((0.5,), (3.0,)),
    domain=POSITIVE,
    spellings={"torch": "torch.log({x})", "jax": "jnp.log({x})", "numpy": "np.log({x})"},
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
    latex="{{{x}}}^{{{y}}}",
    samples=((2.0, 3.0), (0.5, -1.5), (3.0, 0.25)),
    domain=Condition(
        "x > 0 or (y == floor(y) and (x != 0 or y >= 0))",
        lambda x, y: x > 0 or (y == math.floor(y) and (x != 0 or y >= 0)) if math.isfinite(y) else x >= 0,
    ),
    kink=Kink(
        where=Condition("x == 0 and 0 < y and y < 1", lambda x, y: x == 0 and 0 < y < 1),
        convention="the slope at 0 is inf",
        points=((0.0, 0.5),),
    ),
    spellings={"torch": "{x} ** {y}", "jax": "{x} ** {y}", "numpy": "{x} ** {y}"},
)

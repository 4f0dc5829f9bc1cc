"""Operations made of pieces: absolute value, rectifiers, extremes, steps."""

import math

from engine.op import Condition, Kink, Op

AT_ZERO = Condition("x == 0", lambda x: x == 0)

relu = Op(
    name="relu",
    params=("x",),
    symbol="relu",
    forward=lambda x: x if x > 0 or math.isnan(x) else 0.0,
    slopes=(lambda x, z: 1.0 if x > 0 else 0.0,),
    formula="max(x, 0)",
    derivatives=("1 if x > 0 else 0",),
    latex=r"\operatorname{{relu}} {x}",
    samples=((2.0,), (-3.0,)),
    kink=Kink(where=AT_ZERO, convention="relu'(0) = 0", points=((0.0,),)),
)

floor = Op(
    name="floor",
    params=("x",),
    symbol="floor",
    forward=lambda x: float(math.floor(x)) if math.isfinite(x) else x,
    plain=math.floor,
    slopes=(lambda x, z: 0.0,),
    formula="floor(x)",
    derivatives=("0",),
    latex=r"\lfloor {x} \rfloor",
    samples=((2.5,), (-2.5,)),
    kink=Kink(
        where=Condition("x == floor(x)", lambda x: math.isfinite(x) and x == math.floor(x)),
        convention="floor' = 0, also at the step",
        points=((2.0,), (-1.0,), (0.0,)),
    ),
    spellings={"torch": "torch.floor({x})", "jax": "jnp.floor({x})", "numpy": "np.floor({x})"},
)

abs_ = Op(
    name="abs",
    params=("x",),
    symbol="abs",
    forward=abs,
    plain=abs,
    slopes=(lambda x, z: 1.0 if x > 0 else -1.0 if x < 0 else x * 0.0,),
    formula="abs(x)",
    derivatives=("1 if x > 0 else -1 if x < 0 else 0",),
    latex=r"\left|{x}\right|",
    samples=((2.0,), (-3.0,)),
    kink=Kink(where=AT_ZERO, convention="|x|' = 0 at 0", points=((0.0,),)),
    spellings={"torch": "torch.abs({x})", "jax": "jnp.abs({x})", "numpy": "np.abs({x})"},
)

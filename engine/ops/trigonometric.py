"""Circular and hyperbolic functions and their inverses."""

import math

from engine.op import Op

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
    spellings={"torch": "torch.tanh({x})", "jax": "jnp.tanh({x})", "numpy": "np.tanh({x})"},
)

"""A program for JAX: a function of the inputs, and what `jax.value_and_grad` makes of it."""

from collections.abc import Iterable

from engine.export.format import Format, Subject
from engine.export.straight import CHECK, Straight, exact, program, straight

HEAD = f"""\
import math

import jax
import jax.numpy as jnp
import jax.scipy.special

jax.config.update("jax_enable_x64", True)  # as precise as the playground


{CHECK}
"""
BENT = """\
}
# An operation stands where it has no slope. JAX may take another one there than the playground and PyTorch.
for name, grad in SHOWN.items():
    print(f"{name}: data {inputs[name]:g}, grad {grad:g} there, {float(grads[name]):g} here")
"""
TAIL = """\
}
for name, grad in SHOWN.items():
    check(f"the gradient of {name}", float(grads[name]), grad)
    print(f"{name}: data {inputs[name]:g}, grad {grad:g}")
"""


def write(subject: Subject) -> bytes:
    """The program."""
    found = straight(subject, "jax", ("jax", "jnp", "forward", "inputs", "numbers", "output", "grads"))
    return program(subject, "JAX", lambda: lines(found))


def lines(found: Straight) -> Iterable[str]:
    """The function, the inputs, and the comparison."""
    data = found.recording.nodes.data
    yield HEAD
    yield f"def forward({', '.join(found.names[node] for node in found.leaves)}):"
    yield '    """Compute the output: each operation a line, with its number."""'
    yield from (f"    {found.line(node, op)}" for node, op in found.operations)
    yield f"    return {found.output}\n\n"
    yield "# The inputs and parameters."
    yield "inputs = {"
    yield from (f'    "{found.names[node]}": {exact(data[node])},{found.remark(node)}' for node in found.leaves)
    yield "}"
    yield "output, grads = jax.value_and_grad(lambda numbers: forward(**numbers))(inputs)"
    yield f'check("the output", float(output), {exact(data[found.recording.output or 0])})'
    yield "\n# What the playground shows: the gradient of each."
    yield from found.earlier()
    yield "SHOWN = {"
    yield from found.shown(found.leaves, lambda name, data, grad: f'    "{name}": {grad},')
    yield BENT if found.bent else TAIL


FORMAT = Format(name="jax", title="JAX program", media_type="text/x-python", suffix="py", write=write, whole=True)

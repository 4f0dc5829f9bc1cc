"""A program for PyTorch, number by number, with the gradient of every node."""

from collections.abc import Iterable

from engine.export.format import Format, Subject
from engine.export.straight import CHECK, Straight, exact, program, straight

HEAD = f'''\
import math

import torch


def leaf(number):
    """A number with a gradient, as precise as the playground's."""
    return torch.tensor(number, dtype=torch.float64, requires_grad=True)


{CHECK}

# The inputs and parameters.'''
TAIL = """\
]
for name, tensor, data, grad in SHOWN:
    check(f"the number of {name}", tensor.item(), data)
    check(f"the gradient of {name}", 0.0 if tensor.grad is None else tensor.grad.item(), grad)
    print(f"{name}: data {data:g}, grad {grad:g}")
"""


def write(subject: Subject) -> bytes:
    """The program."""
    found = straight(subject, "torch", ("torch", "leaf", "tensor", "number"))
    return program(subject, "PyTorch", lambda: lines(found))


def lines(found: Straight) -> Iterable[str]:
    """Leaves, forward, backward, and the comparison."""
    nodes = found.recording.nodes
    yield HEAD
    yield from (f"{found.names[node]} = leaf({exact(nodes.data[node])}){found.remark(node)}" for node in found.leaves)
    yield "\n# Forward: each operation a line, with its number."
    yield from (found.line(node, op) for node, op in found.operations)
    yield "\n# Backward: PyTorch keeps the gradients of results only where it is told to."
    yield from (f"{found.names[node]}.retain_grad()" for node, _ in found.operations)
    yield f"{found.output}.backward()"
    yield "\n# What the playground shows: name, tensor, number, gradient."
    yield from found.earlier()
    yield "SHOWN = ["
    everything = [*found.leaves, *(node for node, _ in found.operations)]
    yield from found.shown(everything, lambda name, data, grad: f'    ("{name}", {name}, {data}, {grad}),')
    yield TAIL


FORMAT = Format(name="torch", title="PyTorch program", media_type="text/x-python", suffix="py", write=write, whole=True)

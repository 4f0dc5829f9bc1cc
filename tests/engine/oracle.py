"""PyTorch as the oracle of the rulebook: each operation there, its value and its slopes, in double precision."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from engine.op import Op

# Operations that go by another name in PyTorch; the others are found under their own.
NAMES: dict[str, Callable[..., Tensor]] = {
    "pos": torch.clone,  # its own `positive` gives the very same tensor
    "mod": torch.remainder,
    "floordiv": lambda x, y: torch.div(x, y, rounding_mode="floor"),
    "max": torch.maximum,
    "min": torch.minimum,
    # `heaviside` has no derivative there: its 0 is taken from `sign`.
    "step": lambda x: torch.heaviside(x.detach(), torch.zeros_like(x)) + 0 * x.sign(),
    # Beyond its threshold PyTorch rounds to x; the threshold is where it would round to x anyway.
    "softplus": lambda x: functional.softplus(x, threshold=40),
}


def function(op: Op) -> Callable[..., Tensor]:
    """The operation in PyTorch, of tensors and plain numbers."""
    found = NAMES.get(op.name) or getattr(torch, op.name, None) or getattr(functional, op.name)
    return lambda *operands: found(*(torch.as_tensor(operand, dtype=torch.float64) for operand in operands))


def leaves(point: tuple[float, ...]) -> list[Tensor]:
    return [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in point]


def value(op: Op, point: tuple[float, ...]) -> float:
    return function(op)(*leaves(point)).item()


def slopes(op: Op, point: tuple[float, ...]) -> list[float]:
    operands = leaves(point)
    return [slope.item() for slope in torch.autograd.grad(function(op)(*operands), operands)]


def second(op: Op, point: tuple[float, ...]) -> list[list[float]]:
    """The second derivatives; 0 where a slope no longer depends on the operands."""
    operands = leaves(point)
    firsts = torch.autograd.grad(function(op)(*operands), operands, create_graph=True)
    return [
        [slope.item() for slope in torch.autograd.grad(first, operands, retain_graph=True, materialize_grads=True)]
        if first.requires_grad
        else [0.0] * len(operands)
        for first in firsts
    ]

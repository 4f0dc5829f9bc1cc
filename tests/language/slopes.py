"""The gradients of a graph of ours by PyTorch."""

import torch

from engine.language.machine import serial
from engine.language.run import Run
from engine.value import Value
from tests.engine import oracle


def are_what_they_were(nodes: list[Value], found: Run) -> bool:
    """Whether no operand was moved after a node was made: PyTorch sees the numbers of the end only."""
    moved = {id(value): before for value, before, _ in found.assigned}

    def is_so(node: Value) -> bool:
        operands = [x for x in node.operands if isinstance(x, Value)]
        return not any(serial(node) < moved.get(id(x), 0) for x in operands) and (
            node.op is None or node.op.forward(*(getattr(x, "data", x) for x in node.operands)) == node.data
        )

    return all(map(is_so, nodes))


def gradients(nodes: list[Value]) -> list[float]:
    """The gradients of the leaves by PyTorch, each operation of which starts from our numbers: kinks stay kinks."""
    made: dict[int, torch.Tensor] = {}
    for node in nodes:
        if node.op is None:
            made[id(node)] = torch.tensor(node.data, dtype=torch.float64, requires_grad=True)
        else:
            result = oracle.function(node.op)(*(made[id(x)] if isinstance(x, Value) else x for x in node.operands))
            made[id(node)] = result + (node.data - result.detach())
    leaves = [made[id(node)] for node in nodes if node.op is None]
    found = torch.autograd.grad(made[id(nodes[-1])], leaves, allow_unused=True, materialize_grads=True)
    return [one.item() for one in found]

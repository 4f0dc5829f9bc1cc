"""The gradients of a graph of ours by PyTorch."""

import torch

from engine.value import Value
from tests.engine import oracle


def is_what_it_was(node: Value) -> bool:
    """Whether no operand was moved after the node was made: PyTorch sees the numbers of the end only."""
    operands = (x.data if isinstance(x, Value) else x for x in node.operands)
    return node.op is None or node.op.forward(*operands) == node.data


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

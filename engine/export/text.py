"""Nodes as people read them: one form everywhere, the same as on the page."""

from engine.explain.figures import number
from engine.recording import Nodes

UNTOLD = "?"  # what stands for a number that is to be predicted


def figure(value: float | None) -> str:
    """A number as it is drawn."""
    return UNTOLD if value is None else number(value)


def role(nodes: Nodes, row: int) -> str:
    """What a node does, in one word: the operator as people write it, or the kind of leaf."""
    op = nodes.op[row]
    return nodes.kind[row] if op is None else op.symbol


def sentence(nodes: Nodes, row: int) -> str:
    """A node for those who hear the picture: "a, input, data 2, grad 6"."""
    label, grad = nodes.label[row], nodes.grad[row]
    parts = [role(nodes, row), f"data {figure(nodes.data[row])}"]
    if label is not None:
        parts.insert(0, label)
    if grad is not None:
        parts.append(f"grad {number(grad)}")
    return ", ".join(parts)


def table(nodes: Nodes) -> list[tuple[str, str, str, str]]:
    """The rows of the table "Values and gradients": name, operation, data, grad; empty where there is none."""
    return [
        (label or "", role(nodes, row), number(data), "" if grad is None else number(grad))
        for row, (label, data, grad) in enumerate(zip(nodes.label, nodes.data, nodes.grad, strict=True))
    ]

"""Where numbers went bad: the first node of a graph that is not finite although what it was made of is."""

import math

from engine.hazards import spoken, telling
from engine.language.faults import Fault
from engine.value import Value

HINT = "a smaller learning rate, or a function that is defined for such numbers, keeps it finite"


def stop(root: Value, step: int) -> Fault:
    """The fault that ends a training whose loss is not a number any more."""
    name = f"`{root.label[:40]}`" if root.label else "the loss"
    what = "nan" if math.isnan(root.data) else "infinite"
    node = first(root)
    fault = Fault("loss", f"{name} is {what} at step {step}: the first node that went bad: {told(node, step)}", HINT)
    fault.node = node.origin[0].span if node.origin else None
    return fault


def first(root: Value) -> Value:
    """The first node, in the order of execution, that is not finite: what it was made of is."""
    bad = [value for value in root.history() if not math.isfinite(value.data)]
    return min(bad, key=lambda value: value.origin[2] if value.origin else 0)


def told(node: Value, step: int) -> str:
    """A node and what is wrong with it."""
    name = f"`{node.label[:40]}`" if node.label else ""
    if node.op is None:
        since = f", since the update after step {step - 1}" if step > 1 else ""
        return f"{name or 'an input'} itself, which is {node.data}{since}"
    operands = [operand.data if isinstance(operand, Value) else operand for operand in node.operands]
    found = next((message for _, message in telling(node.op, operands, node.locals, node.data)), spoken(node.op))
    return f"{name}: {found}" if name else found

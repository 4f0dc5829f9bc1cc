"""How a number was computed: over which leaves, with which slopes, and what it would be of other numbers."""

from collections.abc import Mapping
from heapq import heappop, heappush

from engine.language.machine import fits
from engine.language.values import Thing
from engine.value import Value

Leaves = dict[int, tuple[Value, float]]  # by identity: a leaf, and the slope towards it


def slopes(made: float | Value) -> Leaves:
    """The leaves that a number was computed of, and d(number) / d(leaf)."""
    if not isinstance(made, Value):
        return {}
    if made.op is None:
        return {id(made): (made, 1.0)}
    if made.level == 1:  # one operation: no need to order anything
        return of_one(made)
    found: Leaves = {}
    flow: dict[int, tuple[Value, float]] = {id(made): (made, 1.0)}
    levels = [(-made.level, id(made))]  # a heap: users before what they are made of
    while levels:
        node, given = flow.pop(heappop(levels)[1])
        for operand, slope in ((node.a, node.da), (node.b, node.db)):
            if slope is not None:  # then the operand is a Value
                of = flow if operand.op is not None else found  # type: ignore[union-attr]
                if of is flow and id(operand) not in flow:
                    heappush(levels, (-operand.level, id(operand)))  # type: ignore[union-attr]
                _, so_far = of.get(id(operand), (operand, 0.0))
                of[id(operand)] = operand, so_far + given * slope  # type: ignore[assignment]
    return found


def of_one(made: Value) -> Leaves:
    """The same for an operation on leaves."""
    x, y, dx, dy = made.a, made.b, made.da, made.db
    if dx is None or not isinstance(x, Value):
        return {} if dy is None or not isinstance(y, Value) else {id(y): (y, dy)}
    if dy is None or not isinstance(y, Value):
        return {id(x): (x, dx)}
    return {id(x): (x, dx + dy)} if x is y else {id(x): (x, dx), id(y): (y, dy)}


def leaves(made: float | Value) -> list[Value]:
    """The leaves that a number was computed of, also those without any slope."""
    return [node for node in made.history() if node.op is None] if isinstance(made, Value) else []


def at(made: Value, numbers: Mapping[int, float]) -> float:
    """What a number would be if some of what it is computed by, by identity, held others."""
    found: dict[int, float] = {}
    for node in made.history():
        if id(node) in numbers or node.op is None:
            found[id(node)] = numbers.get(id(node), node.data)
        else:
            operands = [found[id(one)] if isinstance(one, Value) else one for one in node.operands]
            found[id(node)] = node.op.forward(*operands)
    return found[id(made)]


def held(thing: Thing) -> float | None:
    """The number that an attribute holds; None where it holds none, or one that is too large."""
    if isinstance(thing, Value):
        return thing.data
    return float(thing) if isinstance(thing, float) or (isinstance(thing, int) and fits(thing)) else None

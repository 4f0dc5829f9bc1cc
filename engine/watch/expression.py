"""How a number was computed: over which leaves, with which slopes, and what it would be of other numbers.

Each takes the number's history: operands before results, itself last; none where it is a plain number.
"""

from collections.abc import Mapping, Sequence

from engine.language.machine import fits
from engine.language.values import Thing
from engine.value import Value

Leaves = dict[int, tuple[Value, float]]  # by identity: a leaf, and the slope towards it


def slopes(history: Sequence[Value]) -> Leaves:
    """The leaves that a number was computed of, and d(number) / d(leaf)."""
    if not history:
        return {}
    made = history[-1]
    if made.level == 1:  # the most common
        return of_one(made)
    flow = dict.fromkeys(map(id, history), 0.0)
    flow[id(made)] = 1.0
    for node in reversed(history):
        given = flow[id(node)]
        if node.da is not None:
            flow[id(node.a)] += given * node.da
        if node.db is not None:
            flow[id(node.b)] += given * node.db
    return {id(node): (node, flow[id(node)]) for node in history if node.op is None}


def of_one(made: Value) -> Leaves:
    """The same for an operation on leaves."""
    x, y, dx, dy = made.a, made.b, made.da, made.db
    if dx is None or not isinstance(x, Value):
        return {} if dy is None or not isinstance(y, Value) else {id(y): (y, dy)}
    if dy is None or not isinstance(y, Value):
        return {id(x): (x, dx)}
    return {id(x): (x, dx + dy)} if x is y else {id(x): (x, dx), id(y): (y, dy)}


def leaves(history: Sequence[Value]) -> list[Value]:
    """The leaves that a number was computed of."""
    return [node for node in history if node.op is None]


def at(history: Sequence[Value], numbers: Mapping[int, float]) -> float:
    """What a number would be if some of what it is computed by, by identity, held others."""
    found: dict[int, float] = {}
    for node in history:
        if id(node) in numbers or node.op is None:
            found[id(node)] = numbers.get(id(node), node.data)
        else:
            operands = [found[id(one)] if isinstance(one, Value) else one for one in node.operands]
            found[id(node)] = node.op.forward(*operands)
    return found[id(history[-1])]


def held(thing: Thing) -> float | None:
    """The number that an attribute holds; None where it holds none, or one that is too large."""
    if isinstance(thing, Value):
        return thing.data
    return float(thing) if isinstance(thing, float) or (isinstance(thing, int) and fits(thing)) else None

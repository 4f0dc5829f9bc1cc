"""Operations whose number is not what CPython makes of the same operands."""

from collections.abc import Iterator, Mapping

from engine.language.operators import BINARY
from engine.language.values import Thing
from engine.ops import OPS
from engine.value import Value
from engine.watch.deposits import close
from engine.watch.reading import Reading
from engine.watch.theirs import Forward, Node

NAMED = {**OPS, **{f"__{name}__": op for name, op in OPS.items()}}
SYMBOLS = {one.symbol: OPS[one.op] for one in BINARY.values() if one.op}


def forwards(reading: Reading, nodes: tuple[Node, ...]) -> Iterator[Forward]:
    """Operators by their symbol, methods that are called like an operation of the rulebook by that."""
    told = set[int]()
    numbers: dict[int, float] = {}
    done = 0
    for one in reading.seen.combinations:
        for write in reading.seen.writes[done : one.at]:
            if write.name == reading.roles.number:
                numbers[id(write.holder)] = write.leaf.data
        done = one.at
        node = reading.node(one.result)
        operands = [number(numbers, thing) for thing in (one.x, one.y)]
        op = SYMBOLS.get(one.symbol)
        if node is None or op is None or None in operands:
            continue
        known = [operand for operand in operands if operand is not None]
        true = op.forward(*known)
        if not close(nodes[node].data, true):
            told.add(node)
            yield Forward(node, one.symbol, tuple(known), nodes[node].data, true, one.site.line)
    for i, node_ in enumerate(nodes):
        op = NAMED.get(node_.method or "")
        if op is None or i in told or len(op.params) != 1 or len(node_.operands) != 1:
            continue
        there = [data for key, data in reading.operands(i).items() if key != i]
        x = there[0] if there else nodes[node_.operands[0].node].data
        if not close(node_.data, op.forward(x)):
            yield Forward(i, op.name, (x,), node_.data, op.forward(x), node_.defined or 1)


def number(numbers: Mapping[int, float], thing: Thing) -> float | None:
    """The number of an operand; `numbers` are those of the objects, by identity."""
    if id(thing) in numbers:
        return numbers[id(thing)]
    return thing.data if isinstance(thing, Value) else float(thing) if isinstance(thing, int | float) else None

"""What an operation of an engine is made of: the operations of its arithmetic, in the order they were computed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from engine.language.errors import JSON
from engine.value import Value

MOST = 2_000  # operations that are told of in one answer


@dataclass(frozen=True, slots=True)
class Operand:
    """What an elementary operation is applied to: a node's number, an earlier part's result, or a plain number."""

    node: int | None
    part: int | None
    data: float

    def describe(self) -> dict[str, JSON]:
        """The operand as JSON."""
        return {"node": self.node, "part": self.part, "data": self.data}


@dataclass(frozen=True, slots=True)
class Part:
    """One elementary operation of the rulebook: its name, its operands, its result, and where it is written."""

    op: str
    operands: tuple[Operand, ...]
    data: float
    line: int | None
    span: tuple[int, int] | None

    def describe(self) -> dict[str, JSON]:
        """The part as JSON."""
        operands = [one.describe() for one in self.operands]
        span = None if self.span is None else list(self.span)
        return {"op": self.op, "operands": operands, "data": self.data, "line": self.line, "span": span}


def parts(history: Sequence[Value], node_of: Callable[[Value], int | None]) -> tuple[Part, ...]:
    """The operations that a number was computed by."""
    results = [one for one in history if one.op is not None]
    places = {id(one): place for place, one in enumerate(results)}

    def operand(thing: float | Value) -> Operand:
        if not isinstance(thing, Value):
            return Operand(None, None, float(thing))
        return Operand(None if thing.op else node_of(thing), places.get(id(thing)), thing.data)

    return tuple(part(one, tuple(map(operand, one.operands))) for one in results)


def part(one: Value, operands: tuple[Operand, ...]) -> Part:
    """One result, and what it is of."""
    site = one.origin[0] if one.origin else None
    name = one.op.name if one.op else ""
    return Part(name, operands, one.data, site.line if site else None, site.span if site else None)


def within(inside: Iterable[tuple[int, tuple[Part, ...]]]) -> dict[int, tuple[Part, ...]]:
    """Of nodes with their parts, those that there is room for; the first ones where there are too many."""
    found: dict[int, tuple[Part, ...]] = {}
    room = MOST
    for node, several in inside:
        room -= len(several)
        if room < 0:
            break
        found[node] = several
    return found

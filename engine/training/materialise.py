"""The graph of a replayed turn, made because somebody looks: with the numbers of that turn, and its passes."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from engine.language.machine import Machine
from engine.language.pending import become
from engine.language.values import Thing
from engine.origin import Entered
from engine.training.graph import Root
from engine.training.trace import Trace
from engine.value import Value, sweep

new = object.__new__
Stands = dict[int, Value]  # by the identity of a recorded Value what stands for it


class Entry(NamedTuple):
    """Where a region stands in the replayed turn: its first serial, the scope around, how many inputs there were."""

    start: int
    scope: Entered | None
    named: dict[str, int]


class Replayed(Protocol):
    """A replayed turn: what it repeats, with which numbers; what its names got, and its passes and clearings."""

    machine: Machine
    trace: Trace
    numbers: list[float]
    made: list[list[Value]]
    entries: list[Entry]
    events: list[tuple[Root, bool]]

    @property
    def leaves(self) -> Sequence[Value]:
        """The leaves that were there before it."""

    def origin(self, recorded: Value, number: int) -> Thing:
        """The place, scope and serial number of what stands for a recorded Value."""


def materialise(turn: Replayed) -> None:
    """Make the graph, and do its passes again for the nodes that have no gradients."""
    graph = turn.trace.graph
    stands: Stands = {}
    for region, made in zip(graph.regions, turn.made, strict=False):
        stands.update((id(recorded), value) for (recorded, *_), value in zip(region.made, made, strict=True))
    known = list(stands.values())
    numbers = {id(leaf): number for leaf, number in zip(graph.leaves, turn.numbers, strict=False)}
    own = {id(value): value.grad for value in known if value.op is None}
    for recorded, owner in zip(graph.values, map(graph.owner, graph.values), strict=True):
        if 0 <= owner < len(turn.entries):
            stood = id(recorded) in stands
            node = stands[id(recorded)] = stands[id(recorded)] if stood else new(Value)
            become(node, Value)
            node.next, node.grad = None, 0.0
            node.origin = turn.origin(recorded, owner)
            if not stood:
                node.label = recorded.label
            if recorded.op is None:
                leaf(turn, node, recorded, owner, stood=stood)
            else:
                operation(node, recorded, stands, numbers, stood=stood)
            numbers[id(recorded)] = node.data
    repeat(turn, stands)
    for value in known:
        if id(value) in own:
            value.grad = own[id(value)]


def leaf(turn: Replayed, node: Value, recorded: Value, owner: int, *, stood: bool) -> None:
    """An input that the turn has made: its key and its number are known from now on."""
    machine, key = turn.machine, turn.trace.regions[owner].keys[recorded.origin[2]]  # type: ignore[index]
    if not stood:
        node.data = recorded.data
    times = turn.entries[owner].named[key.name] + key.times
    number = node.origin[2]  # type: ignore[index]
    machine.keys[number] = key.name if times == 1 else f"{key.name}#{times}"
    machine.initial[number] = node.data
    node.op = node.a = node.b = node.da = node.db = None
    node.level = 0


def operation(node: Value, recorded: Value, stands: Stands, numbers: dict[int, float], *, stood: bool) -> None:
    """A result: its operands, its number and its slopes."""
    op, operands = recorded.op, (recorded.a, recorded.b)
    assert op is not None  # noqa: S101 - it is an operation
    node.a, node.b = (stands.get(id(one), one) for one in operands)
    given = [numbers[id(one)] if isinstance(one, Value) else one for one in operands if one is not None]
    if not stood:
        node.data = op.forward(*given)
    slopes = [slope(*given, node.data) for slope in op.slopes]
    node.da = slopes[0] if recorded.da is not None else None
    node.db = slopes[1] if recorded.db is not None else None
    node.op, node.level = op, recorded.level


def repeat(turn: Replayed, stands: Stands) -> None:
    """Do the passes and clearings again; the leaves that were there before have had theirs."""
    kept = [(one, one.grad) for one in turn.leaves]
    for root, is_pass in turn.events:
        number, place = root.where
        value = stands[id(turn.trace.regions[number].made[place][0])]
        if is_pass:
            sweep(value)
        else:
            for node in value.history():
                node.grad = 0.0
    for one, grad in kept:
        one.grad = grad

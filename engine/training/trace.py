"""A recorded turn: its regions, the graph they built, and where its passes began."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from engine.language.machine import serial
from engine.language.values import Thing
from engine.training.program import Graph, Program, Said
from engine.training.reasons import Unfit
from engine.training.region import Region
from engine.value import Value


class Root(NamedTuple):
    """Where a pass began: its number, its place among what is observed, the inputs and the observed below, nodes."""

    number: int
    observed: int
    inputs: tuple[int, ...]
    below: frozenset[int]
    operations: int
    nodes: int


class Trace:
    """Such a turn. The Values of the recorded turn stand for those of all others."""

    def __init__(
        self, regions: Sequence[Region], passes: Iterable[Value], read: Sequence[Thing], *, deterministic: bool
    ) -> None:
        self.regions, self.deterministic = regions, deterministic
        self.read = read  # what must not be changed
        self.valid = True  # until something that was read is changed
        self.observed = [value for region in regions for value, *_ in region.made]
        place = {id(value): i for i, value in enumerate(self.observed)}
        self.nodes = history(self.observed)
        start = regions[0].start
        operations = [value for value in self.nodes if value.op is not None]
        if any(serial(value) < start for value in operations):
            raise Unfit("earlier")
        leaves = [value for value in self.nodes if value.op is None]
        self.leaves = [value for value in leaves if serial(value) < start]
        self.own = [value for value in leaves if serial(value) >= start]
        keys = {number for region in regions for number in region.keys}
        if any(serial(value) not in keys for value in self.own):
            raise Unfit("earlier")
        self.inputs = [*self.leaves, *self.own]
        self.numbers = self._numbers()
        self.operations = operations
        self.owner = self._owners()
        self.roots: dict[int, Root] = {}
        for value in passes:
            if id(value) not in place:
                raise Unfit("root")
            if place[id(value)] not in self.roots:
                self.roots[place[id(value)]] = self._root(place[id(value)], value)
        if not self.roots:
            raise Unfit("passless")
        self.size = len(self.nodes)

    @cached_property
    def program(self) -> Program:
        """The program; made when the turn is to be replayed for the first time."""
        results = {id(value): number for region in self.regions for value, _, number in region.made}
        graph = Graph(self.inputs, self.operations, [value for value in self.observed if value.op is not None])
        roots = [self.observed[root.observed] for root in self.roots.values()]
        said = Said(self.numbers, [results[id(value)] for value in graph.observed])
        return Program(graph, roots, said, deterministic=self.deterministic)

    def _numbers(self) -> list[float]:
        """What the inputs held when the graph was built."""
        found: dict[int, float] = {}
        for region in self.regions:
            if any(found.get(name, number) != number for name, number in region.leaves.items()):
                raise Unfit("moves")
            found |= region.leaves
        own = [found.get(id(value), value.data) for value in self.own]
        return [*[found[id(value)] for value in self.leaves], *own]

    def _root(self, observed: int, value: Value) -> Root:
        below = {id(one): one for one in history([value])}
        return Root(
            len(self.roots),
            observed,
            tuple([i for i, leaf in enumerate(self.inputs) if id(leaf) in below]),
            frozenset([i for i, one in enumerate(self.observed) if id(one) in below and one.op is not None]),
            sum(one.op is not None for one in below.values()) or 1,
            len(below),
        )

    def _owners(self) -> dict[int, int]:
        """By identity, the region that a node was made in."""
        found: dict[int, int] = {}
        for value in (*self.operations, *self.own):
            at = serial(value)
            region = next((one.number for one in self.regions if one.start <= at < one.start + one.cost.nodes), None)
            if region is None:
                raise Unfit("earlier")
            found[id(value)] = region
        return found


def history(values: Iterable[Value]) -> list[Value]:
    """All that these depend on, and they themselves, in order of execution."""
    found: dict[int, Value] = {}
    pending = list(values)
    while pending:
        value = pending.pop()
        if id(value) not in found:
            found[id(value)] = value
            pending += [x for x in (value.a, value.b) if isinstance(x, Value)]
    return sorted(found.values(), key=serial)

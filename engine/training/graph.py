"""The graph of a recorded turn: its leaves, what its regions made of them, and what lies below where passes began."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from engine.replay.wiring import NOTHING, below, of_values
from engine.training.expected import Where
from engine.training.program import Asked, Program, Said, Wired
from engine.training.reasons import Unfit
from engine.training.region import Region
from engine.value import Value


class Root(NamedTuple):
    """Where a pass begins.

    number  of its program
    where   it is found
    leaves  below it that were there before the turn, each with its place among the inputs
    own     below it that the turn makes: where they are found, and their places among the inputs
    below   where the results of operations below it are found
    operations, nodes  how many there are
    """

    number: int
    where: Where
    leaves: Sequence[tuple[Value, int]]
    own: Sequence[tuple[Where, int]]
    below: frozenset[Where]
    operations: int
    nodes: int


class Graph:
    """Such a graph.

    values  in an order in which operands come before results
    leaves  those that were there before the turn
    own     the numbers of leaves that the turn makes, and that can be got at
    """

    def __init__(self, regions: Sequence[Region], passes: Sequence[Where], *, deterministic: bool) -> None:
        self.regions = regions
        made = {id(value): (region.number, i) for region in regions for i, (value, *_) in enumerate(region.made)}
        numbers = {id(value): number for region in regions for value, _, number in region.made}
        self.values, self.wiring, places = of_values([value for region in regions for value, *_ in region.made])
        self.is_result = self.wiring.code[: len(self.values)] != NOTHING
        known = held(regions)
        owner = {i: self.owner(self.values[i]) for i in np.flatnonzero(~self.is_result).tolist()}
        self._check(owner)
        before = [i for i, number in owner.items() if number < 0]
        own = [i for i, number in owner.items() if number >= 0 and id(self.values[i]) in made]
        place = {id(self.values[i]): i for i in places}
        self.where = [(place[name], where) for name, where in made.items()]
        observed = [i for i, _ in self.where if self.is_result[i]]
        self.leaves = [self.values[i] for i in before]
        if any(id(leaf) not in known for leaf in self.leaves):
            raise Unfit("earlier")
        self.own = [numbers[id(self.values[i])] for i in own]
        self.inputs = [*before, *own]
        roots = [place[id(regions[number].made[i][0])] for number, i in passes]
        self.program = Program(
            Wired(self.values, self.wiring),
            Asked(self.inputs, observed, roots),
            Said(
                [*[known[id(leaf)] for leaf in self.leaves], *self.own], [numbers[id(self.values[i])] for i in observed]
            ),
            deterministic=deterministic,
        )
        self.roots = {where: self._root(i, where, roots[i]) for i, where in enumerate(passes)}

    def owner(self, value: Value) -> int:
        """The number of the region that a Value was made in; -1 where it was none of them."""
        serial = value.origin[2] if value.origin else -1
        number = bisect_right(self.regions, serial, key=lambda region: region.start) - 1
        region = self.regions[number]
        return number if number >= 0 and serial < region.start + region.cost.nodes else -1

    def _check(self, owner: Mapping[int, int]) -> None:
        """Unfit where a leaf was made in an odd way, or a result before the turn."""
        for i, number in owner.items():
            origin = self.values[i].origin
            if number >= 0 and origin and origin[2] not in self.regions[number].keys:
                raise Unfit("odd")
        wiring = self.wiring
        leaf = np.append(wiring.code == NOTHING, True)  # the last one stands for no operand
        lowest = np.flatnonzero(~leaf[:-1] & leaf[wiring.left] & leaf[wiring.right])
        if any(self.owner(self.values[i]) < 0 for i in lowest.tolist()):
            raise Unfit("earlier")  # below a result that was made before the turn there is a lowest one that was, too

    def _root(self, number: int, where: Where, place: int) -> Root:
        there = below(self.wiring, [place])[: len(self.values)]
        inputs = [(i, at) for i, at in enumerate(self.inputs) if there[at]]
        found = dict(self.where)
        return Root(
            number,
            where,
            [(self.values[at], i) for i, at in inputs if i < len(self.leaves)],
            [(found[at], i) for i, at in inputs if i >= len(self.leaves)],
            frozenset([one for at, one in self.where if there[at] and self.is_result[at]]),
            int((there & self.is_result).sum()) or 1,
            int(there.sum()),
        )


def held(regions: Sequence[Region]) -> dict[int, float]:
    """The numbers that the leaves held while the regions were run, by identity; Unfit if they moved."""
    found: dict[int, float] = {}
    for region in regions:
        if any(repr(found.get(name, number)) != repr(number) for name, number in region.leaves.items()):
            raise Unfit("moves")
        found |= region.leaves
    return found

"""The graph of a recorded turn: its leaves, what its regions made of them, and what lies below where passes began."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.replay.wiring import NOTHING, of_values
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

    values  in an order in which operands come before results; `owner` has the region that each was made in, or -1
    leaves  those that were there before the turn
    own     the numbers of leaves that the turn makes, and that can be got at
    """

    def __init__(self, regions: Sequence[Region], passes: Sequence[Where], *, deterministic: bool) -> None:
        self.regions = regions
        made = {id(value): (region.number, i) for region in regions for i, (value, *_) in enumerate(region.made)}
        numbers = {id(value): number for region in regions for value, _, number in region.made}
        self.values, wiring, places = of_values([value for region in regions for value, *_ in region.made])
        self.is_result = wiring.code[: len(self.values)] != NOTHING
        self.owner = self._owners()
        known = held(regions)
        leaves = np.flatnonzero(~self.is_result).tolist()
        before = [i for i in leaves if self.owner[i] < 0]
        own = [i for i in leaves if self.owner[i] >= 0 and id(self.values[i]) in made]
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
            Wired(self.values, wiring),
            Asked(self.inputs, observed, roots),
            Said(
                [*[known[id(leaf)] for leaf in self.leaves], *self.own], [numbers[id(self.values[i])] for i in observed]
            ),
            deterministic=deterministic,
        )
        self.roots = {where: self._root(i, where, roots[i]) for i, where in enumerate(passes)}

    def _owners(self) -> list[int]:
        """The region that each value was made in; -1 where it was none of them. Unfit if that is so of a result."""
        starts = np.array([region.start for region in self.regions])
        ends = np.array([region.start + region.cost.nodes for region in self.regions])
        serials = np.array([-1 if (origin := value.origin) is None else origin[2] for value in self.values])
        owner = np.searchsorted(starts, serials, side="right") - 1
        owner = np.where((owner >= 0) & (serials < ends[owner]), owner, -1)
        if (self.is_result & (owner < 0)).any():
            raise Unfit("earlier")
        for i in np.flatnonzero(~self.is_result & (owner >= 0)).tolist():
            if serials[i] not in self.regions[owner[i]].keys:
                raise Unfit("odd")
        return owner.tolist()  # type: ignore[no-any-return]

    def _root(self, number: int, where: Where, place: int) -> Root:
        below = self.program.below(place)
        inputs = [(i, at) for i, at in enumerate(self.inputs) if below[at]]
        found = dict(self.where)
        return Root(
            number,
            where,
            [(self.values[at], i) for i, at in inputs if i < len(self.leaves)],
            [(found[at], i) for i, at in inputs if i >= len(self.leaves)],
            frozenset([one for at, one in self.where if below[at] and self.is_result[at]]),
            int((np.frombuffer(below, dtype=np.uint8) * self.is_result).sum()) or 1,
            sum(below),
        )


def held(regions: Sequence[Region]) -> dict[int, float]:
    """The numbers that the leaves held while the regions were run, by identity; Unfit if they moved."""
    found: dict[int, float] = {}
    for region in regions:
        if any(repr(found.get(name, number)) != repr(number) for name, number in region.leaves.items()):
            raise Unfit("moves")
        found |= region.leaves
    return found

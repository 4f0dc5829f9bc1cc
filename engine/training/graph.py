"""The graph of a recorded turn: its leaves, what its regions made of them, and what lies below where passes began."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.language.machine import serial
from engine.replay.wiring import gathered
from engine.training.expected import Where
from engine.training.program import Asked, Program, Said
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
        self.found = {id(value): (region.number, i) for region in regions for i, (value, *_) in enumerate(region.made)}
        self.values = gathered(*[value for region in regions for value, *_ in region.made])
        self.owner = self._owners()
        self._check()
        made = {id(value): number for region in regions for value, _, number in region.made}
        known: dict[int, float] = {}
        for region in regions:
            if any(known.get(name, number) != number for name, number in region.leaves.items()):
                raise Unfit("moves")
            known |= region.leaves
        places = list(enumerate(self.values))
        before = [i for i, value in places if value.op is None and self.owner[i] < 0]
        own = [i for i, value in places if value.op is None and self.owner[i] >= 0 and id(value) in made]
        place = {id(value): i for i, value in places}
        observed = [place[id(value)] for region in regions for value, *_ in region.made if value.op is not None]
        self.leaves = [self.values[i] for i in before]
        if any(id(leaf) not in known for leaf in self.leaves):
            raise Unfit("earlier")
        self.own = [made[id(self.values[i])] for i in own]
        self.inputs = [*before, *own]
        roots = [place[id(regions[number].made[i][0])] for number, i in passes]
        self.program = Program(
            self.values,
            Asked(self.inputs, observed, roots),
            Said([*[known[id(leaf)] for leaf in self.leaves], *self.own], [made[id(self.values[i])] for i in observed]),
            deterministic=deterministic,
        )
        self.roots = {where: self._root(i, where, roots[i]) for i, where in enumerate(passes)}

    def _owners(self) -> list[int]:
        """The region that each value was made in; -1 where it was none of them."""
        starts = np.array([region.start for region in self.regions])
        ends = np.array([region.start + region.cost.nodes for region in self.regions])
        serials = np.array([serial(value) for value in self.values])
        owner = np.searchsorted(starts, serials, side="right") - 1
        return np.where((owner >= 0) & (serials < ends[owner]), owner, -1).tolist()  # type: ignore[no-any-return]

    def _check(self) -> None:
        """All operations are the regions' own, and so are the keys of the leaves that they make."""
        for value, owner in zip(self.values, self.owner, strict=True):
            if owner < 0:
                if value.op is not None:
                    raise Unfit("earlier")
            elif value.op is None and serial(value) not in self.regions[owner].keys:
                raise Unfit("odd")

    def _root(self, number: int, where: Where, place: int) -> Root:
        below = self.program.below(place)
        inputs = [(i, self.values[at]) for i, at in enumerate(self.inputs) if below[at]]
        values = [value for value, is_below in zip(self.values, below, strict=True) if is_below]
        results = [value for value in values if value.op is not None]
        return Root(
            number,
            where,
            [(leaf, i) for i, leaf in inputs if i < len(self.leaves)],
            [(self.found[id(leaf)], i) for i, leaf in inputs if i >= len(self.leaves)],
            frozenset([self.found[id(value)] for value in results if id(value) in self.found]),
            len(results) or 1,
            len(values),
        )

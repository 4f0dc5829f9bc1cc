"""A recorded turn: its regions, and where its passes began; its graph and its program once it is to be replayed."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from engine.collector import uncollected
from engine.language.values import Thing
from engine.training.graph import Graph
from engine.training.reasons import Unfit
from engine.training.region import Region
from engine.value import Value


class Trace:
    """Such a turn. The Values of the recorded turn stand for those of all others."""

    def __init__(
        self, regions: Sequence[Region], passes: Iterable[Value], read: Sequence[Thing], *, deterministic: bool
    ) -> None:
        self.regions, self.deterministic = regions, deterministic
        self.read = read  # what must not be changed
        self.valid = True  # until something that was read is changed
        self.size = sum(region.cost.nodes for region in regions)
        place = {id(value): (region.number, i) for region in regions for i, (value, *_) in enumerate(region.made)}
        passes = list(passes)
        if any(id(value) not in place for value in passes):
            raise Unfit("root")
        if not passes:
            raise Unfit("passless")
        self.passes = list(dict.fromkeys(place[id(value)] for value in passes))

    @cached_property
    def graph(self) -> Graph:
        """The graph; Unfit where it cannot be computed again."""
        with uncollected():
            return Graph(self.regions, self.passes, deterministic=self.deterministic)

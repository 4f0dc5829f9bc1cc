"""One turn of a loop: what is recorded of it, or which recorded one it repeats."""

from collections.abc import Iterator

from engine.language.values import Thing
from engine.training.builder import Builder
from engine.training.look import Known
from engine.training.reasons import Unfit
from engine.training.region import Region
from engine.training.replayed import Replayed
from engine.training.site import Site
from engine.training.trace import Trace
from engine.value import Value


class Turn:
    """Such a turn."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.records = site.credit > 0  # whether it is recorded, if it repeats none
        self.replayed: Replayed | None = None
        self.builders: list[Builder] = []  # of the regions that were found so far
        self.known = Known()
        self.passes: list[Value] = []  # where passes began
        self.changed: list[Thing] = []  # what it has changed, in order
        self.around = False  # whether a loop inside it did a pass
        self.reason: str | None = None  # why a statement could not be skipped

    def has(self, builder: Builder) -> None:
        """A region that has begun, or has got one more statement."""
        if not self.builders or self.builders[-1] is not builder:
            self.builders.append(builder)
            self.known.regions = len(self.builders)
        builder.mark = len(self.changed)
        for place, (value, *_) in enumerate(builder.left.made):
            self.known.values[id(value)] = value
            self.known.places[id(value)] = builder.number, place

    def next(self) -> Region | None:
        """The region that comes next, if the turn goes on as the recorded one did."""
        now = self.replayed
        if now is None or len(now.made) == len(now.trace.regions):
            return None
        return now.trace.regions[len(now.made)]

    def repeats(self) -> bool:
        """Whether the turn has been a recorded one to its end."""
        return self.next() is None

    def trace(self, *, deterministic: bool) -> Trace:
        """The turn as it was recorded; Unfit where it cannot be replayed."""
        if not self.passes:
            raise Unfit("passless")
        if not any(builder.cost.nodes for builder in self.builders):
            raise Unfit("both")
        if any(self._changes(builder) for builder in self.builders):
            raise Unfit("varies")
        regions = [builder.region() for builder in self.builders]
        return Trace(regions, self.passes, list(self._read()), deterministic=deterministic)

    def _changes(self, builder: Builder) -> bool:
        """Whether something that a region reads is changed after it."""
        return any(id(thing) in builder.reach.things for thing in self.changed[builder.mark :])

    def _read(self) -> Iterator[Thing]:
        """All that was read, and must not be changed."""
        for builder in self.builders:
            yield from builder.reach.things.values()

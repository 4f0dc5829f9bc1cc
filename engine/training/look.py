"""What a statement does, as seen from outside, while it is run."""

from dataclasses import dataclass, field

from engine.language.machine import Machine
from engine.language.turns import Part, Place
from engine.language.values import Frame, Thing
from engine.training.expected import Where
from engine.value import Value


@dataclass(slots=True)
class Known:
    """The Values that the regions of a turn have made so far, and where, by identity."""

    regions: int = 0
    values: dict[int, Value] = field(default_factory=dict)
    places: dict[int, Where] = field(default_factory=dict)


class Before:
    """What there was before a statement was run: names, and what has been counted."""

    def __init__(self, machine: Machine, known: Known, part: Part, frame: Frame) -> None:
        self.frame = frame[:]
        self.outside = self.frame if part.at_module else machine.globals[:]
        self.steps, self.nodes = machine.meter.used, machine.meter.coming
        self.hits, self.named = machine.hits[:], dict(machine.named)
        self.scope = machine.scope
        self.labels = {name: value.label for name, value in known.values.items()}

    def lookup(self, place: Place) -> Thing:
        """What a name held."""
        if place.where == "global":
            return self.outside[place.slot]
        held = self.frame[place.slot]
        return held[0] if place.where == "cell" else held


class Look:
    """A look at a statement, from just before it is run until it has been.

    touched  what it has changed
    counted  the leaves whose numbers it has taken as whole ones, with these
    nodes    how many it has made
    pure     whether nothing else is to be noticed: no number taken out, nothing printed, assigned or drawn, no pass
    """

    def __init__(self, machine: Machine, known: Known, part: Part, frame: Frame) -> None:
        self.machine = machine
        self.before = Before(machine, known, part, frame)
        self.touched: list[Thing] = []
        self.counted: list[tuple[Value, float]] = []
        self.how: str | None = None
        self.nodes, self.pure = 0, False
        self._seen = self._counts()
        self._peeked, self._cleared = machine.peeked, machine.cleared
        machine.peeked, machine.cleared = None, False

    def _counts(self) -> tuple[int, int, int, int]:
        m = self.machine
        return len(m.assigned), len(m.printed), len(m.passes), m.drawn

    def end(self, around: "Look | None") -> None:
        """The statement has been run; what is around it has done the same."""
        m, counts = self.machine, self._counts()
        self.pure = counts == self._seen and m.peeked is None and not m.cleared
        assigned = max(counts[0] - self._seen[0], 0)  # each takes a number, too
        self.nodes = m.meter.coming - self.before.nodes - assigned
        m.peeked, m.cleared = self._peeked or m.peeked or self.how, self._cleared or m.cleared
        if around is not None:
            around.touched += self.touched
            around.counted += self.counted
            around.how = around.how or self.how

"""A loop that may train: the turns that were recorded of it, and how it has done so far."""

from collections.abc import Iterator, Mapping
from math import inf

from engine.language.turns import Body, Place, Step
from engine.language.values import Frame, Thing
from engine.training.expected import SCALARS
from engine.training.reasons import REASONS
from engine.training.replayed import Replayed
from engine.training.trace import Trace

ROOM = 150_000  # nodes of all turns that are recorded of one loop
IDLE = 3  # turns without a pass, or with nothing to skip, after which a loop is run as it stands
KEPT = 8  # replayed turns of which some Values are held that are looked after
LOOK = 8  # recorded turns that are compared in full, the newest first
FLIPS = 20  # turns that went another way than the recorded one, after which a loop is run as it stands
SHARE = 64  # of the steps of what is replayed, one in so many counts: it takes less than that share of the time
SMALL = 40  # nodes of a turn that is built faster than it is replayed
BUILD = 2_000  # nodes that are built in the time that a program for a small graph takes
CREDIT = 8  # turns that are recorded although none has been replayed yet
PAUSE = 16  # turns that are run as they stand where there is no credit left


class Site:
    """Such a loop."""

    def __init__(self, body: Body, small: int) -> None:
        self.body, self.small = body, small
        self.replayed = 0
        self.reason: str | None = None
        self.why: str | None = None  # why a turn could not be replayed
        self.size = self.idle = self.flips = 0
        self.recent: list[Replayed] = []  # replayed turns whose Values may still be held
        self.credit: float = (
            CREDIT if small else inf
        )  # how many turns may be recorded; each that is replayed gives one more
        self.rest = 0  # how many turns are run as they stand before the next is looked at
        self.anew = False  # whether the next turn is to be recorded in any case
        self._by_key: dict[tuple[Thing, ...], Trace] = {}
        self._newest: dict[int, list[Trace]] = {}  # by the identity of the first statement
        self._places: dict[int, list[tuple[Place, ...]]] = {}

    def facts(self, turns: int) -> Mapping[str, int | str | None]:
        """How the loop has been run, which has had so many turns."""
        reason = self.reason or ("varies" if turns > IDLE and not self.replayed else None)
        return {
            "line": self.body.line,
            "turns": turns,
            "replayed": self.replayed,
            "reason": REASONS[reason] if reason else None,
        }

    def fails(self, reason: str) -> None:
        """A turn that cannot be replayed; the first reason is the one to tell."""
        self.why = self.why or reason
        self.idle += 1
        if self.idle >= IDLE and not self.replayed:
            self.give_up(self.why)

    def has(self, turn: Replayed) -> None:
        """One more turn was replayed; those before it that nobody holds any more are let go of."""
        self.credit += 1
        self.idle = 0
        self.let_go()
        self.recent = [*self.recent[-KEPT:], turn]

    def let_go(self) -> None:
        """Let go of the replayed turns whose Values nobody holds any more."""
        self.recent = [one for one in self.recent if not one.let_go()]

    def give_up(self, reason: str) -> None:
        """From now on the loop is run as it stands."""
        self.reason = reason
        self.body.settled = True
        self._by_key.clear()
        self._newest.clear()
        self._places.clear()

    def keep(self, trace: Trace) -> None:
        """One more recorded turn; where there is no more room, none is replayed that has not been yet."""
        self.size += trace.size
        self.credit -= 1
        if trace.size < self.small:
            self.give_up("small")
            return
        if self.small and not self._newest:
            self.rest = BUILD // trace.size
        if self.size > ROOM:
            self.give_up("varies")
            return
        first = trace.regions[0]
        places = tuple([place for place, _ in first.expected])
        known = self._places.setdefault(id(first.first), [])
        if places not in known:
            known.append(places)
        self._by_key[(first.first, places, *[token(wanted.thing) for _, wanted in first.expected])] = trace
        newest = self._newest.setdefault(id(first.first), [])
        newest.insert(0, trace)

    def candidates(self, step: Step, outside: Frame, frame: Frame) -> Iterator[Trace]:
        """The recorded turns that may begin to repeat here: those that read the same things first, then the newest."""
        newest = self._newest.get(id(step))
        if not newest:
            return
        for places in self._places[id(step)]:
            things = [
                outside[slot] if where == "global" else frame[slot][0] if where == "cell" else frame[slot]
                for where, slot, _ in places
            ]
            found = self._by_key.get((step, places, *map(token, things)))
            if found is not None and found.valid:
                yield found
        for trace in newest[:LOOK]:
            if trace.valid:
                yield trace


def token(thing: Thing) -> tuple[Thing, Thing]:
    """What two things have in common if they are the same."""
    return (type(thing), thing) if type(thing) in SCALARS else (type(thing), id(thing))

"""The budgets of a run, charged before the work.

Steps are granted a slice at a time, so that running costs one subtraction and one comparison; between two slices the
clock, the nodes and the elements are looked at too. No step makes more than one node or element, so nothing can pass
its budget by more than a slice.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import length_hint
from time import process_time

from engine.language.faults import Fault
from engine.language.limits import Limits
from engine.language.pending import is_pending, made_by
from engine.language.values import CONTAINERS, Bound, Class, Frame, Function, Instance, Stream, Thing
from engine.nn import Module
from engine.optim import SGD, Adam
from engine.value import Value

SLICE = 5_000
LETTERS = 16  # of a text that is made, for one step
NUMBERS = 2**62  # of nodes: more than there will ever be
NUMBERS_AND_TEXTS = frozenset({float, int, bool, str, type(None)})
HOLDERS = (Instance, Class, Function, Bound, Stream, Module, SGD, Adam)


class Meter:
    """What a run has used, and what it may still use."""

    def __init__(self, limits: Limits, frames: Sequence[Frame]) -> None:
        self.limits = limits
        self.frames = frames  # those that are running
        self.left = [SLICE]  # of the granted steps: closures subtract from it
        self.granted = SLICE
        self.numbers = iter(range(NUMBERS))
        self.serial = self.numbers.__next__  # numbers the nodes
        self.made = 0  # nodes at the last look
        self.alive = (0, 0, 0, 0)  # nodes and elements alive at the last census; nodes and steps used by then
        self.deadline = process_time() + limits.cpu_seconds
        self.spared = 0  # steps that were given back
        self.tick: Callable[[], None] | None = None  # is told of each slice

    @property
    def used(self) -> int:
        """Steps used so far."""
        return self.granted - self.left[0]

    @property
    def coming(self) -> int:
        """The serial number that the next node gets."""
        return NUMBERS - length_hint(self.numbers)

    def skip(self, nodes: int, steps: int) -> None:
        """Charge for nodes that are as good as made, and leave out their numbers."""
        self.numbers.__setstate__(self.coming + nodes)  # type: ignore[attr-defined]  # of a range's own
        self.charge(steps)

    def spare(self, steps: int) -> None:
        """Work that was charged for and need not be done is given back: it no longer counts towards the budget."""
        self.spared += steps

    def forget(self, nodes: int, steps: int) -> None:
        """Nodes are gone again, and what so many steps made: there is no need to look for them."""
        alive, elements, made, used = self.alive
        self.alive = alive, elements, made + nodes, used + steps

    def charge(self, steps: int) -> None:
        """Take `steps` before the work they stand for."""
        self.left[0] -= steps
        if self.left[0] < 0:
            self.refill()

    def refill(self) -> None:
        """Grant the next slice, if no budget is exceeded."""
        used = self.used
        if used - self.spared > self.limits.steps:
            raise Fault("limit", "too many steps", limit="steps")
        if process_time() > self.deadline:
            raise Fault("limit", "too much time", limit="cpu_seconds")
        self.made = self.coming
        nodes, elements, made, steps = self.alive
        if nodes + self.made - made > self.limits.nodes or elements + used - steps > self.limits.elements:
            self.census(used)
        self.granted = used + SLICE
        self.left[0] = SLICE
        if self.tick is not None:
            self.tick()

    def expect(self, nodes: int) -> None:
        """Charge for `nodes` nodes that one call of the library is going to make."""
        self.charge(nodes)
        if nodes > self.limits.nodes:
            raise Fault("limit", "too many nodes", limit="nodes")

    def census(self, used: int) -> None:
        """Count what can still be reached from the running frames."""
        nodes, elements = reachable(thing for frame in self.frames for thing in frame)
        if nodes > self.limits.nodes:
            raise Fault("limit", "too many nodes", limit="nodes")
        if elements > self.limits.elements:
            raise Fault("limit", "too many elements", limit="elements")
        self.alive = (nodes, elements, self.made, used)

    def letters(self, length: int) -> None:
        """Check the length of a text that is going to be made, and charge for it."""
        self.charge(1 + self.sized(length) // LETTERS)

    def sized(self, length: int) -> int:
        """Check the length of a text or sequence that is going to be made; the length."""
        if length > self.limits.sequence:
            raise Fault("limit", "too long", limit="sequence")
        return length


def reachable(roots: Iterable[Thing]) -> tuple[int, int]:
    """How many Values, and how many elements of containers, can be reached from `roots`."""
    seen: set[int] = set()
    nodes = elements = 0
    pending: list[Thing] = list(roots)
    while pending:
        thing = pending.pop()
        if type(thing) in NUMBERS_AND_TEXTS or id(thing) in seen:
            continue
        if is_pending(thing):
            graph = made_by(thing)
            nodes += 0 if id(graph) in seen else graph.size
            seen.add(id(graph))
        elif isinstance(thing, Value):
            seen.add(id(thing))
            nodes += 1
            pending += (thing.a, thing.b)
        elif type(thing) in CONTAINERS or isinstance(thing, HOLDERS):
            seen.add(id(thing))
            inside = contents(thing)
            elements += len(inside)
            pending += inside
    return nodes, elements


def contents(thing: Thing) -> list[Thing]:
    """What a container, an object, a class, a function or a net holds."""
    match thing:
        case dict():
            return [*thing, *thing.values()]
        case Instance():
            return [thing.of, *thing.attributes.values()]
        case Class():
            return [thing.base, *thing.attributes.values()]
        case Function():
            return [*(cell[0] for cell in thing.closure), *thing.defaults.values()]
        case Bound():
            return [thing.function, thing.owner]
        case Module():
            held = vars(thing).values()
            return [one for part in held for one in (part if isinstance(part, list) else [part])]
        case SGD() | Adam():
            return list(thing.parameters)
        case Stream():
            return []
        case _:
            return list(thing)

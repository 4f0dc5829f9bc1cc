"""A turn that is replayed: the numbers of its leaves, and the Values that its names get."""

from collections.abc import Sequence
from sys import getrefcount

from engine.language.machine import Machine
from engine.language.pending import Pending, become, is_pending, maker
from engine.language.values import Thing
from engine.origin import Entered
from engine.training.expected import Where
from engine.training.graph import Root
from engine.training.materialise import Entry, materialise
from engine.training.region import Region
from engine.training.trace import Trace
from engine.value import Value

new = object.__new__
set_origin = Value.__dict__["origin"].__set__
set_grad = Value.__dict__["grad"].__set__
forget_grad = Value.__dict__["grad"].__delete__
HELD = 3  # references to a Value that only its turn holds, while it is counted


class Replayed:
    """Such a turn."""

    def __init__(self, machine: Machine, trace: Trace) -> None:
        self.machine, self.trace = machine, trace
        graph = trace.graph
        self.numbers = [leaf.data for leaf in graph.leaves]
        self.numbers += graph.own
        self.data = iter(graph.program.forward(self.numbers))
        self.entries: list[Entry] = []
        self.made: list[list[Value]] = []
        self.events: list[tuple[Root, bool]] = []  # the passes (True) and clearings, as they came
        self.scopes: dict[int, Entered | None] = {}
        self.real = False  # whether its graph has been made
        self.size = len(graph.values) - len(graph.leaves)
        self._mark = self._written()

    @property
    def leaves(self) -> Sequence[Value]:
        """The leaves of the graph that were there before it."""
        return self.trace.graph.leaves

    def _written(self) -> tuple[int, int, int]:
        m = self.machine
        return len(m.assigned), m.settled, len(m.passes)

    def goes_on(self) -> bool:
        """Whether the leaves hold what they held when the turn began, and nobody has looked at the graph."""
        if self.real:
            return False
        if self._written() == self._mark:
            return True
        pairs = zip(self.leaves, self.numbers, strict=False)
        return all(leaf.data is number or repr(leaf.data) == repr(number) for leaf, number in pairs)

    def enter(self, region: Region) -> None:
        """Make the Values that a region makes in this turn; it has been charged for."""
        m = self.machine
        named = {name: m.named.get(name, 0) for name, _ in region.cost.named}
        self.entries.append(Entry(m.meter.coming - region.cost.nodes, m.scope, named))
        self.scopes[id(region.scope)] = m.scope
        for name, times in region.cost.named:
            m.named[name] = m.named.get(name, 0) + times
        made, data = list[Value](), self.data
        for value, label, number in region.made:
            node = new(Value)
            node.data = number if value.op is None else next(data)
            node.grad = 0.0
            node.op, node.level, node.label = value.op, value.level, label
            node.next = self  # type: ignore[assignment]
            become(node, Pending)
            made.append(node)
        self.made.append(made)
        for root in self.trace.passes:
            if root[0] == region.number:
                set_origin(made[root[1]], self.origin(region.made[root[1]][0], region.number))
        for (number, place), label in region.relabels:
            self.made[number][place].label = label

    def origin(self, recorded: Value, number: int) -> Thing:
        """The place, the scope and the serial number of what stands for a recorded Value of a region in this turn."""
        site, scope, made = recorded.origin  # type: ignore[misc]
        return site, self._scope(scope), made - self.trace.regions[number].start + self.entries[number].start

    def _scope(self, scope: Entered | None) -> Entered | None:
        if id(scope) not in self.scopes:
            kind, name, line, parent = scope  # type: ignore[misc]  # what is around is known
            self.scopes[id(scope)] = (kind, name, line, self._scope(parent))
        return self.scopes[id(scope)]

    def root(self, value: Value) -> Root | None:
        """What is known of a pass from this Value."""
        for where, root in self.trace.graph.roots.items():
            number, place = where
            if number < len(self.made) and self.made[number][place] is value:
                return root
        return None

    def passed(self, root: Root) -> None:
        """A pass: the leaves get their gradients, all others only if somebody asks."""
        brought = self.trace.graph.program.gradients(self.numbers, root.number)
        for leaf, i in root.leaves:
            leaf.grad += brought[i]
        for (number, place), i in root.own:
            leaf = self.made[number][place]
            set_grad(leaf, leaf.grad + brought[i])
        self.events.append((root, True))
        made = self.made
        for number, place in root.below:
            value = made[number][place]
            set_grad(value, 0.0)
            forget_grad(value)
        if root.where in root.below:
            set_grad(self._at(root.where), 1.0)

    def cleared(self, root: Root) -> None:
        """All gradients below a root are cleared."""
        for leaf, _ in root.leaves:
            leaf.grad = 0.0
        for where in (*root.below, *[where for where, _ in root.own]):
            set_grad(self._at(where), 0.0)
        self.events.append((root, False))

    def _at(self, where: Where) -> Value:
        return self.made[where[0]][where[1]]

    def make(self) -> None:
        """Make the graph, and turn the pending Values into real ones."""
        if not self.real:
            self.real = True
            materialise(self)

    def let_go(self) -> bool:
        """If nobody else holds its Values: say that its graph is gone, and let go of them."""
        for made in self.made:
            for value in made:
                if getrefcount(value) > HELD:
                    return False
        entered = self.trace.regions[: len(self.made)]
        if not self.real:
            self.machine.meter.forget(
                sum(region.cost.nodes for region in entered),
                sum(region.cost.steps - region.elements for region in entered),
            )
        self.made = []
        return True


def replayed_root(value: Value) -> tuple[Replayed, Root] | None:
    """The turn that a pending Value belongs to, and what is known of passes from there; None if there is neither."""
    if not is_pending(value):
        return None
    turn: Replayed = maker(value)
    root = turn.root(value)
    return None if root is None else (turn, root)

"""A turn that is replayed: the numbers of its leaves, the Values that its names get, and, if asked for, its graph."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.language.machine import Machine
from engine.language.pending import Pending, become, maker
from engine.language.values import Thing
from engine.origin import Entered
from engine.training.region import Region
from engine.training.trace import Root, Trace
from engine.value import Value, sweep

new = object.__new__
forget_grad = Value.__dict__["grad"].__delete__
set_grad = Value.__dict__["grad"].__set__


class Entry(NamedTuple):
    """Where a region stands in the replayed turn: the serial of its first node, and the scope around it."""

    start: int
    scope: Entered | None


class Replayed:
    """Such a turn."""

    def __init__(self, machine: Machine, trace: Trace) -> None:
        self.machine, self.trace = machine, trace
        self.numbers = [leaf.data for leaf in trace.inputs[: len(trace.leaves)]]
        self.numbers += [machine.initial[leaf.origin[2]] for leaf in trace.own]  # type: ignore[index]
        self.data = iter(trace.program.forward(self.numbers))
        self.entries: list[Entry] = []
        self.made: list[list[Value]] = []
        self.events: list[tuple[Root, bool]] = []  # the passes (True) and clearings, as they came
        self.scopes: dict[int, Entered | None] = {}
        self.names: list[dict[str, int]] = []  # per region, how many inputs of a name there were before
        self.real = False
        self.size = trace.size
        self.mark = self._written()

    @property
    def leaves(self) -> Sequence[Value]:
        """The leaves of the graph that were there before it."""
        return self.trace.leaves

    def _written(self) -> tuple[int, int, int]:
        m = self.machine
        return len(m.assigned), m.settled, len(m.passes)

    def goes_on(self) -> bool:
        """Whether the leaves hold what they held when the turn began, and nobody has looked at the graph."""
        if self.real:
            return False
        if self._written() == self.mark:
            return True
        now = [leaf.data for leaf in self.trace.leaves]
        own = all(
            value.data == self.numbers[self.trace.inputs.index(recorded)]
            for region, made in zip(self.trace.regions, self.made, strict=False)
            for (recorded, *_), value in zip(region.made, made, strict=True)
            if recorded.op is None
        )
        return own and repr(now) == repr(self.numbers[: len(now)])

    def enter(self, region: Region) -> None:
        """Make the Values that a region makes in this turn; it has been charged for."""
        m = self.machine
        start = m.meter.coming - region.cost.nodes
        self.entries.append(Entry(start, m.scope))
        self.scopes[id(region.scope)] = m.scope
        self.names.append({name: m.named.get(name, 0) for name, _ in region.cost.named})
        for name, times in region.cost.named:
            m.named[name] = m.named.get(name, 0) + times
        first = sum(len(one.made) for one in self.trace.regions[: region.number])
        made = [
            self._pending(value, label, first + i) if value.op is not None else self._leaf(value, label, region)
            for i, (value, label, _) in enumerate(region.made)
        ]
        self.made.append(made)
        for (number, place), label in region.relabels:
            self.made[number][place].label = label

    def _pending(self, recorded: Value, label: str | None, observed: int) -> Value:
        node = new(Value)
        node.data = next(self.data)
        node.grad = 0.0
        node.op, node.level, node.label = recorded.op, recorded.level, label
        node.next = self  # type: ignore[assignment]
        if observed in self.trace.roots:
            node.origin = self._origin(recorded)
        become(node, Pending)
        return node

    def _leaf(self, recorded: Value, label: str | None, region: Region) -> Value:
        """An input that the turn makes itself."""
        m, number = self.machine, recorded.origin[2]  # type: ignore[index]
        node = Value(m.initial[number], label)
        node.origin = origin = self._origin(recorded)
        key = region.keys[number]
        times = self.names[region.number][key.name] + key.times
        m.keys[origin[2]] = key.name if times == 1 else f"{key.name}#{times}"
        m.initial[origin[2]] = node.data
        m.newest = node
        return node

    def _origin(self, recorded: Value) -> Thing:
        """The place, the scope and the serial number of what stands for a recorded Value in this turn."""
        site, scope, number = recorded.origin  # type: ignore[misc]
        region = self.trace.owner[id(recorded)]
        return site, self._scope(scope), number - self.trace.regions[region].start + self.entries[region].start

    def _scope(self, scope: Entered | None) -> Entered | None:
        if id(scope) not in self.scopes:
            kind, name, line, parent = scope  # type: ignore[misc]  # what is around is known
            self.scopes[id(scope)] = (kind, name, line, self._scope(parent))
        return self.scopes[id(scope)]

    def root(self, value: Value) -> Root | None:
        """What is known of a pass from this Value."""
        observed = 0
        for made in self.made:
            for i, one in enumerate(made):
                if one is value:
                    return self.trace.roots.get(observed + i)
            observed += len(made)
        return None

    def passed(self, root: Root) -> None:
        """A pass: the leaves get their gradients, all others only if somebody asks."""
        brought = self.trace.program.gradients(self.numbers, root.number)
        inputs = self._inputs()
        for i in root.inputs:
            leaf = inputs[i]
            if leaf is not None:
                leaf.grad += brought[i]
        self.events.append((root, True))
        self._grads(root, known=False)

    def cleared(self, root: Root) -> None:
        """All gradients below a root are cleared."""
        inputs = self._inputs()
        for i in root.inputs:
            leaf = inputs[i]
            if leaf is not None:
                leaf.grad = 0.0
        self.events.append((root, False))
        self._grads(root, known=True)

    def _inputs(self) -> list[Value | None]:
        """The leaves; of those that the turn makes itself only the ones that can be got at."""
        trace, own = self.trace, dict[int, Value]()
        for region, made in zip(trace.regions, self.made, strict=False):
            own.update((id(recorded), value) for (recorded, *_), value in zip(region.made, made, strict=True))
        return [*trace.leaves, *[own.get(id(leaf)) for leaf in trace.own]]

    def _grads(self, root: Root, *, known: bool) -> None:
        """The gradients of the pending Values below a root: 0, or not known any more."""
        observed = 0
        for made in self.made:
            for i, value in enumerate(made, observed):
                if i in root.below and type(value) is Pending:
                    if known:
                        set_grad(value, 0.0)
                    elif i == root.observed:
                        set_grad(value, 1.0)
                    else:
                        set_grad(value, 0.0)
                        forget_grad(value)
            observed += len(made)

    def make(self) -> None:
        """Make the graph, with the numbers of this turn, and do its passes again for the nodes that have no others."""
        if self.real:
            return
        self.real = True
        trace = self.trace
        stands: dict[int, Value] = {}
        for region, made in zip(trace.regions, self.made, strict=False):
            stands.update((id(recorded), value) for (recorded, *_), value in zip(region.made, made, strict=True))
        numbers = {id(leaf): number for leaf, number in zip(trace.inputs, self.numbers, strict=True)}
        for leaf in trace.own:
            if trace.owner[id(leaf)] < len(self.entries) and id(leaf) not in stands:
                stands[id(leaf)] = node = Value(numbers[id(leaf)], leaf.label)
                node.origin = self._origin(leaf)
        for recorded in trace.operations:
            if trace.owner[id(recorded)] < len(self.entries):
                self._real(recorded, stands, numbers)
        self._repeat(stands)

    def _real(self, recorded: Value, stands: dict[int, Value], numbers: dict[int, float]) -> None:
        """One node: a new one, or one that names hold already."""
        known = stands.get(id(recorded))
        node = stands[id(recorded)] = new(Value) if known is None else known
        become(node, Value)
        if known is None:
            node.label = recorded.label
        operands = [recorded.a, recorded.b]
        node.a, node.b = (stands.get(id(x), x) for x in operands)
        given = [numbers[id(x)] if isinstance(x, Value) else x for x in operands if x is not None]
        op = recorded.op
        assert op is not None  # noqa: S101 - it is an operation
        node.op, node.level = op, recorded.level
        if known is None:
            node.data = op.forward(*given)
        numbers[id(recorded)] = node.data
        slopes = [op.slopes[i](*given, node.data) for i in range(len(given))]
        node.da = slopes[0] if recorded.da is not None else None
        node.db = slopes[1] if recorded.db is not None else None
        node.grad, node.next = 0.0, None
        node.origin = self._origin(recorded)

    def _repeat(self, stands: dict[int, Value]) -> None:
        """Do the passes and clearings again; the leaves have had theirs."""
        kept = [(leaf, leaf.grad) for leaf in self._inputs() if leaf is not None]
        for root, is_pass in self.events:
            value = stands[id(self.trace.observed[root.observed])]
            if is_pass:
                sweep(value)
            else:
                for node in value.history():
                    node.grad = 0.0
        for leaf, grad in kept:
            leaf.grad = grad


def replayed(value: Value) -> Replayed:
    """The turn that a pending Value belongs to."""
    found: Replayed = maker(value)
    return found

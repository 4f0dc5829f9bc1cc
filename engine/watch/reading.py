"""From what was looked at to the frozen record: whose number is made of whose, and what a gradient was written from."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from engine.language.values import UNBOUND, Bound, Function, Instance, Thing
from engine.value import Value
from engine.watch.expression import Leaves, held, leaves, slopes
from engine.watch.inside import Part, parts
from engine.watch.links import linked
from engine.watch.notes import Call, Write
from engine.watch.onlooker import Onlooker
from engine.watch.places import Places
from engine.watch.roles import Roles
from engine.watch.theirs import Edge, Node
from engine.watch.work import Work

NONE = Counter[int]()
PART = 4  # steps that making an elementary operation stands for
THROUGH = 100  # other attributes that one number is followed through


class Reading:
    """What was looked at, with the roles of the attributes and the numbers of the nodes."""

    def __init__(self, seen: Onlooker, found: Roles, work: Work) -> None:
        self.seen, self.roles, self.work = seen, found, work
        self.number = [one for one in seen.writes if one.name == found.number]
        self.first = [one for one in self.number if one.old is UNBOUND]
        self.node_of = {id(one.holder): i for i, one in enumerate(self.first)}
        self.owners = {id(one.leaf): one for one in seen.writes if id(one.holder) in self.node_of}
        self._playing = {leaf for leaf, one in self.owners.items() if one.name in found}  # numbers and gradients
        self.back: list[tuple[str, int, int]] = []  # links from a node to itself or a newer one
        self.links: list[tuple[tuple[str, int], ...]] = [self._links(one.holder, i) for i, one in enumerate(self.first)]
        self.rules = dict(self._rules())
        self.operation = self._operation()
        self.places = Places(seen.methods)

    def _links(self, holder: Instance, node: int) -> tuple[tuple[str, int], ...]:
        """The older nodes that an object holds, and in which attributes."""
        older: list[tuple[str, int]] = []
        for name, one in linked(holder, self.work.take):
            i = self.node_of.get(id(one))
            if i is not None and i < node:
                older.append((name, i))
            elif i is not None:
                self.back.append((name, node, i))
        return tuple(older)

    def _rules(self) -> Iterator[tuple[int, int]]:
        """Of functions that nodes hold, by identity: the node."""
        for node, one in enumerate(self.first):
            for thing in one.holder.attributes.values():
                if thing.__class__ is Function:
                    yield id(thing), node
                elif thing.__class__ is Bound:
                    yield id(thing.function), node

    def _operation(self) -> str | None:
        """The attribute that says the operation: what methods give a text, and the program's own numbers have none."""
        found = Counter[str]()
        for holder, name in self.seen.texts:
            node = self.node_of.get(id(holder))
            if node is not None:
                found[name] += 1 if self.links[node] else -1
        name, times = max(found.items(), key=lambda pair: pair[1], default=("", 0))
        return name if times > 0 else None

    def spread(self, history: Sequence[Value]) -> Leaves:
        """The numbers and gradients that a number was computed of, through what other attributes hold."""
        first = slopes(history)
        if first.keys() <= self._playing:
            return first
        found: Leaves = {}
        pending = [first]
        for inner in pending:
            for leaf, slope in inner.values():
                owner = self.owners.get(id(leaf))
                if owner is None:
                    continue
                if id(leaf) in self._playing:
                    found[id(leaf)] = leaf, found.get(id(leaf), (leaf, 0.0))[1] + slope
                elif len(pending) < THROUGH:
                    self.work.take(len(inner))
                    within = slopes(self.work.history(owner.made))
                    pending.append({one: (thing, slope * more) for one, (thing, more) in within.items()})
        return found

    def node(self, thing: Thing) -> int | None:
        """The node that an object is."""
        return self.node_of.get(id(thing)) if thing.__class__ is Instance else None

    def edges(self, node: int, history: Sequence[Value], maker: Call | None) -> tuple[Edge, ...]:
        """The operands of a node, in the order of the call that made it, one as often as it stands there."""
        linked = self.links[node]
        if not linked and not history:
            return ()
        true: dict[int, float] = {}
        zero = set[int]()
        for leaf, slope in self.spread(history).values():
            operand = self.holder(leaf)
            if operand is not None and operand < node:
                true[operand] = true.get(operand, 0.0) + slope
                if leaf.data == 0.0:
                    zero.add(operand)
        kept = {operand for _, operand in linked}
        called = map(self.node, maker.operands) if maker else ()
        order = [i for i in called if i is not None and i < node and (i in true or i in kept)]
        there = set(order)
        order += [i for i in dict.fromkeys([*true, *(i for _, i in linked)]) if i not in there]
        times = Counter(order) if len(there) < len(order) else NONE
        bent = bends(history)
        return tuple(
            [
                Edge(i, true.get(i, 0.0) / (times[i] or 1), i in kept, bent and (i in zero or i not in true))
                for i in order
            ]
        )

    def operands(self, node: int) -> dict[int, float]:
        """The numbers that the operands of a node had when it was made, and its own."""
        found = {node: self.first[node].leaf.data}
        for leaf in leaves(self.work.history(self.first[node].made)):
            operand = self.holder(leaf)
            if operand is not None:
                found[operand] = leaf.data
        return found

    def holder(self, leaf: Value) -> int | None:
        """The node whose number a leaf is."""
        owner = self.owners.get(id(leaf))
        return self.node_of[id(owner.holder)] if owner is not None and owner.name == self.roles.number else None

    def inside(self, history: Sequence[Value]) -> tuple[Part, ...]:
        """The elementary operations that a number was computed by, where they are more than one."""
        if not history or history[-1].level < 2:
            return ()
        self.work.take(PART * len(history))
        return parts(history, self.holder)

    def maker(self, one: Write) -> Call | None:
        """The call that made an object: of its class, or around that the first that was handed a number."""
        found: Call | None = None
        for call in one.calls:
            first = call.first
            if first is not one.holder:
                if self.node(first) is not None:
                    return call
                found = found or call
        return found


def bends(history: Sequence[Value]) -> bool:
    """Whether what a number is computed by may have a kink: a branch was taken, or an operation has one."""
    if not history or history[-1].op is None:
        return True
    return any(node.op.kink is not None for node in history if node.op is not None)


def nodes(reading: Reading, names: Mapping[int, str]) -> tuple[Node, ...]:
    """The nodes."""
    return tuple([node(reading, i, names) for i in range(len(reading.first))])


def node(reading: Reading, i: int, names: Mapping[int, str]) -> Node:
    """One node."""
    reading.work.take()
    one = reading.first[i]
    history, maker = reading.work.history(one.made), reading.maker(one)
    edges = reading.edges(i, history, maker)
    made = maker.function.code if maker and edges else None
    texts = {name: thing for name, thing in one.holder.attributes.items() if thing.__class__ is str and thing}
    said = texts.pop(reading.operation, None) if reading.operation else None
    place = reading.places.of(one)
    return Node(
        label=next(iter(texts.values()), None) or names.get(id(one.holder)),
        op=(said or (made.name if made else None)) if edges else None,
        method=made.name if made else None,
        defined=made.line if made else None,
        line=place.line,
        data=one.leaf.data,
        grad=held(one.holder.attributes.get(reading.roles.gradient or "")),
        operands=edges,
        scope=place.scope,
        held=place.held,
        wrapped=place.wrapped,
        inside=reading.inside(history),
    )

"""From what was looked at to the frozen record: whose number is made of whose, and what a gradient was written from."""

from collections import Counter
from collections.abc import Iterator, Mapping
from time import process_time
from typing import NamedTuple

from engine.language.faults import Fault
from engine.language.values import UNBOUND, Bound, Instance, Thing
from engine.value import Value
from engine.watch.expression import Leaves, held, leaves, slopes
from engine.watch.inside import parts
from engine.watch.links import linked
from engine.watch.onlooker import Call, Onlooker, Write
from engine.watch.places import Places
from engine.watch.roles import Roles
from engine.watch.theirs import Edge, Node

SECONDS = 0.5  # of the processor, for what there is to say of one run
EVERY = 32  # looks at the clock cost more than what is done between
THROUGH = 100  # other attributes that one number is followed through


class Owner(NamedTuple):
    """Whose number a leaf is: the node, and what it is there."""

    node: int
    write: Write


class Reading:
    """What was looked at, with the roles of the attributes and the numbers of the nodes."""

    def __init__(self, seen: Onlooker, found: Roles) -> None:
        self.seen, self.roles = seen, found
        self.deadline, self.looks = process_time() + SECONDS, 0
        self.number = [one for one in seen.writes if one.name == found.number]
        self.first = [one for one in self.number if one.old is UNBOUND]
        self.node_of = {id(one.holder): i for i, one in enumerate(self.first)}
        self.owners = {
            id(one.leaf): Owner(self.node_of[id(one.holder)], one)
            for one in seen.writes
            if id(one.holder) in self.node_of
        }
        self.back: list[tuple[str, int, int]] = []  # links from a node to itself or a newer one
        self.links: list[tuple[tuple[str, int], ...]] = [self._links(one.holder, i) for i, one in enumerate(self.first)]
        self.rules = dict(self._rules())
        self.operation = self._operation()
        self.places = Places(seen.methods)

    def look(self) -> None:
        """Look now and then whether the time is up."""
        self.looks += 1
        if self.looks % EVERY == 0 and process_time() > self.deadline:
            raise Fault("limit", "too much time", limit="cpu_seconds")

    def _links(self, holder: Instance, node: int) -> tuple[tuple[str, int], ...]:
        """The older nodes that an object holds, and in which attributes."""
        self.look()
        found = [(name, i) for name, one in linked(holder) if (i := self.node_of.get(id(one))) is not None]
        self.back += [(name, node, one) for name, one in found if one >= node]
        return tuple((name, one) for name, one in found if one < node)

    def _rules(self) -> Iterator[tuple[int, int]]:
        """Of functions that nodes hold, by identity: the node."""
        for node, one in enumerate(self.first):
            for thing in one.holder.attributes.values():
                function = thing.function if isinstance(thing, Bound) else thing
                yield id(function), node

    def _operation(self) -> str | None:
        """The attribute that says the operation: what methods give a text, and the program's own numbers have none."""
        found = Counter[str]()
        for holder, name in self.seen.texts:
            node = self.node_of.get(id(holder))
            if node is not None:
                found[name] += 1 if self.links[node] else -1
        name, times = max(found.items(), key=lambda pair: pair[1], default=("", 0))
        return name if times > 0 else None

    def spread(self, made: float | Value) -> Leaves:
        """The numbers and gradients that a number was computed of, through what other attributes hold."""
        self.look()
        found: Leaves = {}
        pending = [slopes(made)]
        for inner in pending:
            for leaf, slope in inner.values():
                owner = self.owners.get(id(leaf))
                if owner is None:
                    continue
                if owner.write.name in self.roles:
                    found[id(leaf)] = leaf, found.get(id(leaf), (leaf, 0.0))[1] + slope
                elif len(pending) < THROUGH:
                    within = slopes(owner.write.made)
                    pending.append({one: (thing, slope * more) for one, (thing, more) in within.items()})
        return found

    def node(self, thing: Thing) -> int | None:
        """The node that an object is."""
        return self.node_of.get(id(thing)) if isinstance(thing, Instance) else None

    def edges(self, node: int) -> tuple[Edge, ...]:
        """The operands of a node, in the order of the call that made it, one as often as it stands there."""
        self.look()
        one = self.first[node]
        true: dict[int, float] = {}
        zero = set[int]()
        for leaf, slope in self.spread(one.made).values():
            owner = self.owners[id(leaf)]
            if owner.write.name == self.roles.number and owner.node < node:
                true[owner.node] = true.get(owner.node, 0.0) + slope
                if leaf.data == 0.0:
                    zero.add(owner.node)
        kept = {operand for _, operand in self.links[node]}
        maker = self.maker(one)
        called = [self.node(thing) for thing in maker.operands] if maker else []
        order = [i for i in called if i is not None and i < node and (i in true or i in kept)]
        order += [i for i in dict.fromkeys([*true, *(i for _, i in self.links[node])]) if i not in order]
        bent = bends(one.made)
        return tuple(
            Edge(i, true.get(i, 0.0) / order.count(i), i in kept, bent and (i in zero or i not in true)) for i in order
        )

    def operands(self, node: int) -> dict[int, float]:
        """The numbers that the operands of a node had when it was made, and its own."""
        self.look()
        found = {node: self.first[node].leaf.data}
        for leaf in leaves(self.first[node].made):
            owner = self.owners.get(id(leaf))
            if owner is not None and owner.write.name == self.roles.number:
                found[owner.node] = leaf.data
        return found

    def holder(self, leaf: Value) -> int | None:
        """The node whose number a leaf is."""
        owner = self.owners.get(id(leaf))
        return owner.node if owner is not None and owner.write.name == self.roles.number else None

    def maker(self, one: Write) -> Call | None:
        """The call that made an object: of its class, or around that the first that was handed a number."""
        outside = [call for call in one.calls if call.first is not one.holder]
        handed = (call for call in outside if self.node(call.first) is not None)
        return next(handed, outside[0] if outside else None)


def bends(made: float | Value) -> bool:
    """Whether what a number is computed by may have a kink: a branch was taken, or an operation has one."""
    if not isinstance(made, Value) or made.op is None:
        return True
    if made.level == 1:
        return made.op.kink is not None
    return any(node.op.kink is not None for node in made.history() if node.op is not None)


def nodes(reading: Reading, names: Mapping[int, str]) -> tuple[Node, ...]:
    """The nodes."""
    return tuple(node(reading, i, names) for i in range(len(reading.first)))


def node(reading: Reading, i: int, names: Mapping[int, str]) -> Node:
    """One node."""
    one, edges = reading.first[i], reading.edges(i)
    maker = reading.maker(one) if edges else None
    texts = {name: thing for name, thing in one.holder.attributes.items() if isinstance(thing, str) and thing}
    said = texts.pop(reading.operation, None) if reading.operation else None
    label = next(iter(texts.values()), None)
    method = maker.function.code.name if maker else None
    place = reading.places.of(one)
    return Node(
        label=label or names.get(id(one.holder)),
        op=(said or method) if edges else None,
        method=method,
        defined=maker.function.code.line if maker else None,
        line=place.line,
        data=one.leaf.data,
        grad=held(one.holder.attributes.get(reading.roles.gradient or "")),
        operands=edges,
        scope=place.scope,
        held=place.held,
        inside=parts(one.made, reading.holder),
    )

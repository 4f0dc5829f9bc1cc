"""Every gradient that was written, and what it was written from."""

import math
from collections.abc import Iterator, Mapping, Sequence

from engine.language.values import UNBOUND, Frame, Function
from engine.leaf import Input
from engine.value import Value
from engine.watch.expression import Leaves, at, held, leaves
from engine.watch.notes import Write, bare
from engine.watch.reading import Reading
from engine.watch.theirs import Deposit, Flow, Kind, Node, Walk

CLOSE = 1e-6
FEW = 6  # operands whose numbers may have been mixed up


def close(x: float, y: float) -> bool:
    """Whether two numbers are the same up to what arithmetic in another order makes of them."""
    return x == y or (math.isnan(x) and math.isnan(y)) or math.isclose(x, y, rel_tol=CLOSE, abs_tol=1e-9)


class Ledger:
    """Makes the deposits, in their order."""

    def __init__(self, reading: Reading, nodes: tuple[Node, ...]) -> None:
        self.reading, self.nodes = reading, nodes
        self.amounts: dict[int, tuple[int, float]] = {}  # by call: the node it wrote to, and how much
        self.visits: dict[int, int] = {}
        self.kept: list[object] = []  # scopes whose identity counts

    def walks(self) -> tuple[tuple[Walk, ...], tuple[tuple[int, int, float], ...]]:
        """The passes, and which nodes got which other number before which of them."""
        found: list[tuple[Frame | None, list[Deposit]]] = []
        moved: list[tuple[int, int, float]] = []
        for one in self.reading.seen.writes:
            node = self.reading.node_of.get(id(one.holder))
            if node is None or one.old is UNBOUND:
                continue
            if one.name == self.reading.roles.number:
                moved.append((node, len(found), one.leaf.data))
            elif one.name == self.reading.roles.gradient:
                if not found or found[-1][0] is not one.walk:
                    found.append((one.walk, []))
                found[-1][1].append(self.deposit(node, one))
        return tuple(Walk(self.root(walk), tuple(several)) for walk, several in found), tuple(moved)

    def root(self, walk: Frame | None) -> int | None:
        """The node that a pass was asked of."""
        if walk is None:
            return None
        one = walk[1]
        return self.reading.node(one[0] if one.__class__ is list and len(one) == 1 else one)

    def deposit(self, node: int, one: Write) -> Deposit:
        """What was written to a node."""
        before = held(one.old) or 0.0
        self.reading.work.take()
        history = self.reading.work.history(one.made)
        spread = self.reading.spread(history)
        kept = spread[id(one.old)][1] if id(one.old) in spread else 0.0
        flows = tuple(self.flows(node, one, history, spread)) if spread else ()
        handed = False
        if not flows:
            flows, handed = self.traced(node, one, one.leaf.data - kept * before, own=again(one, history, kept))
        kind: Kind = "deposit" if flows else "clear" if one.leaf.data == 0.0 and not kept else "seed"
        call = call_scope(one)
        scope = parent_scope(one) if handed else call
        self.kept.append(scope)
        self.amounts[id(call)] = node, one.leaf.data - kept * before
        return Deposit(
            kind=kind,
            node=node,
            before=before,
            after=one.leaf.data,
            kept=kept,
            line=one.site.line,
            span=one.site.span,
            function=one.calls[0].function.code.name if one.calls else None,
            flows=flows,
            handed=handed,
            visit=self.visits.setdefault(id(scope), len(self.visits)),
        )

    def flows(self, node: int, one: Write, history: Sequence[Value], spread: Leaves) -> Iterator[Flow]:
        """What comes from the gradients of other nodes."""
        owners, gradient = self.reading.owners, self.reading.roles.gradient
        above = [key for key in spread if key != id(one.old) and owners[key].name == gradient]
        for key in above:
            source, (leaf, local) = self.reading.node_of[id(owners[key].holder)], spread[key]
            true, instead = self.nodes[source].local(node), None
            if not close(local, true):
                still = {id(one.old): 0.0, **dict.fromkeys(above, 0.0)}
                instead = self.instead(source, history, still, (key, 1.0), true)
            yield Flow(source, leaf.data, local, instead)

    def traced(self, node: int, one: Write, amount: float, *, own: bool) -> tuple[tuple[Flow, ...], bool]:
        """The source of what comes from no gradient, or its `own`: by whose rule is running, or who handed it on."""
        calls = one.calls
        running = calls[0].function if calls else None
        for call in calls[:2]:
            held = self.reading.rules.get(id(call.function))
            if held is not None:
                return (Flow(held, None, amount),), False
        mine = self.reading.node(calls[0].operands[0]) if calls and calls[0].operands else None
        above = self.reading.node(calls[1].operands[0]) if len(calls) > 1 and calls[1].operands else None
        if mine == node and above is not None and same(running, calls[1].function) and one.scope is not None:
            handed = self.amounts.get(id(parent_scope(one)), (None, 0.0))
            if handed[0] == above:
                return (self.handed(node, above, one, amount, handed[1]),), True
        near = [i for thing in one.near if (i := self.reading.node(bare(thing))) is not None and i != node]
        if own and (mine == node or any(edge.node in near for edge in self.nodes[node].operands)):
            return (Flow(node, None, amount),), False
        users = [i for i in near if any(edge.node == node for edge in self.nodes[i].operands)]
        if users and not (amount == 0.0 and one.made.__class__ is not Value):
            return (Flow(users[-1], None, amount),), False
        return (), False

    def handed(self, node: int, above: int, one: Write, amount: float, upstream: float) -> Flow:
        """What was handed on in a call: of the gradient that the call around it was handed."""
        given = [thing for thing in one.calls[1].operands if isinstance(thing, Value)]
        history = self.reading.work.history(one.made)
        if given and not any(part is thing for part in history for thing in given):
            return Flow(above, None, amount)
        local = amount / upstream if upstream else 0.0
        true, fixed = self.nodes[above].local(node), {id(one.old): 0.0, **{id(thing): thing.data for thing in given}}
        wrong = history and upstream and not close(local, true)
        return Flow(above, upstream, local, self.instead(above, history, fixed, (0, upstream), true) if wrong else None)

    def instead(
        self, source: int, history: Sequence[Value], still: Mapping[int, float], above: tuple[int, float], true: float
    ) -> tuple[int, int] | None:
        """Which node's number stands where another's should, if that is all that is wrong with a factor."""
        key, size = above
        numbers = self.reading.operands(source)
        there = [*numbers][:FEW]
        used = {k: operand for k, operand in self.used(history).items() if k not in still}
        used[id(self.reading.first[source].made)] = source
        singles = [(i, j, {k: numbers[j] for k, n in used.items() if n == i}) for i in there for j in there if i != j]
        swaps = [
            (i, j, {k: numbers[j] if n == i else numbers[i] for k, n in used.items() if n in (i, j)})
            for i in there
            for j in there
            if i < j
        ]
        for i, j, other in (*singles, *swaps):
            self.reading.work.take(len(history))
            if other and close(at(history, {**still, **other, key: size}) / size, true):
                return i, j
        return None

    def used(self, history: Sequence[Value]) -> Mapping[int, int]:
        """By leaf the nodes whose numbers a gradient was computed with."""
        found = {id(one): self.reading.holder(one) for one in history if isinstance(one, Input)}
        return {key: node for key, node in found.items() if node is not None}


def call_scope(one: Write) -> object:
    """The call that a write happened in."""
    scope = one.scope
    while scope is not None and scope[0] != "call":
        scope = scope[3]
    return scope


def parent_scope(one: Write) -> object:
    """The call around it."""
    inner = call_scope(one)
    scope = inner[3] if isinstance(inner, tuple) else None
    while scope is not None and scope[0] != "call":
        scope = scope[3]
    return scope


def again(one: Write, history: Sequence[Value], kept: float) -> bool:
    """Whether a gradient was made of what was there before in another way than by adding to it."""
    return kept != 1.0 if kept != 0.0 else any(leaf is one.old for leaf in leaves(history))


def same(one: Function | None, other: Function) -> bool:
    """Whether two functions are made by the same definition."""
    return one is not None and one.code is other.code

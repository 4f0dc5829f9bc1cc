"""One pass held against the truth: what is wrong in it, visit by visit."""

from collections import Counter
from collections.abc import Iterator, Sequence

from engine.watch.deposits import close
from engine.watch.findings import Cause, Finding
from engine.watch.theirs import Deposit, Theirs, Walk
from engine.watch.truth import Slopes, gradients
from engine.watch.visits import Visit, visits


class Checked:
    """One pass, held against the truth."""

    def __init__(self, theirs: Theirs, of: Slopes, number: int, walk: Walk) -> None:
        self.theirs, self.of, self.number, self.walk = theirs, of, number, walk
        self.visits = visits(walk)
        root = walk.root
        if root is None or not theirs.nodes[root].operands:
            root = max((visit.source for visit in self.visits), default=0)
        self.root = root
        self.true = gradients(theirs, of, root)
        self.before: dict[int, float] = {}  # what gradients were before the pass
        self.fresh: dict[int, float] = {}  # what the pass has made of each, from where it was or was cleared
        self.written: dict[int, list[int]] = {}  # by node the steps that wrote to it
        self.by_source: dict[int, list[Visit]] = {}
        for visit in self.visits:
            self.by_source.setdefault(visit.source, []).append(visit)
        for step, deposit in enumerate(walk.deposits):
            self.written.setdefault(deposit.node, []).append(step)
            self.before.setdefault(deposit.node, deposit.before)
            start = self.fresh.get(deposit.node, 0.0) if deposit.kept else 0.0
            self.fresh[deposit.node] = start + deposit.amount

    def wrong(self) -> bool:
        """Whether a gradient that was written, or one of a leaf, is not the true one."""
        return any(map(self.differs, self.due()))

    def due(self) -> set[int]:
        """The nodes whose gradients count."""
        return set(self.fresh) | {i for i in self.true if not self.theirs.nodes[i].operands}

    def differs(self, node: int) -> bool:
        """Whether the gradient of a node is not the true one."""
        return not close(self.fresh.get(node, 0.0), self.true.get(node, 0.0))

    def findings(self) -> Iterator[Finding]:
        """The causes in this pass."""
        if not self.wrong():
            return
        found = [*self.seeds(), *self.replaced(), *self.unvisited()]
        for visit in self.visits:
            found += [*self.rule(visit), *self.turn(visit)]
        yield from found or [self.unexplained()]

    def unexplained(self) -> Finding:
        """The first gradient that is wrong."""
        node = next(i for i in sorted(self.due(), reverse=True) if self.differs(i))
        return Finding(
            "local_derivative",
            self.theirs.nodes[node].defined,
            self.number,
            node=node,
            theirs=self.fresh.get(node, 0.0),
            true=self.true.get(node, 0.0),
        )

    def finding(self, cause: Cause, deposit: Deposit, step: int, **facts: float | None) -> Finding:
        """A cause at a step."""
        return Finding(cause, deposit.line, self.number, step, node=deposit.node, **facts)  # type: ignore[arg-type]

    def seeds(self) -> Iterator[Finding]:
        """The root's gradient where the walk leaves it must be 1."""
        first = next((visit for visit in self.visits if visit.source == self.root), None)
        used = first.deposits[0][1].flows[0].upstream if first else None
        if first is not None and used is not None and not close(used, 1.0):
            seeds = [
                (step, one)
                for step, one in enumerate(self.walk.deposits)
                if one.kind == "seed" and one.node == self.root
            ]
            step, at = seeds[-1] if seeds else (first.step, first.deposits[0][1])
            line = at.line if seeds else None
            yield Finding("seed", line, self.number, step, node=self.root, theirs=used, true=1.0)

    def rule(self, visit: Visit) -> Iterator[Finding]:
        """What is wrong with what an operation gives its operands, whatever it was given itself."""
        source, node = visit.source, self.theirs.nodes[visit.source]
        operands = dict.fromkeys(edge.node for edge in node.operands)
        strays: list[tuple[int, Deposit]] = []
        given: dict[int, list[tuple[int, Deposit]]] = {operand: [] for operand in operands}
        for step, deposit in visit.deposits:
            if deposit.node in given:
                given[deposit.node].append((step, deposit))
            else:
                strays.append((step, deposit))
        for step, deposit in strays:
            yield self.finding("wrong_node", deposit, step, other=source)
        if strays:
            return
        for operand, several in given.items():
            due = self.of[source, operand]
            if not several:
                if not close(due, 0.0) and not self.elsewhere(visit, operand):
                    step, deposit = visit.deposits[-1]
                    yield Finding(
                        "local_derivative",
                        deposit.line,
                        self.number,
                        step,
                        node=operand,
                        other=source,
                        theirs=0.0,
                        true=due,
                    )
                continue
            yield from self.operand(visit, operand, several, short=not all(given.values()))

    def elsewhere(self, visit: Visit, operand: int) -> bool:
        """Whether what an operand should have got went to another node instead, or was counted with another operand."""
        due = self.of[visit.source, operand]
        locals_ = [flow.local for _, deposit in visit.deposits for flow in deposit.flows if deposit.node != operand]
        times = sum(
            edge.node in {one.node for _, one in visit.deposits} for edge in self.theirs.nodes[visit.source].operands
        )
        return len(visit.deposits) > times and any(close(local or 0.0, due) for local in locals_)

    def operand(
        self, visit: Visit, operand: int, several: Sequence[tuple[int, Deposit]], *, short: bool
    ) -> Iterator[Finding]:
        """What is wrong with what an operation gives one operand."""
        source, due = visit.source, self.of[visit.source, operand]
        mine = [(step, one, flow) for step, one in several for flow in one.flows if flow.source == source]
        total = sum(flow.local or 0.0 for _, _, flow in mine)
        if close(total, due) and all(flow.upstream is not None for _, _, flow in mine):
            return
        cut = [one for one in mine if one[2].upstream is None or self.own(one[1], operand)]
        step, deposit, _ = (cut or mine)[-1]
        edges = [edge for edge in self.theirs.nodes[source].operands if edge.node == operand]
        if cut:
            yield self.finding("upstream", deposit, step, other=source, theirs=deposit.amount, true=due)
        elif len(mine) > len(edges) and not short and close(total / due if due else total, len(mine) / len(edges)):
            yield Finding("visited_twice", deposit.line, self.number, step, mine[0][0], node=source)
        elif len(mine) > len(edges):
            yield self.finding("wrong_node", deposit, step, other=source)
        elif swapped := next((one for _, _, one in mine if one.instead), None):
            i, _ = swapped.instead or (0, 0)
            yield self.finding("operand", deposit, step, other=i, theirs=total, true=due)
        else:
            yield self.finding("local_derivative", deposit, step, other=source, theirs=total, true=due)

    def own(self, deposit: Deposit, operand: int) -> bool:
        """Whether a node's gradient is multiplied by something and given to the node itself."""
        return deposit.node == operand and deposit.kept not in (0.0, 1.0)

    def turn(self, visit: Visit) -> Iterator[Finding]:
        """Whether an operation hands on its whole gradient, once."""
        step, deposit = visit.deposits[0]
        if deposit.handed:
            return
        source, used = visit.source, deposit.flows[0].upstream
        first, *others = self.by_source[source]
        if first.step < step:
            yield Finding("visited_twice", deposit.line, self.number, step, first.step, node=source)
            return
        deposits, steps = self.walk.deposits, self.written.get(source, [])
        late = [at for at in steps if at > step and deposits[at].kind == "deposit" and at not in visit.steps]
        if late and not others:
            yield Finding(
                "order", deposit.line, self.number, step, late[0], source, theirs=used, true=self.true.get(source)
            )
        held = self.before.get(source, 0.0)
        begun = deposits[steps[0]] if steps and self.theirs.nodes[source].operands and source != self.root else None
        if used is not None and held and begun and begun.kind == "deposit" and begun.kept:
            yield Finding("stale", deposit.line, self.number, step, node=source, theirs=held, true=0.0)

    def replaced(self) -> Iterator[Finding]:
        """Gradients that were assigned where a deposit of the same pass was."""
        there: dict[int, float] = {}
        users = Counter(operand for _, operand in self.of)
        for step, one in enumerate(self.walk.deposits):
            if one.kind == "clear":
                there[one.node] = 0.0
            elif one.kind == "deposit":
                lost = not one.kept and one.flows[0].upstream is not None
                if lost and not close(there.get(one.node, 0.0), 0.0) and len(one.flows) < users[one.node]:
                    yield self.finding("overwritten", one, step, other=one.flows[0].source, theirs=one.before)
                there[one.node] = there.get(one.node, 0.0) + one.amount

    def unvisited(self) -> Iterator[Finding]:
        """Operations that have a gradient, and hand nothing on."""
        visited = self.by_source.keys()
        lines = {self.theirs.nodes[one].defined for one in visited}
        for node, true in self.true.items():
            if node in visited or not self.theirs.nodes[node].operands or close(true, 0.0):
                continue
            edges = [edge for edge in self.theirs.nodes[node].operands if self.of[node, edge.node]]
            if not edges or node not in self.fresh:
                continue
            line, end = self.theirs.nodes[node].defined, len(self.walk.deposits)
            if line in lines:
                yield Finding("order", line, self.number, end, node=node)
            else:
                operand = edges[0].node
                due = self.of[node, operand]
                yield Finding(
                    "local_derivative", line, self.number, end, node=operand, other=node, theirs=0.0, true=due
                )
        for user in visited:
            for edge in self.theirs.nodes[user].operands:
                if not edge.linked and self.theirs.links and edge.node not in visited:
                    yield Finding("order", self.theirs.nodes[user].defined, self.number, node=edge.node, other=user)

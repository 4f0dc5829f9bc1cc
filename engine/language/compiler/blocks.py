"""Statements that run together: charged and counted once, then run one after the other.

A statement's closure returns a signal where it leaves the block: BREAK, CONTINUE or RETURN, else nothing.
"""

import ast
from collections.abc import Iterator

from engine.language.compiler.context import Compiler
from engine.language.faults import TROUBLE, placed
from engine.language.values import Closure, Frame, Thing

BREAK, CONTINUE, RETURN = 1, 2, 3
LEAVES = (ast.Break, ast.Continue, ast.Return)
LEAVING = "leaves"  # no field of Python's is called so
SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign)
STAYS = (*SIMPLE, ast.FunctionDef, ast.ClassDef)
BLOCKS = ("body", "orelse")


class Segment:
    """Statements of which only the last may leave the block: one charge, one count.

    `value` is what the last one returns, where that is to be the result of running them.
    """

    def __init__(self, c: Compiler, statements: list[ast.stmt], value: ast.expr | None = None) -> None:
        self.machine = c.machine
        self.around = c, c.layout, c.scope
        self.statements, self.value = statements, value
        self.first = statements[0]
        self.counter = c.count(tuple(sorted({one.lineno for one in statements})))
        self.cost = sum([own_weight(c, one) for one in statements])
        self.closures = [c.compile(one) for one in ([*statements[:-1], value] if value else statements)]
        self.leaves = leaves(statements[-1])

    def refill(self) -> None:
        """Ask for more steps; a refusal is placed at the first statement."""
        try:
            self.machine.meter.refill()
        except TROUBLE as error:
            raise placed(error, self.first) from None

    def run(self, hits: list[int]) -> Closure:
        """The closure that charges, counts and runs the statements."""
        left, refill, counter, cost = self.machine.left, self.refill, self.counter, self.cost
        *firsts, last = self.closures

        def several(f: Frame) -> Thing:
            left[0] = rest = left[0] - cost
            if rest < 0:
                refill()
            hits[counter] += 1
            for statement in firsts:
                statement(f)
            return last(f)

        def one(f: Frame) -> Thing:
            left[0] = rest = left[0] - cost
            if rest < 0:
                refill()
            hits[counter] += 1
            return last(f)

        return several if firsts else one


def segments(c: Compiler, statements: list[ast.stmt]) -> list[Segment]:
    """The statements of a block, cut behind each one that may leave it."""
    return [Segment(c, part) for part in split(statements)]


def block(c: Compiler, statements: list[ast.stmt]) -> Closure:
    """Statements in order, charged and counted by segments."""
    return joined(c, segments(c, statements))


def joined(c: Compiler, found: list[Segment]) -> Closure:
    """Segments in order."""
    parts = [part.run(c.hits) for part in found]
    if len(parts) == 1:
        return parts[0]

    def run(f: Frame) -> int | None:
        for part in parts:
            signal: int | None = part(f)
            if signal:
                return signal
        return None

    return run


def split(statements: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Cut behind each statement that may leave the block."""
    part: list[ast.stmt] = []
    for statement in statements:
        part.append(statement)
        if leaves(statement):
            yield part
            part = []
    if part:
        yield part


def leaves(statement: ast.stmt) -> bool:
    """Whether a break, continue or return stands in a statement; kept with it, since it is asked at every level."""
    if isinstance(statement, STAYS):
        return False
    known: bool | None = statement.__dict__.get(LEAVING)
    if known is None:
        inside = (one for one in ast.iter_child_nodes(statement) if isinstance(one, ast.stmt))
        known = isinstance(statement, LEAVES) or any(map(leaves, inside))
        statement.__dict__[LEAVING] = known
    return known


def own_weight(c: Compiler, statement: ast.stmt) -> int:
    """The nodes of a statement without the blocks inside it, which are charged when they run."""
    if isinstance(statement, SIMPLE):
        return c.weight(statement)
    inside = [part for name in BLOCKS for part in getattr(statement, name, [])]
    return c.weight(statement) - sum(map(c.weight, inside))

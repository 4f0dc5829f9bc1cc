"""Statements that run together: charged and counted once, then run one after the other.

A statement's closure returns a signal where it leaves the block: BREAK, CONTINUE or RETURN, else nothing.
"""

import ast
from collections.abc import Iterator

from engine.language.compiler.context import Compiler, weight
from engine.language.faults import placed
from engine.language.values import Closure, Frame

BREAK, CONTINUE, RETURN = 1, 2, 3
LEAVES = (ast.Break, ast.Continue, ast.Return)
INNER = (ast.FunctionDef, ast.ClassDef, ast.Lambda)
BLOCKS = ("body", "orelse")


def block(c: Compiler, statements: list[ast.stmt]) -> Closure:
    """Statements in order. They are charged and counted in segments: up to each one that may leave the block."""
    segments = [segment(c, part) for part in split(statements)]
    if len(segments) == 1:
        return segments[0]

    def run(f: Frame) -> int | None:
        for part in segments:
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
    """Whether a break, continue or return stands in a statement."""
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        if isinstance(node, LEAVES):
            return True
        if isinstance(node, ast.stmt) and not isinstance(node, INNER):
            pending += (child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))
    return False


def segment(c: Compiler, statements: list[ast.stmt]) -> Closure:
    """Statements of which only the last may leave: one charge, one count."""
    m, left, hits = c.machine, c.machine.left, c.hits
    counter = c.count(tuple(sorted({one.lineno for one in statements})))
    cost = sum(own_weight(one) for one in statements)
    *firsts, last = [c.compile(one) for one in statements]
    first = statements[0]

    def begin() -> None:
        try:
            m.meter.refill()
        except Exception as error:
            raise placed(error, first) from None

    def run(f: Frame) -> int | None:
        left[0] -= cost
        if left[0] < 0:
            begin()
        hits[counter] += 1
        for statement in firsts:
            statement(f)
        signal: int | None = last(f)
        return signal

    return run


def own_weight(statement: ast.stmt) -> int:
    """The nodes of a statement without the blocks inside it, which are charged when they run."""
    inside = [part for name in BLOCKS for part in getattr(statement, name, [])]
    return weight(statement) - sum(map(weight, inside))

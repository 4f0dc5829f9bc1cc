"""Numbers taken out of Values are noted, but not where they are only printed.

From there a program may go another way at other inputs, so that what it built says nothing of them.
"""

import ast
from collections.abc import Callable

from engine.language.compiler.context import Compiler
from engine.language.compiler.variables import slot_of
from engine.language.faults import Fault
from engine.language.values import VALUES, Closure, Frame, Thing

SHOWING = frozenset({"str", "repr", "round", "len", "float", "int"})  # functions that only look
PLAIN = (
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.JoinedStr,
    ast.FormattedValue,
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
    ast.BoolOp,
    ast.IfExp,
    ast.Subscript,
    ast.Tuple,
    ast.List,
    ast.expr_context,
    ast.operator,
    ast.unaryop,
    ast.boolop,
    ast.cmpop,
    ast.keyword,
)


def number_of(c: Compiler, node: ast.Attribute, owner: Closure | None, any_other: Callable[[Thing], Thing]) -> Closure:
    """`.data` or `.grad`: of a Value it is a number taken out of it, and the first of them is noted."""
    m, slot, reads = c.machine, slot_of(c, node.value), f"reads `.{node.attr}`"

    def noted() -> None:
        try:
            m.peek(reads)
        except Fault as fault:
            raise fault.at(node) from None

    def data(f: Frame) -> Thing:
        thing = f[slot] if owner is None else owner(f)  # type: ignore[index]  # one of the two is there
        if thing.__class__ not in VALUES:
            return any_other(thing)
        if m.peeked is None:
            noted()
        return thing.data

    def grad(f: Frame) -> Thing:
        thing = f[slot] if owner is None else owner(f)  # type: ignore[index]
        if thing.__class__ not in VALUES:
            return any_other(thing)
        if m.peeked is None:
            noted()
        return thing.grad

    return data if node.attr == "data" else grad


def only_shows(c: Compiler, node: ast.Call) -> bool:
    """Whether a call prints what only looks at things: then numbers taken out of Values go nowhere else."""
    if not (isinstance(node.func, ast.Name) and node.func.id == "print" and c.meaning(node.func.id).of_library):
        return False
    return all(
        looks(c, part) if isinstance(part, ast.Call) else isinstance(part, PLAIN)
        for argument in (*node.args, *node.keywords)
        for part in ast.walk(argument)
    )


def looks(c: Compiler, node: ast.Call) -> bool:
    """Whether a call only looks at what it is given."""
    if isinstance(node.func, ast.Name):
        return node.func.id in SHOWING and c.meaning(node.func.id).of_library
    return isinstance(node.func, ast.Attribute) and node.func.attr == "item" and not node.args


def shown(c: Compiler, run: Closure) -> Closure:
    """The same, without taking note of the numbers that it looks at."""
    m = c.machine

    def quietly(f: Frame) -> Thing:
        quiet, m.quiet = m.quiet, True
        run(f)
        m.quiet = quiet

    return quietly

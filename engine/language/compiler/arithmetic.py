"""Operators between two operands: the hot path, so written out per shape of operand rather than called.

Where a Value takes part, a node is made and gets its place at once; two doubles are combined directly; everything else
goes through `operators.binary`.
"""

import ast
from collections.abc import Callable

from engine.language.compiler.context import Compiler, Handlers
from engine.language.compiler.variables import slot_of
from engine.language.faults import TROUBLE, placed
from engine.language.operators import BINARY, Operator, binary
from engine.language.values import VALUES, Closure, Frame, Thing
from engine.value import METHODS as NODES
from engine.value import Value


def operator(c: Compiler, node: ast.BinOp) -> Closure:
    """x op y, evaluated left to right."""
    operation = BINARY[type(node.op).__name__]
    combine = combiner(c, node, operation)
    left, right = c.compile(node.left), c.compile(node.right)
    if operation.op is None:
        return lambda f: combine(left(f), right(f))
    i, j = slot_of(c, node.left), slot_of(c, node.right)
    if i is not None and j is not None:
        return of_slots(c, node, operation, i, j)
    if isinstance(node.right, ast.Constant):
        return with_constant(c, node, operation, left, node.right.value)
    if (first := fixed(node.left)) is not None:
        return lambda f: combine(first, right(f))
    m, site, serial = c.machine, c.site(node), c.machine.serial
    method = NODES[operation.op][0]  # type: ignore[index]  # of two operands: a pair

    def run(f: Frame) -> Thing:
        x = left(f)
        y = right(f)
        if x.__class__ is Value and (made := method(x, y)) is not NotImplemented:
            made.origin = (site, m.scope, serial())
            return made
        return combine(x, y)

    return run


def fixed(node: ast.expr) -> float | None:
    """The number that an expression is, with its sign, if it is one."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case _:
            return None


def of_slots(c: Compiler, node: ast.BinOp, operation: Operator, i: int, j: int) -> Closure:
    """Two names of this frame."""
    m, site, serial, combine = c.machine, c.site(node), c.machine.serial, combiner(c, node, operation)
    method = NODES[operation.op or ""][0]  # type: ignore[index]

    def run(f: Frame) -> Thing:
        x = f[i]
        if x.__class__ is Value and (made := method(x, f[j])) is not NotImplemented:
            made.origin = (site, m.scope, serial())
            return made
        return combine(x, f[j])

    return run


def with_constant(c: Compiler, node: ast.BinOp, operation: Operator, left: Closure, y: Thing) -> Closure:
    """A constant on the right."""
    m, site, serial, combine = c.machine, c.site(node), c.machine.serial, combiner(c, node, operation)
    method = NODES[operation.op or ""][0]  # type: ignore[index]

    def run(f: Frame) -> Thing:
        x = left(f)
        if x.__class__ is Value and (made := method(x, y)) is not NotImplemented:
            made.origin = (site, m.scope, serial())
            return made
        return combine(x, y)

    return run


def combiner(c: Compiler, node: ast.BinOp | ast.AugAssign, operation: Operator) -> Callable[[Thing, Thing], Thing]:
    """What an operator does with any two things."""
    m, site, floats = c.machine, c.site(node), operation.floats

    def plain(x: Thing, y: Thing) -> Thing:
        try:
            return binary(m, operation, x, y)
        except TROUBLE as error:
            raise placed(error, node) from None

    if operation.op is None:
        return plain
    method, reflected = NODES[operation.op]  # type: ignore[misc]  # of two operands: a pair

    def combine(x: Thing, y: Thing) -> Thing:
        if floats is not None and x.__class__ is float and y.__class__ is float:
            return floats(x, y)
        if x.__class__ in VALUES:
            made = method(x, y)
        elif y.__class__ in VALUES:
            made = reflected(y, x)
        else:
            return plain(x, y)
        return plain(x, y) if made is NotImplemented else m.stamp(made, site)

    return combine


HANDLERS: Handlers = {ast.BinOp: operator}

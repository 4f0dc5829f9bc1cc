"""Operators between two operands: the hot path, so written out per shape of operand rather than called.

Where a Value takes part, a node is made and gets its place at once; two doubles are combined directly; everything else
goes through `operators.binary`. A whole number that no double holds overflows: `combine` then says where.
"""

import ast
import sys
from collections.abc import Callable

from engine.language.compiler.context import Compiler, Handlers
from engine.language.compiler.looking import combining
from engine.language.compiler.variables import slot_of, unassigned
from engine.language.faults import TROUBLE, placed
from engine.language.operators import BINARY, Operator
from engine.language.values import UNBOUND, VALUES, Closure, Frame, Thing
from engine.value import METHODS as NODES
from engine.value import Value

LARGEST = sys.float_info.max
Method = Callable[[Value, object], Value]


def operator(c: Compiler, node: ast.BinOp) -> Closure:
    """x op y, evaluated left to right."""
    operation = BINARY[type(node.op).__name__]
    if operation.op is None:
        combine, left, right = combiner(c, node, operation), c.compile(node.left), c.compile(node.right)
        return lambda f: combine(left(f), right(f))
    shape = Shape(c, node, operation, NODES[operation.op])  # type: ignore[arg-type]  # of two operands: a pair
    i, j = slot_of(c, node.left), slot_of(c, node.right)
    if i is not None and j is not None:
        return slot_slot(shape, i, j)
    if (y := fixed(node.right)) is not None:
        return any_constant(shape, c.compile(node.left), y)
    if (x := fixed(node.left)) is not None:
        return constant_any(shape, x, c.compile(node.right))
    if i is not None:
        return slot_any(shape, i, c.compile(node.right))
    left = c.compile(node.left)
    return any_any(shape, left, c.compile(node.right)) if j is None else any_slot(shape, left, j)


class Shape:
    """What the closure of an operator needs, whatever its operands are."""

    def __init__(self, c: Compiler, node: ast.BinOp, operation: Operator, methods: tuple[Method, Method]) -> None:
        self.machine, self.site, self.serial = c.machine, c.site(node), c.machine.serial
        self.combine, self.floats = combiner(c, node, operation), operation.floats
        self.method, self.reflected = methods


def fixed(node: ast.expr) -> float | None:
    """The number that an expression is, with its sign, if it is one that a double holds."""
    match node:
        case ast.Constant(value=int() | float() as number) if abs(number) <= LARGEST:
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)) if number <= LARGEST:
            return -number
        case _:
            return None


def slot_slot(shape: Shape, i: int, j: int) -> Closure:
    """Two names of this frame."""
    m, site, serial, combine, method = shape.machine, shape.site, shape.serial, shape.combine, shape.method

    def run(f: Frame) -> Thing:
        x = f[i]
        try:
            if x.__class__ is Value and (made := method(x, f[j])) is not NotImplemented:
                made.origin = (site, m.scope, serial())
                return made
        except OverflowError:
            return combine(x, f[j])
        return combine(x, f[j])

    return run


def slot_any(shape: Shape, i: int, right: Closure) -> Closure:
    """A name of this frame, and anything."""
    m, site, serial, combine, method = shape.machine, shape.site, shape.serial, shape.combine, shape.method

    def run(f: Frame) -> Thing:
        x = f[i]
        y = right(f)
        try:
            if x.__class__ is Value and (made := method(x, y)) is not NotImplemented:
                made.origin = (site, m.scope, serial())
                return made
        except OverflowError:
            return combine(x, y)
        return combine(x, y)

    return run


def any_slot(shape: Shape, left: Closure, j: int) -> Closure:
    """Anything, and a name of this frame."""
    m, site, serial, combine, method = shape.machine, shape.site, shape.serial, shape.combine, shape.method

    def run(f: Frame) -> Thing:
        x = left(f)
        try:
            if x.__class__ is Value and (made := method(x, f[j])) is not NotImplemented:
                made.origin = (site, m.scope, serial())
                return made
        except OverflowError:
            return combine(x, f[j])
        return combine(x, f[j])

    return run


def any_any(shape: Shape, left: Closure, right: Closure) -> Closure:
    """Two expressions."""
    m, site, serial, combine, method = shape.machine, shape.site, shape.serial, shape.combine, shape.method

    def run(f: Frame) -> Thing:
        x = left(f)
        y = right(f)
        try:
            if x.__class__ is Value and (made := method(x, y)) is not NotImplemented:
                made.origin = (site, m.scope, serial())
                return made
        except OverflowError:
            return combine(x, y)
        return combine(x, y)

    return run


def any_constant(shape: Shape, left: Closure, y: float) -> Closure:
    """An expression, and a number."""
    m, site, serial, combine, method = shape.machine, shape.site, shape.serial, shape.combine, shape.method

    def run(f: Frame) -> Thing:
        x = left(f)
        if x.__class__ is Value:
            made = method(x, y)
            made.origin = (site, m.scope, serial())
            return made
        return combine(x, y)

    return run


def constant_any(shape: Shape, x: float, right: Closure) -> Closure:
    """A number, and an expression."""
    m, site, serial, combine, reflected = shape.machine, shape.site, shape.serial, shape.combine, shape.reflected
    floats = shape.floats if x.__class__ is float else None

    def run(f: Frame) -> Thing:
        y = right(f)
        if floats is not None and y.__class__ is float:
            return floats(x, y)
        if y.__class__ is Value:
            made = reflected(y, x)
            made.origin = (site, m.scope, serial())
            return made
        return combine(x, y)

    return run


def combiner(c: Compiler, node: ast.BinOp | ast.AugAssign, operation: Operator) -> Callable[[Thing, Thing], Thing]:
    """What an operator does with any two things."""
    m, site, floats, binary = c.machine, c.site(node), operation.floats, combining(c, node)
    operands = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)

    def plain(x: Thing, y: Thing) -> Thing:
        try:
            return binary(m, operation, x, y)
        except TROUBLE as error:
            for thing, part in zip((x, y), operands, strict=True):
                if thing is UNBOUND and isinstance(part, ast.Name):
                    raise unassigned(part) from None
            raise placed(error, node) from None

    if operation.op is None:
        return plain
    method, reflected = NODES[operation.op]  # type: ignore[misc]  # of two operands: a pair

    def combine(x: Thing, y: Thing) -> Thing:
        if floats is not None and x.__class__ is float and y.__class__ is float:
            return floats(x, y)
        try:
            if x.__class__ in VALUES:
                made = method(x, y)
            elif y.__class__ in VALUES:
                made = reflected(y, x)
            else:
                made = NotImplemented
        except OverflowError as error:
            raise placed(error, node) from None
        return plain(x, y) if made is NotImplemented else m.stamp(made, site)

    return combine


HANDLERS: Handlers = {ast.BinOp: operator}

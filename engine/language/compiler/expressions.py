"""Expressions: constants, operators, comparisons, displays, elements, attributes, f-strings."""

import ast
from collections.abc import Callable

from engine.language.attributes import NUMBERS_OF_VALUES, bounds, element, read
from engine.language.compare import ORDERS, equal, order, truth
from engine.language.compiler.context import Compiler, Handlers, guarded
from engine.language.compiler.looking import owning
from engine.language.compiler.peeking import number_of
from engine.language.compiler.targets import store
from engine.language.faults import TROUBLE, Fault, placed
from engine.language.iterate import contains
from engine.language.operators import UNARY
from engine.language.operators import unary as plain_unary
from engine.language.values import VALUES, Closure, Frame, Instance, Thing
from engine.value import METHODS as NODES


def constant(_c: Compiler, node: ast.Constant) -> Closure:
    """A number, a text, True, False, None."""
    value = node.value
    return lambda f: value


def sign(c: Compiler, node: ast.UnaryOp) -> Closure:
    """-x, +x, not x."""
    m, site, operand = c.machine, c.site(node), c.compile(node.operand)
    if isinstance(node.op, ast.Not):
        return guarded(node, lambda f: not truth(m, operand(f)))
    symbol, name, plain = UNARY[type(node.op).__name__]
    make = NODES[name]
    if isinstance(node.operand, ast.Constant) and isinstance(node.operand.value, int | float):
        value = plain(node.operand.value)
        return lambda f: value

    def run(f: Frame) -> Thing:
        x = operand(f)
        if x.__class__ in VALUES:
            return m.stamp(make(x), site)  # type: ignore[operator]  # of one operand: not a pair
        try:
            return plain_unary(m, symbol, name, plain, x)
        except TROUBLE as error:
            raise placed(error, node) from None

    return run


def either(c: Compiler, node: ast.BoolOp) -> Closure:
    """`and`, `or`: the operand that decides."""
    m, parts, stops = c.machine, [c.compile(part) for part in node.values], isinstance(node.op, ast.Or)

    def run(f: Frame) -> Thing:
        result: Thing = None
        try:
            for part in parts:
                result = part(f)
                if truth(m, result) is stops:
                    break
        except TROUBLE as error:
            raise placed(error, node) from None
        return result

    return run


def condition(c: Compiler, node: ast.expr) -> Callable[[Frame], bool]:
    """Whether an expression is true."""
    m, test = c.machine, c.compile(node)

    def run(f: Frame) -> bool:
        found = test(f)
        if found is True or found is False:
            return found
        try:
            return truth(m, found)
        except TROUBLE as error:
            raise placed(error, node) from None

    return run


def conditional(c: Compiler, node: ast.IfExp) -> Closure:
    """`a if test else b`."""
    test, then, otherwise = condition(c, node.test), c.compile(node.body), c.compile(node.orelse)
    return lambda f: then(f) if test(f) else otherwise(f)


def comparison(c: Compiler, node: ast.Compare) -> Closure:
    """One comparison or a chain of them, which stops at the first that fails."""
    first, *others = [c.compile(part) for part in (node.left, *node.comparators)]
    tests = [relation(c, op) for op in node.ops]
    if len(tests) == 1:
        test, second = tests[0], others[0]

        def single(f: Frame) -> bool:
            x, y = first(f), second(f)
            try:
                return test(x, y)
            except TROUBLE as error:
                raise placed(error, node) from None

        return single

    def chain(f: Frame) -> bool:
        x = first(f)
        for test, operand in zip(tests, others, strict=True):
            y = operand(f)
            if not test(x, y):
                return False
            x = y
        return True

    return guarded(node, chain)


def relation(c: Compiler, op: ast.cmpop) -> Callable[[Thing, Thing], bool]:
    """The relation that an operator tests."""
    m, name = c.machine, type(op).__name__
    if name in ORDERS:
        compare = ORDERS[name][3]

        def ordering(x: Thing, y: Thing) -> bool:
            if x.__class__ is y.__class__ and (x.__class__ is int or x.__class__ is float):
                return compare(x, y)
            return order(m, name, x, y)

        return ordering
    return {
        "Eq": lambda x, y: equal(m, x, y),
        "NotEq": lambda x, y: not equal(m, x, y),
        "In": lambda x, y: contains(m, x, y),
        "NotIn": lambda x, y: not contains(m, x, y),
        "Is": lambda x, y: x is y,
        "IsNot": lambda x, y: x is not y,
    }[name]


def attribute(c: Compiler, node: ast.Attribute) -> Closure:
    """thing.name."""
    m, name, (owner, slot) = c.machine, node.attr, owning(c, node.value)

    def any_other(thing: Thing) -> Thing:
        try:
            return read(m, thing, name)
        except TROUBLE as error:
            raise placed(error, node) from None

    def of_thing(f: Frame) -> Thing:
        thing = owner(f)
        if thing.__class__ is Instance and name in thing.attributes:
            return thing.attributes[name]
        return any_other(thing)

    def of_name(f: Frame) -> Thing:
        thing = f[slot]  # type: ignore[index]  # chosen only where there is a slot
        if thing.__class__ is Instance and name in thing.attributes:
            return thing.attributes[name]
        return any_other(thing)

    if name in NUMBERS_OF_VALUES:
        return number_of(c, node, owner if slot is None else None, any_other)
    return of_thing if slot is None else of_name


def subscript(c: Compiler, node: ast.Subscript) -> Closure:
    """thing[position]."""
    m, owner, position = c.machine, c.compile(node.value), c.compile(node.slice)

    def run(f: Frame) -> Thing:
        thing, where = owner(f), position(f)
        try:
            if where.__class__ is int and thing.__class__ is list:
                return thing[where]
            return element(m, thing, where)
        except IndexError:
            raise placed(outside_of(m, thing, where), node) from None
        except TROUBLE as error:
            raise placed(error, node) from None

    return run


def outside_of(m: Thing, thing: Thing, where: int) -> Exception:
    """The fault of a position outside a list."""
    try:
        element(m, thing, where)
    except Fault as fault:
        return fault
    return IndexError()


def slicing(c: Compiler, node: ast.Slice) -> Closure:
    """start:stop:step."""
    m = c.machine
    start, stop, step = (c.compile(part) if part else nothing for part in (node.lower, node.upper, node.step))

    return guarded(node, lambda f: bounds(m, start(f), stop(f), step(f)))


def nothing(_f: Frame) -> None:
    """What is left out."""


def walrus(c: Compiler, node: ast.NamedExpr) -> Closure:
    """(name := value)."""
    value, assign = c.compile(node.value), store(c, node.target)

    def run(f: Frame) -> Thing:
        thing = value(f)
        assign(f, thing)
        return thing

    return run


HANDLERS: Handlers = {
    ast.Constant: constant,
    ast.UnaryOp: sign,
    ast.BoolOp: either,
    ast.IfExp: conditional,
    ast.Compare: comparison,
    ast.Attribute: attribute,
    ast.Subscript: subscript,
    ast.Slice: slicing,
    ast.NamedExpr: walrus,
}

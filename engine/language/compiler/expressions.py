"""Expressions: constants, operators, comparisons, displays, elements, attributes, f-strings."""

import ast
from collections.abc import Callable

from engine.language.attributes import bounds, element, read
from engine.language.compare import ORDERS, contains, equal, key, order, truth
from engine.language.compiler.context import Compiler
from engine.language.compiler.variables import slot_of, store
from engine.language.faults import Fault, placed
from engine.language.iterate import items
from engine.language.operators import UNARY
from engine.language.operators import unary as plain_unary
from engine.language.text import formatted
from engine.language.values import VALUES, Closure, Frame, Instance, OrderedSet, Thing
from engine.value import METHODS as NODES


def constant(_c: Compiler, node: ast.Constant) -> Closure:
    """A number, a text, True, False, None."""
    value = node.value
    return lambda f: value


def sign(c: Compiler, node: ast.UnaryOp) -> Closure:
    """-x, +x, not x."""
    m, site, operand = c.machine, c.site(node), c.compile(node.operand)
    if isinstance(node.op, ast.Not):
        return lambda f: not truth(m, operand(f))
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
        except Exception as error:
            raise placed(error, node) from None

    return run


def either(c: Compiler, node: ast.BoolOp) -> Closure:
    """`and`, `or`: the operand that decides."""
    m, parts, stops = c.machine, [c.compile(part) for part in node.values], isinstance(node.op, ast.Or)

    def run(f: Frame) -> Thing:
        result: Thing = None
        for part in parts:
            result = part(f)
            if truth(m, result) is stops:
                break
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
        except Exception as error:
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
            except Exception as error:
                raise placed(error, node) from None

        return single

    def chain(f: Frame) -> bool:
        x = first(f)
        for test, operand in zip(tests, others, strict=True):
            y = operand(f)
            try:
                if not test(x, y):
                    return False
            except Exception as error:
                raise placed(error, node) from None
            x = y
        return True

    return chain


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


def parts_of(c: Compiler, nodes: list[ast.expr]) -> Callable[[Frame], list[Thing]]:
    """The values of several expressions, stars spread out."""
    m, parts = c.machine, [c.compile(part.value if isinstance(part, ast.Starred) else part) for part in nodes]
    if not any(isinstance(part, ast.Starred) for part in nodes):
        if len(parts) == 1:
            only = parts[0]
            return lambda f: [only(f)]
        if len(parts) == 2:
            one, two = parts
            return lambda f: [one(f), two(f)]
        return lambda f: [part(f) for part in parts]
    spread = [isinstance(part, ast.Starred) for part in nodes]

    def run(f: Frame) -> list[Thing]:
        found: list[Thing] = []
        for node, part, many in zip(nodes, parts, spread, strict=True):
            thing = part(f)
            try:
                found += items(m, thing) if many else [thing]
                m.meter.sized(len(found))
            except Exception as error:
                raise placed(error, node) from None
        return found

    return run


def listing(c: Compiler, node: ast.List) -> Closure:
    """[a, b, *c]."""
    return parts_of(c, node.elts)


def tupling(c: Compiler, node: ast.Tuple) -> Closure:
    """(a, b, *c)."""
    parts = parts_of(c, node.elts)
    return lambda f: tuple(parts(f))


def setting(c: Compiler, node: ast.Set) -> Closure:
    """{a, b}."""
    m, parts = c.machine, parts_of(c, node.elts)

    def run(f: Frame) -> OrderedSet:
        found = parts(f)
        try:
            return OrderedSet({key(m, thing): None for thing in found})
        except Exception as error:
            raise placed(error, node) from None

    return run


def mapping(c: Compiler, node: ast.Dict) -> Closure:
    """{name: value}."""
    m, keys = c.machine, [part and c.compile(part) for part in node.keys]
    values = [c.compile(part) for part in node.values]

    def run(f: Frame) -> dict[Thing, Thing]:
        found: dict[Thing, Thing] = {}
        for name, value in zip(keys, values, strict=True):
            try:
                if name is None:
                    found.update(spread(value(f)))
                else:
                    found[key(m, name(f))] = value(f)
            except Exception as error:
                raise placed(error, node) from None
        return found

    def spread(thing: Thing) -> dict[Thing, Thing]:
        if not isinstance(thing, dict):
            raise Fault("type", "`**` in a dict needs a dict")
        m.meter.charge(len(thing))
        return thing

    return run


def attribute(c: Compiler, node: ast.Attribute) -> Closure:
    """thing.name."""
    m, owner, name, slot = c.machine, c.compile(node.value), node.attr, slot_of(c, node.value)

    def any_other(thing: Thing) -> Thing:
        try:
            return read(m, thing, name)
        except Exception as error:
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

    def data(f: Frame) -> Thing:
        thing = owner(f)
        return thing.data if thing.__class__ in VALUES else any_other(thing)

    def grad(f: Frame) -> Thing:
        thing = owner(f)
        return thing.grad if thing.__class__ in VALUES else any_other(thing)

    return {"data": data, "grad": grad}.get(name, of_thing if slot is None else of_name)


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
        except Exception as error:
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
    start, stop, step = (c.compile(part) if part else nothing for part in (node.lower, node.upper, node.step))

    def run(f: Frame) -> slice:
        try:
            return bounds(start(f), stop(f), step(f))
        except Exception as error:
            raise placed(error, node) from None

    return run


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


def joined(c: Compiler, node: ast.JoinedStr) -> Closure:
    """f"…"."""
    m, parts = c.machine, [c.compile(part) for part in node.values]

    def run(f: Frame) -> str:
        words = [part(f) for part in parts]
        try:
            m.meter.sized(sum(map(len, words)))
        except Exception as error:
            raise placed(error, node) from None
        return "".join(words)

    return run


def field_of_text(c: Compiler, node: ast.FormattedValue) -> Closure:
    """{value:spec} in an f-string."""
    m, value = c.machine, c.compile(node.value)
    spec = node.format_spec
    words = [part.value for part in spec.values if isinstance(part, ast.Constant)] if isinstance(spec, ast.JoinedStr) else []
    form = "".join(str(word) for word in words)

    def run(f: Frame) -> str:
        thing = value(f)
        try:
            return formatted(m, thing, form)
        except Exception as error:
            raise placed(error, node.value) from None

    return run


HANDLERS = {
    ast.Constant: constant,
    ast.UnaryOp: sign,
    ast.BoolOp: either,
    ast.IfExp: conditional,
    ast.Compare: comparison,
    ast.List: listing,
    ast.Tuple: tupling,
    ast.Set: setting,
    ast.Dict: mapping,
    ast.Attribute: attribute,
    ast.Subscript: subscript,
    ast.Slice: slicing,
    ast.NamedExpr: walrus,
    ast.JoinedStr: joined,
    ast.FormattedValue: field_of_text,
}

"""Displays and texts: lists, tuples, sets, dicts, f-strings."""

import ast
from collections.abc import Callable

from engine.language.compare import key
from engine.language.compiler.context import Compiler, Handlers, guarded
from engine.language.faults import TROUBLE, placed
from engine.language.iterate import items
from engine.language.text import formatted
from engine.language.values import Closure, Frame, OrderedSet, Thing


def parts_of(c: Compiler, nodes: list[ast.expr]) -> Callable[[Frame], list[Thing]]:
    """The values of several expressions, stars spread out."""
    m, parts = c.machine, [c.compile(part.value if isinstance(part, ast.Starred) else part) for part in nodes]
    if not any(isinstance(part, ast.Starred) for part in nodes):
        return lambda f: [part(f) for part in parts]
    spread = [isinstance(part, ast.Starred) for part in nodes]

    def run(f: Frame) -> list[Thing]:
        found: list[Thing] = []
        for node, part, many in zip(nodes, parts, spread, strict=True):
            thing = part(f)
            try:
                found += items(m, thing) if many else [thing]
                m.meter.sized(len(found))
            except TROUBLE as error:
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

    return guarded(node, lambda f: OrderedSet({key(m, thing): None for thing in parts(f)}))


def mapping(c: Compiler, node: ast.Dict) -> Closure:
    """{name: value}."""
    m, keys = c.machine, [c.compile(part) for part in node.keys if part]
    values = [c.compile(part) for part in node.values]

    return guarded(node, lambda f: {key(m, name(f)): value(f) for name, value in zip(keys, values, strict=True)})


def joined(c: Compiler, node: ast.JoinedStr) -> Closure:
    """f"…"."""
    m, parts = c.machine, [c.compile(part) for part in node.values]

    def run(f: Frame) -> str:
        words = [part(f) for part in parts]
        m.meter.letters(sum(map(len, words)))
        return "".join(words)

    return guarded(node, run)


def field_of_text(c: Compiler, node: ast.FormattedValue) -> Closure:
    """{value:spec} in an f-string."""
    m, value = c.machine, c.compile(node.value)
    spec = node.format_spec
    parts = spec.values if isinstance(spec, ast.JoinedStr) else []
    form = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
    return guarded(node.value, lambda f: formatted(m, value(f), form))


HANDLERS: Handlers = {
    ast.List: listing,
    ast.Tuple: tupling,
    ast.Set: setting,
    ast.Dict: mapping,
    ast.JoinedStr: joined,
    ast.FormattedValue: field_of_text,
}

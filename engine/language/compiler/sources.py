"""What a loop runs over: `zip` of two lists and `enumerate` of one without going through the library."""

import ast

from engine.language.calls import call
from engine.language.compiler.context import Compiler
from engine.language.faults import TROUBLE, placed
from engine.language.iterate import iterate
from engine.language.values import Closure, Frame, Thing

whole = frozenset({list, tuple}).__contains__  # of the class of a thing


def source(c: Compiler, node: ast.expr) -> Closure:
    """The closure that gives what `for` runs over."""
    match node:
        case ast.Call(func=ast.Name("zip"), args=[one, two], keywords=[]) if plain(c, node):
            return zipped(c, node, c.compile(one), c.compile(two))
        case ast.Call(func=ast.Name("enumerate"), args=[one], keywords=[]) if plain(c, node):
            return numbered(c, node, c.compile(one))
    m, value = c.machine, c.compile(node)

    def run(f: Frame) -> Thing:
        things = value(f)
        if whole(things.__class__):
            return things
        try:
            return iterate(m, things)
        except TROUBLE as error:
            raise placed(error, node) from None

    return run


def plain(c: Compiler, node: ast.Call) -> bool:
    """Whether the library is called, and each argument stands for itself."""
    spread = any(isinstance(one, ast.Starred) for one in node.args)
    return isinstance(node.func, ast.Name) and c.meaning(node.func.id).of_library and not spread


def zipped(c: Compiler, node: ast.Call, one: Closure, two: Closure) -> Closure:
    """zip(one, two)."""
    m, site, function = c.machine, c.site(node), c.meaning("zip").fallback

    def run(f: Frame) -> Thing:
        x, y = one(f), two(f)
        if (x.__class__ is list and y.__class__ is list) or (whole(x.__class__) and whole(y.__class__)):
            return zip(x, y)  # noqa: B905 - a word costs more than the rest of it
        m.site = site
        try:
            return call(m, function, (x, y), {})
        except TROUBLE as error:
            raise placed(error, node) from None

    return run


def numbered(c: Compiler, node: ast.Call, one: Closure) -> Closure:
    """enumerate(one)."""
    m, site, function = c.machine, c.site(node), c.meaning("enumerate").fallback

    def run(f: Frame) -> Thing:
        x = one(f)
        if whole(x.__class__):
            return enumerate(x)
        m.site = site
        try:
            return call(m, function, (x,), {})
        except TROUBLE as error:
            raise placed(error, node) from None

    return run

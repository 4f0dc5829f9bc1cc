"""The class that computes in a learner's file, and what of the file a program that uses it needs."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.watch.onlooker import OPERATORS

DEFINES = (ast.ClassDef, ast.FunctionDef)
WORD = re.compile(r"\w+")


def engine_of(tree: ast.Module) -> str | None:
    """The class that computes: one with a method for an operator, the one with most of them."""
    found = {
        node.name: sum(isinstance(part, ast.FunctionDef) and part.name in OPERATORS for part in node.body)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    return max(found, key=lambda name: found[name], default=None) if any(found.values()) else None


class Statement(NamedTuple):
    """A statement of the file: what it defines, if it is a definition, the names in it, and its lines."""

    name: str | None
    names: frozenset[str]
    lines: range


class Definitions:
    """The statements of a file, without what it does with the engine itself."""

    def __init__(self, source: str, tree: ast.Module, engine: str) -> None:
        self.lines = source.splitlines()
        self.statements = [*kept(tree, engine)]

    def before(self, program: str) -> str:
        """The text of those that a program needs, every line where it was."""
        needed = set(WORD.findall(program)).union(*(one.names for one in self.statements if one.name is None))
        reached = set[str]()
        while unread := [one for one in self.statements if one.name in needed - reached]:
            reached.update(one.name for one in unread if one.name)
            needed.update(*(one.names for one in unread))
        shown = {at for one in self.statements if one.name is None or one.name in reached for at in one.lines}
        return "\n".join(line if at in shown else "" for at, line in enumerate(self.lines, 1))


def kept(tree: ast.Module, engine: str) -> Iterator[Statement]:
    """The statements, but for those that use the engine, or what these have made with it."""
    of_engine = {engine}
    for node in tree.body:
        names = frozenset(part.id for part in ast.walk(node) if isinstance(part, ast.Name))
        defined = node.name if isinstance(node, DEFINES) else None
        if defined is not None:
            of_engine |= {defined} if names & of_engine else set()
        elif names & of_engine:
            of_engine |= names
            continue
        yield Statement(defined, names, range(node.lineno, (node.end_lineno or node.lineno) + 1))

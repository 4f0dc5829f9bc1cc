"""Walking Python's syntax tree: the nodes inside a node, and what a node counts.

Contexts (`Load`) and operators (`Add`) have no place of their own: they count with the node that holds them, and
nobody walks to them.
"""

import ast
from collections.abc import Sequence
from typing import Any, TypeVar

INSIDE = "nodes inside"  # no field of Python's can be called so
SILENT = frozenset({"ctx", "op", "ops"})
TEXTS = frozenset({"id", "attr", "arg", "name", "module", "asname", "kind", "type_comment"})
NOTHING: tuple[ast.AST, ...] = ()
KINDS = [kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)]
PARTS = {kind: tuple(name for name in kind._fields if name not in SILENT | TEXTS) for kind in KINDS}
PARTS[ast.Constant] = ()
WEIGHTS = {kind: 1 + len(SILENT.intersection(kind._fields)) for kind in KINDS}

Kind = TypeVar("Kind", bound=ast.AST)
Live = dict[type[ast.AST], list[Any]]  # the nodes of a tree that run, by their kind


def of(live: Live, kind: type[Kind]) -> list[Kind]:
    """The nodes of a kind."""
    return live.get(kind, [])


def imports(live: Live) -> list[ast.Import | ast.ImportFrom]:
    """The imports of both kinds."""
    return [*of(live, ast.Import), *of(live, ast.ImportFrom)]


def children(node: ast.AST) -> Sequence[ast.AST]:
    """The nodes inside a node, as Python lists them; kept with the node, which several walks come by."""
    parts = PARTS[type(node)]
    if not parts:
        return NOTHING
    known: list[ast.AST] | None = node.__dict__.get(INSIDE)
    if known is not None:
        return known
    node.__dict__[INSIDE] = found = []
    for name in parts:
        part = getattr(node, name, None)
        if type(part) is list:
            found += [one for one in part if isinstance(one, ast.AST)]
        elif isinstance(part, ast.AST):
            found.append(part)
    return found


def weight(node: ast.AST) -> int:
    """A node, its context and its operators."""
    return 1 + len(node.ops) if isinstance(node, ast.Compare) else WEIGHTS[type(node)]


def weights(tree: ast.AST) -> dict[ast.AST, int]:
    """How many nodes stand in each node, itself included."""
    nodes = [tree]
    for node in nodes:
        nodes += children(node)
    total: dict[ast.AST, int] = {}
    for node in reversed(nodes):
        found = weight(node)
        for one in children(node):
            found += total[one]
        total[node] = found
    return total

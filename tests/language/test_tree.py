"""The walk over a tree against Python's own."""

import ast

from engine.language.grammar.parse import parse
from engine.language.grammar.tree import SILENT, children, weight
from engine.language.limits import Limits
from tests.each import each
from tests.language.attacks import RUNNING, Attack

SILENT_NODES = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)


def everything(tree: ast.AST) -> list[ast.AST]:
    found, pending = [], [tree]
    while pending:
        node = pending.pop()
        found.append(node)
        pending += children(node)
    return found


@each("attack", RUNNING)
def test_the_walk_meets_every_node_that_has_a_place_and_counts_them_all(attack: Attack) -> None:
    _, tree = parse(attack.text, Limits())
    ours, pythons = everything(tree), list(ast.walk(tree))
    assert {id(node) for node in ours} == {id(node) for node in pythons if not isinstance(node, SILENT_NODES)}
    assert sum(map(weight, ours)) == len(pythons)


def test_the_silent_fields_hold_all_nodes_without_a_place() -> None:
    tree = ast.parse("x += -1 < 2 and not 3\nf(a[b].c, *[d])")
    holders = [(name, part) for node in ast.walk(tree) for name, part in ast.iter_fields(node)]
    silent = {
        name for name, part in holders if isinstance(part[0] if isinstance(part, list) and part else part, SILENT_NODES)
    }
    assert silent == SILENT

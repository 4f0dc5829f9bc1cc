"""The forms of the language: a closed list of the nodes a program's tree may have, and where each may stand.

What is not listed is refused. A refused node's inside is not looked at; everything else is collected as `live`, in
the order of the text, for who checks names. Type hints are ignored when a program runs: they may only look like
hints, and are not live.
"""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from engine.language.errors import Refusal
from engine.language.grammar.expressions import (
    check_call,
    check_comparison,
    check_display,
    check_field,
    check_literal,
    check_operation,
    check_subscript,
    is_super_init,
)
from engine.language.grammar.spelling import OPERATOR_METHODS, Surroundings, check_spelling, refuse
from engine.language.grammar.statements import (
    check_assignment,
    check_class,
    check_deletion,
    check_function,
    check_hinted,
    check_import,
    check_jump,
    check_parameters,
)
from engine.language.grammar.tree import children
from engine.language.limits import Limits

NOT_HERE = "{} not part of the playground's language"
WITHOUT_ASYNC = (NOT_HERE.format("`async` and `await` are"), "leave the word out")
IN_A_LIST = (NOT_HERE.format("`yield` is"), "collect the values in a list and return it")
ASK_BEFORE = (NOT_HERE.format("`try` is"), "ask beforehand with `if`")
WITHOUT_WITH = (NOT_HERE.format("`with` is"), "leave the line out and keep the lines of its block")

NEVER: dict[str, tuple[str, str]] = {
    "Try": ASK_BEFORE,
    "TryStar": ASK_BEFORE,
    "With": WITHOUT_WITH,
    "AsyncWith": WITHOUT_WITH,
    "AsyncFor": WITHOUT_ASYNC,
    "AsyncFunctionDef": WITHOUT_ASYNC,
    "Await": WITHOUT_ASYNC,
    "Yield": IN_A_LIST,
    "YieldFrom": IN_A_LIST,
    "Match": (NOT_HERE.format("`match` is"), "compare with `if` and `elif`"),
    "Raise": (NOT_HERE.format("`raise` is"), "write `assert condition, message`"),
}
"""By the name of the node (some exist only in a newer Python): what it is, and what to write instead."""

FREE = frozenset(
    {ast.Assign, ast.Expr, ast.Pass, ast.Assert, ast.If, ast.For, ast.While, ast.BoolOp, ast.IfExp, ast.Lambda}
    | {ast.NamedExpr, ast.JoinedStr, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.alias}
)
"""Nodes that may stand wherever Python's grammar has them."""


LEAVES = (ast.Name, ast.Constant, ast.arg)


@dataclass(slots=True)
class Forms:
    """What the walk over a tree found."""

    refusals: list[Refusal] = field(default_factory=list)
    live: dict[ast.AST, None] = field(default_factory=dict)


def check_forms(tree: ast.Module, limits: Limits) -> Forms:
    """Walk the whole tree, without recursion, and refuse what is not in the list."""
    forms = Forms()
    outside = Surroundings()
    stack: list[tuple[ast.AST, ast.AST, Surroundings]] = [(node, tree, outside) for node in reversed(tree.body)]
    while stack:
        node, parent, around = stack.pop()
        refusals = [] if type(node) in FREE else list(_check(node, parent, around, limits))
        if refusals:
            forms.refusals += refusals
        else:
            forms.live[node] = None
            stack += [(inner, node, where) for inner, where in reversed(_inside(node, around))]
    return forms


def _check(node: ast.AST, parent: ast.AST, around: Surroundings, limits: Limits) -> Iterable[Refusal]:
    match node:
        case ast.expr():
            return _check_expression(node, parent, around, limits)
        case ast.stmt():
            return _check_statement(node, around)
        case ast.arguments():
            return check_parameters(node)
        case ast.arg():
            return [*check_hinted(node.annotation), *check_spelling(node.arg, node, around)]
        case ast.keyword(arg=name):
            return check_spelling(name or "", node, around)
        case ast.comprehension():
            return [refuse(node.iter, *WITHOUT_ASYNC)] if node.is_async else []
        case _:
            return [_never(node, parent)]


def _check_expression(node: ast.expr, parent: ast.AST, around: Surroundings, limits: Limits) -> Iterable[Refusal]:
    match node:
        case ast.Name():
            return check_spelling(node.id, node, around)
        case ast.Constant():
            return check_literal(node, limits)
        case ast.BinOp() | ast.UnaryOp():
            return check_operation(node)
        case ast.Attribute():
            return check_spelling(node.attr, node, around)
        case ast.Call():
            return check_call(node)
        case ast.Compare():
            return check_comparison(node)
        case ast.Subscript() | ast.Slice():
            return check_subscript(node, parent)
        case ast.List() | ast.Tuple() | ast.Dict() | ast.Starred():
            return check_display(node, parent)
        case ast.FormattedValue():
            return check_field(node, limits)
        case _:
            return [_never(node, parent)]


def _check_statement(node: ast.stmt, around: Surroundings) -> Iterable[Refusal]:
    match node:
        case ast.FunctionDef():
            return check_function(node, around)
        case ast.ClassDef():
            return check_class(node, around)
        case ast.Return() | ast.Break() | ast.Continue():
            return check_jump(node, around)
        case ast.AugAssign():
            return check_operation(node)
        case ast.AnnAssign():
            return check_assignment(node)
        case ast.Delete():
            return check_deletion(node)
        case ast.Import() | ast.ImportFrom():
            return check_import(node, around)
        case ast.Global() | ast.Nonlocal():
            return [one for name in node.names for one in check_spelling(name, node, around)]
        case _:
            return [_never(node, node)]


def _never(node: ast.AST, parent: ast.AST) -> Refusal:
    message, hint = NEVER.get(type(node).__name__, ("this is not part of the playground's language", None))
    return refuse(node if isinstance(node, ast.stmt | ast.expr) else parent, message, hint)


def _inside(node: ast.AST, around: Surroundings) -> list[tuple[ast.AST, Surroundings]]:
    """The nodes inside one that run, with what surrounds them there."""
    if isinstance(node, LEAVES):
        return []
    inner = replace(around, class_body=False) if around.class_body else around
    within = children(node)
    match node:
        case ast.FunctionDef():
            body = replace(inner, function=True, loop=False, method=around.class_body)
            return [(node.args, inner), *((statement, body) for statement in node.body)]
        case ast.ClassDef():
            body = Surroundings(class_body=True, in_class=True)
            return [*((base, inner) for base in node.bases), *((statement, body) for statement in node.body)]
        case ast.For() | ast.While():
            body = replace(inner, loop=True)
            turns = set(node.body)
            return [(one, body if one in turns else inner) for one in within]
        case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            inner = replace(inner, method=False)
        case ast.Call() if around.method and is_super_init(node):
            within = [*node.args, *node.keywords]
        case ast.Assign() if around.class_body:
            within = [one for one in within if not _names_method(one)]
        case ast.AnnAssign(value=value):
            within = [node.target] if value is None else [node.target, value]
        case ast.FormattedValue():
            within = [node.value]
        case _:
            pass
    return [(one, inner) for one in within]


def _names_method(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in OPERATOR_METHODS

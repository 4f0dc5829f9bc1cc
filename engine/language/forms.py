"""The forms of the language: a closed list of the nodes a program's tree may have, and where each may stand.

What is not listed is refused. A refused node's inside is not looked at; everything else is collected as `live`, in
the order of the text, for who checks names. Type hints are ignored when a program runs: they may only look like
hints, and are not live.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from engine.language.errors import Refusal
from engine.language.expressions import (
    check_call,
    check_comparison,
    check_display,
    check_field,
    check_literal,
    check_operation,
    check_subscript,
    is_super_init,
)
from engine.language.limits import Limits
from engine.language.spelling import OPERATOR_METHODS, Surroundings, check_spelling, refuse
from engine.language.statements import (
    check_assignment,
    check_class,
    check_deletion,
    check_function,
    check_hinted,
    check_import,
    check_jump,
    check_parameters,
)

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

SILENT = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
"""Nodes without a place: whoever holds them checks them."""


@dataclass(slots=True)
class Forms:
    """What the walk over a tree found."""

    refusals: list[Refusal] = field(default_factory=list)
    live: dict[ast.AST, None] = field(default_factory=dict)


def check_forms(tree: ast.Module, limits: Limits) -> Forms:
    """Walk the whole tree, without recursion, and refuse what is not in the list."""
    forms = Forms()
    stack: list[tuple[ast.AST, Surroundings]] = [(statement, Surroundings(tree)) for statement in reversed(tree.body)]
    while stack:
        node, around = stack.pop()
        refusals = list(_check(node, around, limits))
        forms.refusals += refusals
        if not refusals:
            forms.live[node] = None
            stack.extend(reversed(list(_inside(node, around))))
    return forms


def _check(node: ast.AST, around: Surroundings, limits: Limits) -> Iterator[Refusal]:
    match node:
        case ast.expr():
            yield from _check_expression(node, around, limits)
        case ast.stmt():
            yield from _check_statement(node, around)
        case ast.arguments():
            yield from check_parameters(node)
        case ast.arg():
            yield from check_hinted(node.annotation)
            yield from check_spelling(node.arg, node, around)
        case ast.keyword(arg=None):
            yield refuse(node, "`**` cannot spread a dict into a call here", "write the arguments out: `name=value`")
        case ast.keyword(arg=str(name)):
            yield from check_spelling(name, node, around)
        case ast.comprehension(is_async=1):
            yield refuse(node.iter, *WITHOUT_ASYNC)
        case ast.comprehension() | ast.alias():
            pass
        case _:
            yield _never(node, around)


def _check_expression(node: ast.expr, around: Surroundings, limits: Limits) -> Iterator[Refusal]:
    match node:
        case ast.Constant():
            yield from check_literal(node, limits)
        case ast.FormattedValue():
            yield from check_field(node, limits)
        case ast.Name():
            yield from check_spelling(node.id, node, around)
        case ast.Attribute():
            yield from check_spelling(node.attr, node, around)
        case ast.BinOp() | ast.UnaryOp():
            yield from check_operation(node)
        case ast.Compare():
            yield from check_comparison(node)
        case ast.Call():
            yield from check_call(node)
        case ast.Subscript() | ast.Slice():
            yield from check_subscript(node, around.parent)
        case ast.List() | ast.Tuple() | ast.Dict() | ast.Starred():
            yield from check_display(node, around.parent)
        case ast.Set() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            pass
        case ast.BoolOp() | ast.IfExp() | ast.Lambda() | ast.NamedExpr() | ast.JoinedStr():
            pass
        case _:
            yield _never(node, around)


def _check_statement(node: ast.stmt, around: Surroundings) -> Iterator[Refusal]:
    match node:
        case ast.FunctionDef():
            yield from check_function(node, around)
        case ast.ClassDef():
            yield from check_class(node, around)
        case ast.Return() | ast.Break() | ast.Continue():
            yield from check_jump(node, around)
        case ast.AnnAssign():
            yield from check_assignment(node)
        case ast.Delete():
            yield from check_deletion(node)
        case ast.Import() | ast.ImportFrom():
            yield from check_import(node, around)
        case ast.Global() | ast.Nonlocal():
            yield from (one for name in node.names for one in check_spelling(name, node, around))
        case ast.AugAssign():
            yield from check_operation(node)
        case ast.Assign() | ast.Expr() | ast.Pass() | ast.Assert():
            pass
        case ast.If() | ast.For() | ast.While():
            pass
        case _:
            yield _never(node, around)


def _never(node: ast.AST, around: Surroundings) -> Refusal:
    message, hint = NEVER.get(type(node).__name__, ("this is not part of the playground's language", None))
    return refuse(node if isinstance(node, ast.stmt | ast.expr) else around.parent, message, hint)


def _inside(node: ast.AST, around: Surroundings) -> Iterator[tuple[ast.AST, Surroundings]]:
    """The nodes inside one that run, with what surrounds them there."""
    plain = replace(around, parent=node, class_body=False)
    within: Iterator[ast.AST] = ast.iter_child_nodes(node)
    match node:
        case ast.FunctionDef():
            yield node.args, plain
            plain = replace(plain, function=True, loop=False, method=around.class_body)
            within = iter(node.body)
        case ast.ClassDef():
            yield from ((base, plain) for base in node.bases)
            plain = Surroundings(node, class_body=True, in_class=True)
            within = iter(node.body)
        case ast.For() | ast.While():
            yield from ((head, plain) for head in ast.iter_child_nodes(node) if isinstance(head, ast.expr))
            yield from ((statement, replace(plain, loop=True)) for statement in node.body)
            within = iter(node.orelse)
        case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            plain = replace(plain, method=False)
        case ast.Call() if around.method and is_super_init(node):
            within = iter([*node.args, *node.keywords])
        case ast.Assign() if around.class_body:
            within = iter([one for one in [*node.targets, node.value] if not _names_method(one)])
        case ast.AnnAssign(value=value):
            within = iter([node.target] if value is None else [node.target, value])
        case ast.FormattedValue():
            within = iter([node.value])
        case ast.arg():
            return
        case _:
            pass
    yield from ((one, plain) for one in within if not isinstance(one, SILENT))


def _names_method(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in OPERATOR_METHODS

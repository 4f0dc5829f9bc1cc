"""The forms of the language: a closed list of the nodes a program's tree may have, and where each may stand.

What is not listed is refused. A refused node's inside is not looked at; everything else is collected as `live`, each
kind in the order of the text, for who checks names. Type hints are ignored when a program runs: they may only look like
hints, and are not live.
"""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from engine.language.errors import Refusal
from engine.language.grammar.expressions import (
    WITHOUT_ASYNC,
    check_call,
    check_comparison,
    check_display,
    check_field,
    check_generator,
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
from engine.language.grammar.tree import Live, children
from engine.language.limits import Limits

NOT_HERE = "{} not part of the playground's language"
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

FREE = (
    *(ast.Assign, ast.Expr, ast.Pass, ast.Assert, ast.If, ast.For, ast.While, ast.BoolOp, ast.IfExp, ast.Lambda),
    *(ast.NamedExpr, ast.JoinedStr, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.alias),
)
"""Nodes that may stand wherever Python's grammar has them."""

LEAVES = frozenset({ast.Name, ast.Constant, ast.arg})
SCOPES = frozenset({ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp})
OF_THEIR_OWN = SCOPES | {ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Call, ast.AnnAssign, ast.FormattedValue}
"""Nodes of which not all inside runs, or not in the same surroundings."""

Check: TypeAlias = Callable[[Any, ast.AST, Surroundings, Limits], Iterable[Refusal]]  # the table has the node's type

CHECKS: Mapping[type[ast.AST], Check] = {
    **dict.fromkeys(FREE, lambda _node, _parent, _around, _limits: ()),
    ast.Name: lambda node, _parent, around, _limits: check_spelling(node.id, node, around),
    ast.Attribute: lambda node, _parent, around, _limits: check_spelling(node.attr, node, around),
    ast.keyword: lambda node, _parent, around, _limits: check_spelling(node.arg or "", node, around),
    ast.arg: lambda node, _parent, around, _limits: [
        *check_hinted(node.annotation),
        *check_spelling(node.arg, node, around),
    ],
    **dict.fromkeys(
        (ast.Global, ast.Nonlocal),
        lambda node, _parent, around, _limits: [
            one for name in node.names for one in check_spelling(name, node, around)
        ],
    ),
    ast.Constant: lambda node, _parent, _around, limits: check_literal(node, limits),
    ast.FormattedValue: lambda node, _parent, _around, limits: check_field(node, limits),
    **dict.fromkeys(
        (ast.BinOp, ast.UnaryOp, ast.AugAssign), lambda node, _parent, _around, _limits: check_operation(node)
    ),
    ast.Call: lambda node, _parent, _around, _limits: check_call(node),
    ast.Compare: lambda node, _parent, _around, _limits: check_comparison(node),
    **dict.fromkeys((ast.Subscript, ast.Slice), lambda node, parent, _around, _limits: check_subscript(node, parent)),
    **dict.fromkeys(
        (ast.List, ast.Tuple, ast.Dict, ast.Starred),
        lambda node, parent, _around, _limits: check_display(node, parent),
    ),
    ast.arguments: lambda node, _parent, _around, _limits: check_parameters(node),
    ast.comprehension: lambda node, _parent, _around, _limits: check_generator(node),
    ast.FunctionDef: lambda node, _parent, around, _limits: check_function(node, around),
    ast.ClassDef: lambda node, _parent, around, _limits: check_class(node, around),
    **dict.fromkeys(
        (ast.Return, ast.Break, ast.Continue), lambda node, _parent, around, _limits: check_jump(node, around)
    ),
    ast.AnnAssign: lambda node, _parent, _around, _limits: check_assignment(node),
    ast.Delete: lambda node, _parent, _around, _limits: check_deletion(node),
    **dict.fromkeys((ast.Import, ast.ImportFrom), lambda node, _parent, around, _limits: check_import(node, around)),
}
"""The closed list: what a node of each kind must be, beyond what Python's grammar asks of it."""


@dataclass(slots=True)
class Forms:
    """What the walk over a tree found: mistakes, and the live nodes by their kind."""

    refusals: list[Refusal] = field(default_factory=list)
    live: Live = field(default_factory=lambda: defaultdict(list))


def check_forms(tree: ast.Module, limits: Limits) -> Forms:
    """Walk the whole tree, without recursion, and refuse what is not in the list."""
    forms = Forms()
    live, outside = forms.live, Surroundings()
    stack: list[tuple[ast.AST, ast.AST, Surroundings]] = [(node, tree, outside) for node in reversed(tree.body)]
    while stack:
        node, parent, around = stack.pop()
        kind = type(node)
        check = CHECKS.get(kind)
        refusals = [_never(node, parent)] if check is None else [*check(node, parent, around, limits)]
        if refusals:
            forms.refusals += refusals
        else:
            live[kind].append(node)
            if around.class_body or kind in OF_THEIR_OWN:
                stack += [(inner, node, where) for inner, where in reversed(_inside(node, around))]
            elif kind not in LEAVES:
                stack += [(inner, node, around) for inner in reversed(children(node))]
    return forms


def _never(node: ast.AST, parent: ast.AST) -> Refusal:
    message, hint = NEVER.get(type(node).__name__, ("this is not part of the playground's language", None))
    return refuse(node if isinstance(node, ast.stmt | ast.expr) else parent, message, hint)


def _inside(node: ast.AST, around: Surroundings) -> list[tuple[ast.AST, Surroundings]]:
    """The nodes inside one that run, with what surrounds them there."""
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

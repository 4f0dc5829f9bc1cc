"""What ended a program before its end, as a cause: found from the budget, and from the form that stands there."""

import ast
import math
from collections.abc import Iterator, Sequence

from engine.language.errors import Diagnostic
from engine.language.grammar.checked import Checked
from engine.language.limits import BUDGETS
from engine.language.operators import BINARY, UNARY
from engine.language.values import kind
from engine.watch.findings import Cause, Finding
from engine.watch.theirs import Theirs

DEEP = BUDGETS["call_depth"].name
PLAIN = (kind(0), kind(0.0))  # what an error calls a plain number
NUMBERS = frozenset({"value", "zero_division"})


def endings(checked: Checked, theirs: Theirs | None, ended: Sequence[Diagnostic]) -> Iterator[Finding]:
    """The causes why a program did not get to its end."""
    for one in ended:
        found = cause(checked, theirs, one)
        if found is not None:
            which, text = found
            walk, step = reached(theirs) if one.limit else (None, None)
            yield Finding(which, one.line, walk, step, text=text)


def again(theirs: Theirs | None) -> bool:
    """Whether the pass that a program ended in visited a node twice."""
    visits: dict[int, set[int]] = {}
    for one in theirs.walks[-1].deposits if theirs and theirs.walks else ():
        for flow in one.flows[:1]:
            visits.setdefault(flow.source, set()).add(one.visit)
    return any(len(calls) > 1 for calls in visits.values())


def reached(theirs: Theirs | None) -> tuple[int | None, int | None]:
    """The pass that a program ended in, and its last step."""
    walks = theirs.walks if theirs else ()
    return (len(walks) - 1, len(walks[-1].deposits) - 1) if walks else (None, None)


def cause(checked: Checked, theirs: Theirs | None, one: Diagnostic) -> tuple[Cause, str] | None:
    """The cause of one fault, and the name that it is about."""
    if one.limit == DEEP:
        return "recursion", one.limit
    if one.limit is not None:
        begun = theirs is not None and len(theirs.walks) > 0
        return ("visited_twice", one.limit) if (again(theirs) if begun else in_class(checked.tree, one.line)) else None
    within = in_class(checked.tree, one.line)
    if one.code in NUMBERS:
        return ("domain", one.message) if within else None
    expressions = [node for node in ast.walk(checked.tree) if isinstance(node, ast.expr)]
    nodes = [node for node in expressions if checked.source.span(node) == one.span]
    parts = [node.func if isinstance(node, ast.Call) else node for node in nodes]
    attribute = next((node.attr for node in parts if isinstance(node, ast.Attribute)), None)
    if one.code == "attribute" and attribute is not None:
        known = attribute in names(checked.tree, theirs)
        plain = within or one.message.startswith(PLAIN)
        return ("unwrapped", attribute) if known and plain else ("missing", attribute)
    if one.code == "type":
        return next((("missing", dunder(node)) for node in nodes if isinstance(node, ast.BinOp | ast.UnaryOp)), None)
    return None


def domains(theirs: Theirs) -> Iterator[Finding]:
    """Operations that make of finite numbers what is none."""
    for i, node in enumerate(theirs.nodes):
        whole = all(math.isfinite(theirs.nodes[edge.node].data) for edge in node.operands)
        if node.operands and whole and not math.isfinite(node.data):
            yield Finding("domain", node.line, node=i, theirs=node.data, text=node.op)


def in_class(tree: ast.AST, line: int | None) -> bool:
    """Whether a line stands in a class."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return line is not None and any(one.lineno <= line <= (one.end_lineno or 0) for one in classes)


def names(tree: ast.AST, theirs: Theirs | None) -> set[str]:
    """The attributes that the program's own numbers have."""
    methods = {
        part.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef)
    }
    return methods | ({theirs.number, theirs.gradient or "", *theirs.links} if theirs else set())


def dunder(node: ast.BinOp | ast.UnaryOp) -> str:
    """The method that an operator asks for: the reflected one where a number stands on the left."""
    if isinstance(node, ast.UnaryOp):
        return f"__{UNARY[type(node.op).__name__][1]}__"
    name = BINARY[type(node.op).__name__].name
    return f"__r{name}__" if isinstance(node.left, ast.Constant | ast.UnaryOp) else f"__{name}__"

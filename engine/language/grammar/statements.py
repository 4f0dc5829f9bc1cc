"""Conditions on statements beyond their form: what a class holds, where `return` may stand, what `del` may delete."""

import ast
from collections.abc import Iterator

from engine.language.errors import Refusal
from engine.language.grammar.spelling import INSTEAD, OPERATOR_METHODS, Surroundings, check_spelling, refuse

HINTS = (ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.Constant, ast.BinOp, ast.BitOr, ast.Load)


def check_function(node: ast.FunctionDef, around: Surroundings) -> Iterator[Refusal]:
    """A function or method: no decorators, a name that may be used."""
    yield from _check_decorators(node)
    yield from check_hinted(node.returns)
    if getattr(node, "type_params", None):
        yield refuse(node, "type parameters are not part of the playground's language", "leave the brackets out")
    if around.class_body and node.name.startswith("__") and node.name.endswith("__"):
        if node.name not in OPERATOR_METHODS:
            message = f"`{node.name}` is not among the methods that a class can define here"
            yield refuse(node, message, INSTEAD.get(node.name), "attribute")
    else:
        yield from check_spelling(node.name, node, around)


def check_class(node: ast.ClassDef, around: Surroundings) -> Iterator[Refusal]:
    """A class: at most one base, and in its body methods and assignments only."""
    yield from _check_decorators(node)
    yield from check_spelling(node.name, node, around)
    if around.class_body:
        yield refuse(node, "a class cannot stand in the body of another", "define it outside")
    if getattr(node, "type_params", None):
        yield refuse(node, "type parameters are not part of the playground's language", "leave the brackets out")
    if len(node.bases) > 1:
        yield refuse(node.bases[1], "a class can have one base at most", "keep the first")
    for base in node.bases:
        if not isinstance(base, ast.Name | ast.Attribute):
            yield refuse(base, "the base of a class is written as a name", "give the class a name first")
        elif isinstance(base, ast.Name) and base.id == "object":
            yield refuse(base, "`object` is not needed as a base", "leave the brackets out")
    for keyword in node.keywords:
        yield refuse(keyword, "a class takes no arguments here", "leave it out")
    for statement in node.body:
        if not _belongs_in_class(statement):
            message = "a class body holds only methods, a docstring and assignments to names"
            yield refuse(statement, message, "put it into a method, or outside the class")


def _belongs_in_class(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef() | ast.ClassDef() | ast.Pass():
            return True
        case ast.Expr(value=ast.Constant(value=str() | None)):
            return True
        case ast.Assign():
            return all(isinstance(target, ast.Name) for target in node.targets)
        case ast.AnnAssign():
            return isinstance(node.target, ast.Name)
        case _:
            # These are refused by name, with a better sentence.
            return isinstance(node, ast.AsyncFunctionDef | ast.Try | ast.With | ast.Match)


def _check_decorators(node: ast.FunctionDef | ast.ClassDef) -> Iterator[Refusal]:
    for decorator in node.decorator_list:
        message = "decorators are not part of the playground's language"
        yield refuse(decorator, message, "leave the line out, or call the function where you need it")


def check_parameters(node: ast.arguments) -> Iterator[Refusal]:
    """Parameters: the mark `/` is not available."""
    if node.posonlyargs:
        yield refuse(node.posonlyargs[-1], "the mark `/` among parameters is not available", "leave it out")


def check_hinted(hint: ast.expr | None) -> Iterator[Refusal]:
    """A type hint, which is never evaluated: it must look like one."""
    if hint is None:
        return
    for node in ast.walk(hint):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if not isinstance(node, HINTS) or name.startswith("_"):
            yield refuse(hint, "this is not a type hint", "write a name such as `float` or `list[float]`")
            return


def check_jump(node: ast.Return | ast.Break | ast.Continue, around: Surroundings) -> Iterator[Refusal]:
    """`return` in a function, `break` and `continue` in a loop."""
    word = type(node).__name__.lower()
    if isinstance(node, ast.Return) and not around.function:
        yield refuse(node, "`return` stands outside a function", "at the end of the program write the value alone")
    elif not isinstance(node, ast.Return) and not around.loop:
        yield refuse(node, f"`{word}` stands outside a loop", "put it inside `for` or `while`")


def check_assignment(node: ast.AnnAssign) -> Iterator[Refusal]:
    """An assignment with a type hint."""
    yield from check_hinted(node.annotation)
    if isinstance(node.target, ast.Name) and not node.simple:
        yield refuse(node, "a name with a type hint stands without brackets", f"write `{node.target.id}: …`")


def check_deletion(node: ast.Delete) -> Iterator[Refusal]:
    """`del` of names."""
    for target in node.targets:
        if not isinstance(target, ast.Name):
            hint = "write `xs.pop(i)`" if isinstance(target, ast.Subscript) else "write `del name`"
            yield refuse(target, "`del` can only delete a name", hint)


def check_import(node: ast.Import | ast.ImportFrom, around: Surroundings) -> Iterator[Refusal]:
    """An import: its form; which modules there are is a matter of names."""
    if isinstance(node, ast.ImportFrom) and node.level:
        yield refuse(node, "there are no modules beside the program", "leave the line out", "import")
    for alias in node.names:
        if alias.name == "*" and (around.function or around.in_class):
            yield refuse(node, "`import *` stands only outside functions and classes", "import each name", "import")
        yield from check_spelling(alias.asname or "", alias, around)

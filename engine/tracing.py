"""The slopes of a record as formulas: its own rules, followed with names in place of numbers.

A rule is written with operators and other records, so what it does to a number can be noted while it runs. Where it
asks which way to go, both ways are followed and become the two sides of a conditional. What is written this way is what
the engine computes, step by step: the texts of `Op.derivatives` say the same, in the words of a textbook.
"""

import ast
from collections.abc import Callable

from engine.op import Op, Slope

RESULT = "z"  # what a rule calls the result of its operation


def slopes(op: Op) -> tuple[str, ...]:
    """The slope for each operand in the playground's syntax, in terms of the operands and the result `z`."""
    names = (*op.params, RESULT)
    return tuple(ast.unparse(_followed(rule, names, ())) for rule in op.slopes)


class Fork(Exception):
    """A rule asks whether this holds, and nobody has decided yet."""

    def __init__(self, test: ast.expr) -> None:
        super().__init__()
        self.test = test


class Path:
    """The decisions for the first conditions that a rule asks for, in order."""

    def __init__(self, decisions: tuple[bool, ...]) -> None:
        self.left = list(decisions)

    def decide(self, test: ast.expr) -> bool:
        """The next decision; Fork where there is none."""
        if not self.left:
            raise Fork(test)
        return self.left.pop(0)


class Sketch:
    """What stands for a number: the expression that led to it. Operators and operations give longer ones."""

    def __init__(self, tree: ast.expr, path: Path) -> None:
        self.tree = tree
        self.path = path

    def __trace__(self, op: Op, operands: tuple[object, ...]) -> "Sketch":
        called = ast.Call(ast.Name(op.name), [_tree(operand) for operand in operands], [])
        return Sketch(called, self.path)

    def __bool__(self) -> bool:
        compared = isinstance(self.tree, ast.Compare)
        return self.path.decide(self.tree if compared else _compared(ast.NotEq(), self.tree, 0))

    def __neg__(self) -> "Sketch":
        return Sketch(ast.UnaryOp(ast.USub(), self.tree), self.path)

    __hash__ = None  # type: ignore[assignment]  # equal is a question to both sides


def _binary(kind: type[ast.operator], *, turned: bool = False) -> Callable[[Sketch, object], Sketch]:
    def method(self: Sketch, other: object) -> Sketch:
        left, right = (_tree(other), self.tree) if turned else (self.tree, _tree(other))
        return Sketch(ast.BinOp(left, kind(), right), self.path)

    return method


def _comparison(kind: type[ast.cmpop]) -> Callable[[Sketch, object], Sketch]:
    return lambda self, other: Sketch(_compared(kind(), self.tree, other), self.path)


for kind, name in {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "truediv", ast.Pow: "pow"}.items():
    setattr(Sketch, f"__{name}__", _binary(kind))
    setattr(Sketch, f"__r{name}__", _binary(kind, turned=True))
for order, name in {
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}.items():
    setattr(Sketch, f"__{name}__", _comparison(order))


def _followed(rule: Slope, names: tuple[str, ...], decisions: tuple[bool, ...]) -> ast.expr:
    """What a rule computes once its first conditions are decided."""
    path = Path(decisions)
    try:
        return _tree(rule(*(Sketch(ast.Name(name), path) for name in names)))
    except Fork as fork:
        either, other = (_followed(rule, names, (*decisions, way)) for way in (True, False))
        return _conditional(fork.test, either, other)


def _conditional(test: ast.expr, either: ast.expr, other: ast.expr) -> ast.expr:
    """One or the other; two conditions in a row that lead to the same `other` are one."""
    if isinstance(either, ast.IfExp) and ast.dump(either.orelse) == ast.dump(other):
        return ast.IfExp(ast.BoolOp(ast.And(), [test, either.test]), either.body, other)
    return ast.IfExp(test, either, other)


def _compared(kind: ast.cmpop, left: ast.expr, right: object) -> ast.expr:
    return ast.Compare(left, [kind], [_tree(right)])


def _tree(thing: object) -> ast.expr:
    """The expression of a sketch, or of a number."""
    return thing.tree if isinstance(thing, Sketch) else ast.parse(repr(thing).removesuffix(".0"), mode="eval").body

"""An operation and its slopes in another language, as texts with places for operands.

`{0}` and `{1}` are the operands, `{2}` is the result and `{3}` the gradient that comes from above. A number among the
operands is written in; what it decides is decided here, so that the slope of `x ** 2` is `2 * x`.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from engine import tracing
from engine.op import LANGUAGES, Op
from engine.ops.arithmetic import quotient
from engine.spelling import spell, spelled

Fixed = tuple[float | None, ...]  # the numbers among the operands, None for an operand that is none

PLACES = ("operand0__", "operand1__", "result__", "upstream__")
FOLDED: Mapping[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: quotient,
}
RELATIONS: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


@lru_cache(maxsize=4096)
def forward(op: Op, target: str, fixed: Fixed) -> str:
    """The operation in one of TARGETS."""
    operands = (place if one is None else literal(one, target) for place, one in zip(PLACES, fixed, strict=False))
    return with_places(spell(op, target, *operands))


@lru_cache(maxsize=4096)
def deposit(op: Op, operand: int, target: str, fixed: Fixed) -> str:
    """What the operation hands back to an operand in one of TARGETS: the gradient from above times the slope."""
    tree = slope(op, operand, target, fixed)
    number = valued(tree)
    if number in (1.0, -1.0):
        return "{3}" if number == 1.0 else "-{3}"
    return with_places(ast.unparse(ast.BinOp(ast.Name(PLACES[-1]), ast.Mult(), tree)))


@lru_cache(maxsize=4096)
def slope_text(op: Op, operand: int, target: str, fixed: Fixed) -> str:
    """The slope for an operand in one of TARGETS."""
    return with_places(ast.unparse(slope(op, operand, target, fixed)))


def slope(op: Op, operand: int, target: str, fixed: Fixed) -> ast.expr:
    """The slope for an operand in one of LANGUAGES, with PLACES for names."""
    return _placed(op, _slopes(op)[operand], target, fixed)


def result(op: Op, target: str) -> ast.expr:
    """The result in one of LANGUAGES, with PLACES for names."""
    return _placed(op, op.formula, target, (None,) * len(op.params))


def _placed(op: Op, text: str, target: str, fixed: Fixed) -> ast.expr:
    names: dict[str, ast.expr] = {
        param: ast.Name(place) if number is None else _number(number)
        for param, place, number in zip(op.params, PLACES, fixed, strict=False)
    }
    names[tracing.RESULT] = ast.Name(PLACES[2])
    folded = ast.unparse(_Folded(names).visit(ast.parse(text, mode="eval").body))
    tree: ast.expr = _Words(target).visit(spelled(folded, target))
    return tree


def with_places(text: str) -> str:
    """A text with PLACES as a template."""
    text = text.replace("{", "{{").replace("}", "}}")
    for place, name in enumerate(PLACES):
        text = text.replace(name, f"{{{place}}}")
    return text


def literal(number: float, target: str) -> str:
    """A number in one of TARGETS."""
    if math.isfinite(number):
        return repr(number).removesuffix(".0")
    sign = "-" if number < 0 else ""
    return f"{sign}{LANGUAGES[target]}.{'nan' if math.isnan(number) else 'inf'}"


def valued(tree: ast.expr) -> float | bool | None:
    """The number that a tree is; None where it is more than that."""
    match tree:
        case ast.Constant(value=bool() | int() | float() as found):
            return found
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as found)):
            return -found
        case _:
            return None


@cache
def _slopes(op: Op) -> tuple[str, ...]:
    return tracing.slopes(op)


def _number(number: float) -> ast.expr:
    """A number as a formula; one that is not finite as its name, which `_Words` finds again."""
    if not math.isfinite(number):
        return ast.UnaryOp(ast.USub(), ast.Name("inf")) if number < 0 else ast.Name(repr(number))
    return ast.parse(repr(number).removesuffix(".0"), mode="eval").body


class _Words(ast.NodeTransformer):
    """Puts a language's own words for the numbers that are not finite."""

    def __init__(self, target: str) -> None:
        self.target = target

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in ("nan", "inf"):
            return node
        return ast.parse(literal(float(node.id), self.target), mode="eval").body


class _Folded(ast.NodeTransformer):
    """Puts expressions where names stand, and leaves out what numbers decide."""

    def __init__(self, names: Mapping[str, ast.expr]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.names.get(node.id, node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        left, right = valued(node.left), valued(node.right)
        if left is not None and right is not None and type(node.op) in FOLDED:
            return _number(FOLDED[type(node.op)](left, right))
        if right == 1 and isinstance(node.op, ast.Mult | ast.Div | ast.Pow):
            return node.left
        return node.right if left == 1 and isinstance(node.op, ast.Mult) else node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        number = valued(node.operand)
        return node if number is None or not isinstance(node.op, ast.USub) else _number(-number)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        left, right = valued(node.left), valued(node.comparators[0])
        if left is None or right is None:
            return node
        return ast.Constant(RELATIONS[type(node.ops[0])](left, right))

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        decisive = isinstance(node.op, ast.Or)
        left = [one for one in node.values if valued(one) is not (not decisive)]
        if any(valued(one) is decisive for one in left):
            return ast.Constant(decisive)
        if not left:
            return ast.Constant(not decisive)
        return left[0] if len(left) == 1 else ast.BoolOp(node.op, left)

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        taken = valued(node.test)
        return node if taken is None else node.body if taken else node.orelse

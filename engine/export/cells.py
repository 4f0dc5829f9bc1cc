"""Formulas as spreadsheets write them: the trees of `engine.spelling`, with cells for names."""

import ast
from collections.abc import Mapping

from engine.op import LANGUAGES, SHEET

# How operators are written, and how tightly they bind. Unlike in Python, -2 ^ 2 is 4.
SIGNS: Mapping[type[ast.AST], tuple[str, int]] = {
    ast.Eq: ("=", 1),
    ast.NotEq: ("<>", 1),
    ast.Lt: ("<", 1),
    ast.LtE: ("<=", 1),
    ast.Gt: (">", 1),
    ast.GtE: (">=", 1),
    ast.Add: ("+", 2),
    ast.Sub: ("-", 2),
    ast.Mult: ("*", 3),
    ast.Div: ("/", 3),
    ast.Pow: ("^", 4),
    ast.UAdd: ("+", 5),
    ast.USub: ("-", 5),
}
JOINED: Mapping[type[ast.boolop], str] = {ast.And: "AND", ast.Or: "OR"}
ATOM = 6


def formula(tree: ast.expr) -> str:
    """An expression as a spreadsheet writes it; KeyError for what has no such operator."""
    return _written(tree)[0]


def _written(node: ast.expr) -> tuple[str, int]:
    """The text of a node, and how tightly it holds together."""
    match node:
        case ast.IfExp(test, body, orelse):
            return _called("IF", [test, body, orelse])
        case ast.BoolOp(kind, values):
            return _called(JOINED[type(kind)], values)
        case ast.Compare(left, [kind], [right]) | ast.BinOp(left, kind, right):
            sign, tie = SIGNS[type(kind)]
            return f"{_in(left, tie)}{sign}{_in(right, tie + 1)}", tie
        case ast.UnaryOp(kind, operand):
            sign, tie = SIGNS[type(kind)]
            return f"{sign}{_in(operand, tie + 1)}", tie
        case ast.Call(ast.Attribute(ast.Name(name), function), arguments) if name == LANGUAGES[SHEET]:
            return _called(function.upper(), arguments)
        case ast.Name() | ast.Constant():
            return ast.unparse(node), ATOM
        case _:
            raise ValueError(f"not a formula: {ast.unparse(node)}")


def _called(function: str, arguments: list[ast.expr]) -> tuple[str, int]:
    return f"{function}({','.join(map(formula, arguments))})", ATOM


def _in(node: ast.expr, least: int) -> str:
    """The text of a node, in brackets where it holds together less tightly than `least`."""
    text, tie = _written(node)
    return text if tie >= least else f"({text})"

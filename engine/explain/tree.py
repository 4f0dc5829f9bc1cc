"""The rulebook's formulas and slopes as plain trees, and what a tree comes to at a point.

A tree is a number, the name of an operand, or a tuple: a head and what it is applied to. Heads are the names of
operations, the relations and words of conditions, "if" (test, then, else), and constants, which are applied to nothing.
The page gets the same trees as JSON.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

from engine.ops import OPS

Tree: TypeAlias = "float | str | tuple[Tree, ...]"
Numbers = Mapping[str, float | None]

CONSTANTS = ("pi", "e")
OPERATORS = {(op.symbol, len(op.params)): op.name for op in OPS.values() if not op.symbol.isidentifier()}
TIMES = OPERATORS["*", 2]
WRITTEN: Mapping[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.USub: "-",
    ast.UAdd: "+",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.And: "and",
    ast.Or: "or",
}
RELATIONS: Mapping[str, Callable[[float, float], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@cache
def tree(text: str) -> Tree:
    """The tree of a text in the playground's syntax."""
    return _read(ast.parse(text, mode="eval").body)


def _read(node: ast.expr) -> Tree:
    match node:
        case ast.Name(id=name):
            return (name,) if name in CONSTANTS else name
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -value
        case ast.UnaryOp(op=sign, operand=operand):
            return (OPERATORS[WRITTEN[type(sign)], 1], _read(operand))
        case ast.BinOp(left=left, op=sign, right=right):
            return (OPERATORS[WRITTEN[type(sign)], 2], _read(left), _read(right))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return (name, *map(_read, arguments))
        case ast.IfExp(test=test, body=body, orelse=other):
            return ("if", _read(test), _read(body), _read(other))
        case ast.Compare(left=left, ops=[relation], comparators=[right]):
            return (WRITTEN[type(relation)], _read(left), _read(right))
        case ast.BoolOp(op=word, values=parts):
            return (WRITTEN[type(word)], *map(_read, parts))
    raise ValueError(f"no rule is written with {type(node).__name__}")


def resolved(rule: Tree, numbers: Numbers, fixed: Mapping[str, float]) -> Tree:
    """A rule at a point: the branch that holds there, `fixed` operands as numbers, and what gets simple by that."""
    if isinstance(rule, str):
        return fixed.get(rule, rule)
    if not isinstance(rule, tuple):
        return rule
    head, *parts = rule
    if head == "if" and None not in numbers.values():
        test, yes, no = parts
        return resolved(yes if holds(test, numbers) else no, numbers, fixed)
    return _simple((head, *(resolved(part, numbers, fixed) for part in parts)))


def _simple(rule: tuple[Tree, ...]) -> Tree:
    """What a rule comes to once some of its operands are numbers: `x ** (2 - 1)` is `x`."""
    if rule[0] not in OPS or len(rule) != len(("head", "x", "y")):
        return rule
    head, x, y = rule
    match OPS[str(head)].symbol:
        case "-" if isinstance(x, int | float) and isinstance(y, int | float):
            return x - y
        case "**" if y == 0:
            return 1
        case "**" if y == 1:
            return x
        case "*" if 1 in (x, y):
            return y if x == 1 else x
    return rule


def reason(rule: Tree, numbers: Numbers, fixed: Mapping[str, float]) -> "Tree | None":
    """The comparison, as it came out, that made a rule come to a plain number; None where none did."""
    found: Tree | None = None
    while isinstance(rule, tuple) and rule[0] == "if" and None not in numbers.values():
        _, test, yes, no = rule
        true = holds(test, numbers)
        rule = yes if true else no
        found = None
        if isinstance(test, tuple) and test[0] in OPPOSITE and not (isinstance(test[1], str) and test[1] in fixed):
            relation = str(test[0])
            found = (relation if true else OPPOSITE[relation], *(resolved(x, numbers, fixed) for x in test[1:]))
    return None if isinstance(rule, str | tuple) else found


def holds(test: Tree, numbers: Numbers) -> bool:
    """Whether a condition holds at a point."""
    match test:
        case ("and", *parts):
            return all(holds(part, numbers) for part in parts)
        case ("or", *parts):
            return any(holds(part, numbers) for part in parts)
        case (str() as relation, left, right):
            return RELATIONS[relation](_value(left, numbers), _value(right, numbers))
    raise ValueError(f"no condition: {test}")


def _value(part: Tree, numbers: Numbers) -> float:
    """The number of a side of a comparison: an operand or a number."""
    number = numbers[part] if isinstance(part, str) else part
    if isinstance(number, int | float):
        return number
    raise ValueError(f"no number: {part}")

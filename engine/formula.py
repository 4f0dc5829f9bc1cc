"""Formulas as functions: a Python expression, parsed once, becomes a closure that computes it on numbers or arrays.

What may stand in one: numbers, names, arithmetic, comparisons, `and`, `or`, conditionals and calls. On arrays all of it
goes element by element; of a conditional only the sides that some element takes are computed. Nothing is executed that
is not listed here.
"""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

Number: TypeAlias = Any  # a number, or an array of them
Function: TypeAlias = Callable[..., Number]
Computed: TypeAlias = Callable[[tuple[Number, ...]], Number]  # from the operands in order

BINARY: Mapping[type[ast.operator], Function] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
UNARY: Mapping[type[ast.unaryop], Function] = {ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: np.logical_not}
RELATIONS: Mapping[type[ast.cmpop], Function] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
JOINED: Mapping[type[ast.boolop], Function] = {ast.And: np.logical_and, ast.Or: np.logical_or}


def parsed(text: str) -> ast.expr:
    """The syntax tree of a formula."""
    return ast.parse(text, mode="eval").body


def function(tree: ast.expr, params: Sequence[str], named: Callable[[str], Number]) -> Function:
    """The function of `params` that a formula is; `named` says what its other names mean, dots included.

    ValueError for a form that is not one of a formula's, so that nothing is ever half understood.
    """
    run = _computed(tree, {param: place for place, param in enumerate(params)}, named)
    return lambda *operands: run(operands)


def number(tree: ast.expr) -> float | None:
    """The number that a formula is, with its sign; None where it is more than that."""
    match tree:
        case ast.Constant(value=int() | float() as found):
            return float(found)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as found)):
            return -float(found)
        case _:
            return None


def _computed(node: ast.expr, places: Mapping[str, int], named: Callable[[str], Number]) -> Computed:
    if (fixed := number(node)) is not None:
        return lambda _: fixed

    def part(inner: ast.expr) -> Computed:
        return _computed(inner, places, named)

    match node:
        case ast.Name(id=name) if name in places:
            return operator.itemgetter(places[name])
        case ast.Name() | ast.Attribute():
            meant = named(ast.unparse(node))
            return lambda _: meant
        case ast.UnaryOp(op=sign, operand=operand):
            return _applied(UNARY[type(sign)], [part(operand)])
        case ast.BinOp(left=left, op=sign, right=right):
            return _applied(BINARY[type(sign)], [part(left), part(right)])
        case ast.Compare(left=left, ops=signs, comparators=others):
            sides = pairwise([part(left), *map(part, others)])
            tests = [_applied(RELATIONS[type(sign)], pair) for sign, pair in zip(signs, sides, strict=True)]
            return _folded(np.logical_and, tests)
        case ast.BoolOp(op=sign, values=values):
            return _folded(JOINED[type(sign)], [part(value) for value in values])
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _either(part(test), part(body), part(orelse))
        case ast.Call(func=called, args=arguments, keywords=[]):
            return _applied(named(ast.unparse(called)), [part(argument) for argument in arguments])
        case _:
            raise ValueError(f"not a formula: {ast.unparse(node)}")


def _applied(apply: Function, parts: Sequence[Computed]) -> Computed:
    if len(parts) == 1:
        (only,) = parts
        return lambda operands: apply(only(operands))
    if len(parts) == 2:
        left, right = parts
        return lambda operands: apply(left(operands), right(operands))
    return lambda operands: apply(*[part(operands) for part in parts])


def _folded(join: Function, tests: Sequence[Computed]) -> Computed:
    first, *others = tests
    for other in others:
        first = _applied(join, [first, other])
    return first


def _either(test: Computed, body: Computed, orelse: Computed) -> Computed:
    def run(operands: tuple[Number, ...]) -> Number:
        taken = test(operands)
        if np.all(taken):
            return body(operands)
        if not np.any(taken):
            return orelse(operands)
        return np.where(taken, body(operands), orelse(operands))

    return run

"""The records as functions of arrays: forward by the numpy spelling, slopes by the records' own rules.

An operation that numpy has no function for, or one that takes nan otherwise, is computed by its own forward rule, one
number at a time. A slope is what the rule computes, in its words and in its order, with the result at hand: where the
rule has a convention (a kink, a pole, a tie), the arrays have the same.
"""

import ast
import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.formula import Function, Number, function, number, parsed
from engine.op import TARGETS, Op
from engine.ops import OPS
from engine.spelling import spell
from engine.tracing import RESULT, slopes

NUMPY = TARGETS["numpy"]
TINY = 1e-20  # so small a part in the imaginary direction changes no digit of the real one
EXACT = 1e-9  # how well a slope found by a complex step agrees with the rule


@dataclass(frozen=True, slots=True)
class Rule:
    """What arrays need of an operation.

    slopes has one per operand: (operands…, result) -> slope, or the number where it is always the same.
    """

    forward: Function
    slopes: tuple[Function | float, ...]


@cache
def rule(op: Op) -> Rule:
    """The rule of an operation."""
    params = (*op.params, RESULT)
    return Rule(forward(op), tuple([_slope(parsed(text), params) for text in slopes(op)]))


@cache
def forward(op: Op) -> Function:
    """The forward rule on arrays."""
    tree = spelled(op)
    return _one_by_one(op) if tree is None else function(tree, op.params, _of_numpy)


@cache
def spelled(op: Op) -> ast.expr | None:
    """The forward rule in numpy's functions; None where they do not compute what the record does."""
    tree = parsed(spell(op, "numpy", *op.params))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    known = names <= {*op.params, NUMPY} and _takes_nan(op, function(tree, op.params, _of_numpy))
    return tree if known else None


@cache
def analytic(op: Op) -> bool:
    """Whether numpy's function of complex numbers has, at the record's samples, the slopes that the record says."""
    try:
        return all(_agrees(op, point) for point in op.samples)
    except TypeError:  # there is no such function
        return False


def _slope(tree: ast.expr, params: tuple[str, ...]) -> Function | float:
    fixed = number(tree)
    return function(tree, params, _of_rulebook) if fixed is None else fixed


def _of_rulebook(name: str) -> Number:
    return forward(OPS[name])


def _of_numpy(name: str) -> Number:
    return getattr(np, name.removeprefix(f"{NUMPY}."))


def _takes_nan(op: Op, found: Function) -> bool:
    """Whether a function makes of nan what the record makes of it."""
    operands = [math.nan for _ in op.params]
    return bool(np.isnan(found(*map(np.float64, operands)))) == math.isnan(op.forward(*operands))


def _one_by_one(op: Op) -> Function:
    each = np.frompyfunc(op.forward, len(op.params), 1)

    def run(*operands: Number) -> Number:
        if any(np.iscomplexobj(operand) for operand in operands):
            raise TypeError(f"{op.name} is computed for real numbers only")
        return np.asarray(each(*operands), dtype=np.float64)

    return run


def _agrees(op: Op, point: tuple[float, ...]) -> bool:
    result = op.forward(*point)
    for place, slope in enumerate(op.slopes):
        moved = [np.complex128(x, TINY if at == place else 0.0) for at, x in enumerate(point)]
        with np.errstate(all="ignore"):
            found = np.imag(forward(op)(*moved)) / TINY
        exact = slope(*point, result)
        if not abs(found - exact) <= EXACT * max(1.0, abs(exact)):
            return False
    return True

"""Formulas as lists of calls: numpy functions bound to their operands and to the array their result goes to.

Nothing is allocated when the calls are made. What is a number already is computed once, here, so that `x ** y` with an
exponent that is always 2 becomes `x * x`, and a conditional on it becomes one of its sides.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.formula import Function, number
from engine.ops import OPS
from engine.replay.rules import NUMPY, forward, spelled

Call: TypeAlias = Callable[[], object]
Array: TypeAlias = NDArray[Any]
Operand: TypeAlias = Array | float

BINARY: Mapping[type[ast.operator], np.ufunc] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.true_divide,
    ast.FloorDiv: np.floor_divide,
    ast.Mod: np.remainder,
    ast.Pow: np.power,
}
UNARY: Mapping[type[ast.unaryop], np.ufunc] = {ast.UAdd: np.positive, ast.Not: np.logical_not}
RELATIONS: Mapping[type[ast.cmpop], np.ufunc] = {
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
}
JOINED: Mapping[type[ast.boolop], np.ufunc] = {ast.And: np.logical_and, ast.Or: np.logical_or}
TRUTHS = {np.logical_not, *RELATIONS.values(), *JOINED.values()}
SELECT = f"{NUMPY}.where"
MINUS = -1.0  # turns signs as a factor: `np.negative` (2.4) misreads numbers that lie 64 bytes apart on both sides
POWERS: Mapping[float, tuple[np.ufunc, Callable[[Operand], list[Operand]]]] = {
    2.0: (np.multiply, lambda x: [x, x]),
    -1.0: (np.reciprocal, lambda x: [x]),
}


class Writer:
    """Writes the calls that compute a formula from named operands: `calls` grows."""

    def __init__(self, calls: list[Call], operands: Mapping[str, Operand]) -> None:
        self.calls = calls
        self.operands = operands

    def write(self, tree: ast.expr, out: Array) -> None:
        """The calls that leave the formula's result in `out`."""
        found = self.value(tree, out)
        if found is not out:
            self.calls.append(partial(np.copyto, out, found))

    def value(self, node: ast.expr, out: Array | None = None) -> Operand:
        """The number or array that a formula is; computed into `out` if it has to be computed."""
        if (fixed := number(node)) is not None:
            return fixed
        match node:
            case ast.Name(id=name):
                return self.operands[name]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._applied(np.multiply, [self.value(operand), MINUS], out)
            case ast.UnaryOp(op=sign, operand=operand):
                return self._applied(UNARY[type(sign)], [self.value(operand)], out)
            case ast.BinOp(left=left, op=sign, right=right):
                return self._binary(BINARY[type(sign)], self.value(left), self.value(right), out)
            case ast.Compare(left=left, ops=signs, comparators=others):
                sides = pairwise([self.value(left), *map(self.value, others)])
                tests = [self._applied(RELATIONS[type(sign)], pair) for sign, pair in zip(signs, sides, strict=True)]
                return self._folded(np.logical_and, tests)
            case ast.BoolOp(op=sign, values=values):
                return self._folded(JOINED[type(sign)], [self.value(value) for value in values])
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._either(self.value(test), body, orelse, out)
            case ast.Call(func=called, args=[test, body, orelse]) if ast.unparse(called) == SELECT:
                return self._either(self.value(test), body, orelse, out)
            case ast.Call(func=called, args=arguments):
                return self._called(ast.unparse(called), [self.value(argument) for argument in arguments], out)
            case _:
                raise ValueError(f"not a formula: {ast.unparse(node)}")

    def _called(self, name: str, operands: list[Operand], out: Array | None) -> Operand:
        """A function of numpy's, or an operation of the rulebook by its own spelling."""
        if name.startswith(f"{NUMPY}."):
            return self._applied(getattr(np, name.removeprefix(f"{NUMPY}.")), operands, out)
        op = OPS[name]
        tree = spelled(op)
        if tree is None:
            return self._applied(forward(op), operands, out)
        return Writer(self.calls, dict(zip(op.params, operands, strict=True))).value(tree, out)

    def _binary(self, apply: np.ufunc, left: Operand, right: Operand, out: Array | None) -> Operand:
        if apply is not np.power or isinstance(left, float) or not isinstance(right, float):
            return self._applied(apply, [left, right], out)
        if right == 1.0:
            return left
        simple, operands = POWERS.get(right, (np.power, lambda x: [x, right]))
        return self._applied(simple, operands(left), out)

    def _folded(self, join: np.ufunc, tests: Sequence[Operand]) -> Operand:
        first, *others = tests
        for other in others:
            first = self._applied(join, [first, other])
        return first

    def _applied(self, apply: Function, operands: Sequence[Operand], out: Array | None = None) -> Operand:
        shapes = [operand.shape for operand in operands if not isinstance(operand, float)]
        if not shapes:
            with np.errstate(all="ignore"):
                return float(apply(*operands))
        if out is None:
            out = np.empty(np.broadcast_shapes(*shapes), np.bool_ if apply in TRUTHS else np.float64)
        if isinstance(apply, np.ufunc):
            self.calls.append(partial(apply, *map(np.asarray, operands), out=out))
        else:
            self.calls.append(partial(_copied, out, apply, *operands))
        return out

    def _either(self, test: Operand, body: ast.expr, orelse: ast.expr, out: Array | None) -> Operand:
        """One of two formulas; where both are computed, the first is put over the second."""
        if isinstance(test, float):
            return self.value(body if test else orelse, out)
        first, second = self.value(body), self.value(orelse)
        shapes = [one.shape for one in (test, first, second) if not isinstance(one, float)]
        result = np.empty(np.broadcast_shapes(*shapes)) if out is None else out
        self.calls.append(partial(np.copyto, result, second))
        self.calls.append(partial(np.copyto, result, first, "same_kind", test))
        return result


def _copied(out: Array, apply: Function, *operands: Operand) -> None:
    np.copyto(out, apply(*operands))

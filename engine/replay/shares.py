"""What each block hands to the cells it was computed from: its gradient, times a slope, a sign, or a matrix."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeAlias

import numpy as np

from engine.formula import number, parsed
from engine.op import Op
from engine.replay.calls import MINUS, Array, Call, Writer
from engine.replay.forward import Computed
from engine.replay.recognise import Sign
from engine.replay.wiring import Ints
from engine.tracing import RESULT, slopes

Write: TypeAlias = Callable[[list[Call], Array, Array], None]  # the calls, the block's gradient, where its share goes


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """A share of a block's gradient.

    cells  where it goes, in any shape; a cell may occur often
    write  writes the calls that put it into an array of that shape
    same   it is the gradient as it is, repeated along the last axis where `cells` has one more
    """

    cells: Ints
    write: Write
    same: bool = False


def shares(one: Computed) -> Iterator[Share]:
    """The shares of a block."""
    block = one.block
    if one.op is not None:
        for cells, slope in zip(block.operands, _slopes(one.op), strict=True):
            fixed_slope = number(slope)
            if fixed_slope is None:
                yield Share(cells, partial(_sloped, slope, one))
            else:
                yield Share(cells, partial(_times, fixed_slope), same=fixed_slope == 1.0)
    for terms in block.terms:
        same = isinstance(terms.sign, float) and terms.sign == 1.0
        yield Share(terms.cells, partial(_times, terms.sign), same=same)
    if block.product is not None:
        left, right = map(np.asarray, one.operands)
        ways = _matrix_shares(left, right) if block.product.grid else _pair_shares(left, right)
        for cells, way in zip((block.product.left, block.product.right), ways, strict=True):
            yield Share(cells, partial(_turned, way, block.product.sign))


@cache
def _slopes(op: Op) -> tuple[ast.expr, ...]:
    return tuple([parsed(text) for text in slopes(op)])


def _sloped(slope: ast.expr, one: Computed, calls: list[Call], gradient: Array, out: Array) -> None:
    """The gradient times a slope that has to be computed."""
    params = (*(one.op.params if one.op else ()), RESULT)
    found = Writer(calls, dict(zip(params, (*one.operands, one.out), strict=True))).value(slope)
    calls.append(partial(np.multiply, gradient, found, out))


def _times(factor: Sign, calls: list[Call], gradient: Array, out: Array) -> None:
    """The gradient times a number, or times numbers that are given; for a row of terms each the same."""
    if out.ndim > gradient.ndim:
        gradient = gradient[..., np.newaxis]
    if isinstance(factor, float) and factor == 1.0:
        calls.append(partial(np.copyto, out, gradient))
    else:
        calls.append(partial(np.multiply, gradient, factor, out))


def _turned(way: Write, sign: Sign, calls: list[Call], gradient: Array, out: Array) -> None:
    """A share of products, with their sign."""
    way(calls, gradient, out)
    if not isinstance(sign, float):
        calls.append(partial(np.multiply, out, sign, out))
    elif sign < 0:
        calls.append(partial(np.multiply, out, MINUS, out))


def _pair_shares(left: Array, right: Array) -> tuple[Write, Write]:
    """Of products added up result by result: the gradient times the other factor."""

    def times(other: Array, calls: list[Call], gradient: Array, out: Array) -> None:
        calls.append(partial(np.multiply, gradient[:, np.newaxis], other, out))

    return partial(times, right), partial(times, left)


def _matrix_shares(left: Array, right: Array) -> tuple[Write, Write]:
    """Of a matrix product: the gradient (B, J, I), times the other matrix."""

    def to_left(calls: list[Call], gradient: Array, out: Array) -> None:
        calls.append(_matmul(gradient.swapaxes(1, 2), right, out))

    def to_right(calls: list[Call], gradient: Array, out: Array) -> None:
        calls.append(_matmul(gradient, left, out))

    return to_left, to_right


def _matmul(a: Array, b: Array, out: Array) -> Call:
    """A batch of one is a matrix, and sums of one product are products."""
    if a.shape[-1] == 1:
        return partial(np.multiply, a, b, out)
    return partial(np.matmul, a[0], b[0], out[0]) if len(a) == 1 else partial(np.matmul, a, b, out)

"""The vector in which all numbers of an array program lie, and how its cells are read: as views wherever possible."""

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from engine.replay.calls import Array, Call
from engine.replay.wiring import Floats, Ints


class Affine(NamedTuple):
    """Cells at regular distances: the first one, and the distance along each axis."""

    base: int
    strides: tuple[int, ...]


def affine(cells: Ints) -> Affine | None:
    """The regularity of some cells; None if there is none, or if they run backwards."""
    if not cells.size:
        return None
    base = int(cells.flat[0])
    expected = np.array(base)
    strides = []
    for axis, length in enumerate(cells.shape):
        stride = int(cells[tuple([int(other == axis) for other in range(cells.ndim)])]) - base if length > 1 else 0
        if stride < 0:
            return None
        strides.append(stride)
        expected = expected[..., np.newaxis] + np.arange(length) * stride
    return Affine(base, tuple(strides)) if np.array_equal(expected, cells) else None


class Memory:
    """Cells in one vector, or in as many lanes side by side as there are settings."""

    def __init__(self, size: int, lanes: tuple[int, ...] = ()) -> None:
        self.cells = np.zeros((size, *lanes))
        self.lanes = lanes
        self._gathered: dict[tuple[tuple[int, ...], bytes], Array] = {}

    def view(self, where: Affine, shape: tuple[int, ...]) -> Array:
        """Cells at regular distances, where they lie."""
        row = self.cells.strides[0]
        strides = (*[stride * row for stride in where.strides], *self.cells.strides[1:])
        return as_strided(self.cells[where.base :], (*shape, *self.lanes), strides)

    def block(self, start: int, shape: tuple[int, ...]) -> Array:
        """Cells one after another, in a shape."""
        return self.cells[start : start + int(np.prod(shape))].reshape(*shape, *self.lanes)

    def read(self, cells: Ints, calls: list[Call]) -> Array:
        """An array that holds the numbers of some cells, all of which are there by now, once the calls are made."""
        where = affine(cells)
        if where is not None:
            return self.view(where, cells.shape)
        known = cells.shape, cells.tobytes()
        if known not in self._gathered:
            self._gathered[known] = np.empty((*cells.shape, *self.lanes))
            calls.append(partial(self.cells.take, cells, 0, self._gathered[known], "clip"))
        return self._gathered[known]


def fixed(numbers: Floats, lanes: int) -> Array:
    """Numbers that are the same in all lanes, of which there are none, or one axis."""
    return numbers.reshape(*numbers.shape, *[1] * lanes)

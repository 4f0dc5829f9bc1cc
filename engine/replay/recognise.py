"""Third stage: where each result is kept, and which groups are matrix products.

All numbers lie in one vector of cells: the inputs, the constants, then block by block the results, laid out so that
what reads them finds them in a regular order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.replay.group import ZERO, Group, Groups
from engine.replay.matrices import Matrices, matrices
from engine.replay.normalise import ALONE, SUM, Normal
from engine.replay.wiring import Floats, Goal, Ints, Mask, Wiring

FEW = 3  # terms that are added one by one


Sign: TypeAlias = float | Floats  # of all terms, or of each


@dataclass(frozen=True, slots=True, eq=False)
class Product:
    """Sums of products, by the cells of their factors.

    Of a matrix product (`grid`) the factors are rows, (B, I, P) and (B, J, P), and the results (B, J, I); otherwise
    they stand result by result, (M, P) both.
    """

    left: Ints
    right: Ints
    sign: Sign
    grid: bool


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Terms that are no products, by their cells: one for each result, or (`wide`) a row of them for each."""

    cells: Ints
    sign: Sign
    wide: bool


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Results that are computed together, in cells from `start` on, laid out in `shape`.

    code      the operation, by its place in the table, or SUM
    nodes     the nodes that the results stand for
    cells     the cell of each; equal sums share one
    operands  of an operation: the cells of each operand, in `shape`
    product, terms, constant  of a sum: what is added up; the constant is a number for each result, in `shape`
    """

    code: int
    start: int
    shape: tuple[int, ...]
    nodes: Ints
    cells: Ints
    operands: tuple[Ints, ...] = ()
    product: Product | None = None
    terms: tuple[Terms, ...] = ()
    constant: Floats | None = None

    @property
    def size(self) -> int:
        """How many cells it has."""
        return int(np.prod(self.shape))


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The whole computation: what each cell is, and the blocks in order.

    inputs     how many cells are inputs, the first ones
    constants  the numbers of the cells behind them
    blocks     what computes the rest
    cells      per node of the wiring its cell; nodes that nobody needs have none (-1)
    size       how many cells there are
    """

    inputs: int
    constants: Floats
    blocks: tuple[Block, ...]
    cells: Ints
    size: int

    def numbers(self, cells: Ints) -> Floats | None:
        """The numbers of some cells, if all of them are constants."""
        places = cells - self.inputs
        fixed = places.size and places.min() >= 0 and places.max() < len(self.constants)
        return self.constants[places] if fixed else None

    def number(self, cells: Ints) -> float | None:
        """The number of some cells, if they are one constant; 0.0 and -0.0 are two, nan is one."""
        numbers = self.numbers(cells) if (cells == cells.flat[:1]).all() else None
        return None if numbers is None else float(numbers.flat[0])


def recognise(wiring: Wiring, goal: Goal, groups: Groups) -> Plan:
    """Lay out the cells, and find the matrix products; what is wanted has a cell in any case."""
    inputs, kept = list(goal.inputs), [goal.output, *goal.observed]
    cells = np.full(len(wiring) + 1, -1)  # the last one is that of ZERO
    cells[inputs] = np.arange(len(inputs))
    constants = _constants(wiring, groups.normal, kept, cells, len(inputs))
    moving = np.concatenate([np.ones(len(inputs), bool), np.zeros(len(constants), bool)])
    size = len(moving)
    blocks: list[Block] = []
    for group in groups:
        for block in _blocks(group, cells, moving, size):
            cells[block.nodes] = block.cells
            size += block.size
            blocks.append(block)
    return Plan(len(inputs), constants, tuple(blocks), cells, size)


def _constants(wiring: Wiring, normal: Normal, kept: Sequence[int], cells: Ints, start: int) -> Floats:
    """The numbers that are read, each once; their nodes get the cells from `start` on."""
    used = np.unique(np.concatenate([normal.left, normal.right[normal.right != ALONE], kept]))
    fixed = np.append(used[~normal.moving[used]], ZERO)
    bits = np.append(wiring.data, -0.0)[fixed].view(np.int64)  # 0.0 and -0.0 are two
    numbers, place = np.unique(bits, return_inverse=True)
    cells[fixed] = start + place
    return numbers.view(np.float64)


def _blocks(group: Group, cells: Ints, moving: Mask, start: int) -> Iterator[Block]:
    """The blocks of a group."""
    if group.code == SUM:
        return _sums(group, cells, moving, start)
    return iter([_application(group, cells, moving, start)])


def _application(group: Group, cells: Ints, moving: Mask, start: int) -> Block:
    """The block of an operation."""
    columns = [group.left[:, 0]] if group.right[0, 0] == ALONE else [group.left[:, 0], group.right[:, 0]]
    operands = cells[np.stack(columns, axis=1)]
    order = _order(operands, moving)
    return Block(
        code=group.code,
        start=start,
        shape=(len(order),),
        nodes=group.nodes[order],
        cells=start + np.arange(len(order)),
        operands=tuple(operands[order].T),
    )


def _sums(group: Group, cells: Ints, moving: Mask, start: int) -> Iterator[Block]:
    """The blocks of sums: one for each size of matrix product among them, and one for the rest."""
    left, right = _turned(cells[group.left], cells[group.right])
    rest = np.ones(len(group), bool)
    one_sign = group.sign.size > 0 and (group.sign == group.sign[0, 0]).all()
    for found in matrices(left, right) if one_sign else ():
        product = Product(found.left, found.right, float(group.sign[0, 0]), grid=True)
        shape = len(found.left), found.right.shape[1], found.left.shape[1]
        equal = _equal(group, found)
        sums, place = found.sums[equal], found.place[equal]
        block = _sum(group, sums, (product, shape, place), cells, start)
        start += block.size
        rest[sums] = False
        yield block
    if rest.any():
        rows = np.flatnonzero(rest)
        columns = np.concatenate([left[rows], right[rows], cells[group.plain[rows]]], axis=1)
        rows = rows[_order(columns, moving)]
        sign = group.sign[rows]
        lone = Product(left[rows], right[rows], _sign(sign, sign.shape), grid=False) if left.size else None
        yield _sum(group, rows, (lone, (len(rows),), np.arange(len(rows))), cells, start)


Laid = tuple[Product | None, tuple[int, ...], Ints]  # the products, the shape of the results, the place of each row


def _sum(group: Group, rows: Ints, laid: Laid, cells: Ints, start: int) -> Block:
    """A block of sums; where several rows share a cell, they are the same sum."""
    product, shape, place = laid
    first = np.empty(int(np.prod(shape)), np.int64)
    first[place[::-1]] = rows[::-1]
    return Block(
        code=SUM,
        start=start,
        shape=shape,
        nodes=group.nodes[rows],
        cells=start + place,
        product=product,
        terms=tuple(_terms(cells[group.plain[first]], group.plain_sign[first], shape)),
        constant=None if group.constant is None else group.constant[first].reshape(shape),
    )


def _equal(group: Group, found: Matrices) -> Mask:
    """Which sums add the same to their product as the first one of their place: that one itself, and its equals."""
    first = np.empty(found.place.max() + 1, np.int64)
    first[found.place[::-1]] = found.sums[::-1]
    twin = first[found.place]
    added = [group.plain, group.plain_sign, *([] if group.constant is None else [group.constant[:, np.newaxis]])]
    same = np.all([(one[found.sums] == one[twin]).all(axis=1) for one in added], axis=0)
    equal: Mask = same | (found.sums == twin)
    return equal


def _terms(cells: Ints, sign: Floats, shape: tuple[int, ...]) -> Iterator[Terms]:
    """A few terms one by one, many together."""
    width = cells.shape[1]
    if width > FEW:
        yield Terms(cells.reshape(*shape, width), _sign(sign, (*shape, width)), wide=True)
        return
    for column, signs in zip(cells.T, sign.T, strict=True):
        yield Terms(column.reshape(shape), _sign(signs, shape), wide=False)


def _sign(sign: Floats, shape: tuple[int, ...]) -> Sign:
    """The sign that all terms have, else that of each."""
    first = float(sign.flat[0])
    return first if (sign == first).all() else sign.reshape(shape)


def _turned(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Factors, column by column, so that those that came earlier stand on the left: weights before what they weigh."""
    if not left.size:
        return left, right
    swap = left.sum(axis=0) > right.sum(axis=0)  # what a sum is filled up with counts on both sides
    return np.where(swap, right, left), np.where(swap, left, right)


def _order(columns: Ints, moving: Mask) -> Ints:
    """The order in which results read their operands in a row: by the first operand that is a result, else an input."""
    if len(columns) == 1:
        return np.zeros(1, np.int64)
    lowest = columns.min(axis=0)
    late = lowest >= len(moving)
    early = moving[np.minimum(columns, len(moving) - 1)].all(axis=0)
    by = columns[:, np.argmax(late if late.any() else early)]
    return np.argsort(by, kind="stable")

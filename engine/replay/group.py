"""Second stage: equal results of a level are one group, whatever wrote them: one array instruction instead of many.

Applications are equal if their operation is; sums if they have terms of the same sorts. Where they differ in how many,
the shorter ones are filled up with zeros, as long as that costs less than a group of their own. What the output is made
of stays apart from what is only looked at: no gradient goes there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.replay.normalise import ALONE, SUM, Normal
from engine.replay.wiring import Floats, Ints, Mask

FILLED = 1_000  # zeros that cost as much as a group
ZERO = -1  # the node that is none, and stands for -0.0: whatever it is added to stays as it is


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Results of one level and form, a row each; the terms of a sum stand in the order they were written.

    code         the operation, or SUM
    nodes        (M,) the nodes of the results
    left, right  (M, P) the factors of the products; of an application its operands, `right` ALONE where there is one
    sign         (M, P) of the products
    plain        (M, Q) the terms that are no products
    plain_sign   (M, Q)
    constant     (M,) what else is added, if anything is
    """

    code: int
    nodes: Ints
    left: Ints
    right: Ints
    sign: Floats
    plain: Ints
    plain_sign: Floats
    constant: Floats | None

    def __len__(self) -> int:
        return len(self.nodes)


class Groups:
    """The groups of a normal form, operands before results: how many there are is known before any is made."""

    def __init__(self, normal: Normal) -> None:
        count = len(normal.nodes)
        plain = (normal.code[normal.owner] == SUM) & (normal.right == ALONE)
        products, plains = (np.bincount(normal.owner[mask], minlength=count) for mask in (~plain, plain))
        negative = [
            np.bincount(normal.owner[mask & (normal.sign < 0)], minlength=count) > 0 for mask in (~plain, plain)
        ]
        form = [normal.level, normal.code, normal.feeds, normal.fixed, products > 0, plains > 0, *negative]
        kind = _rank(form)
        rank = _rank([kind, products, plains])
        self.normal = normal
        self._plain = plain
        self._counts = products, plains
        self._order = np.argsort(rank, kind="stable")  # the results, group by group
        starts = np.flatnonzero(np.diff(rank[self._order], prepend=-1))
        self._spans = _merged(starts, kind[self._order], products[self._order], plains[self._order])
        self.elements = len(normal.owner)

    def __len__(self) -> int:
        return len(self._spans)

    def __iter__(self) -> Iterator[Group]:
        normal, order, plain = self.normal, self._order, self._plain
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        sorts = [self._sorted(mask, place) for mask in (~plain, plain)]
        for start, end in self._spans:
            nodes = order[start:end]
            (left, right, sign), (others, _, other_sign) = (table.rows(start, end) for table in sorts)
            yield Group(
                code=int(normal.code[nodes[0]]),
                nodes=normal.nodes[nodes],
                left=left,
                right=right,
                sign=sign,
                plain=others,
                plain_sign=other_sign,
                constant=normal.constant[nodes] if normal.fixed[nodes[0]] else None,
            )

    def _sorted(self, mask: Mask, place: Ints) -> "_Table":
        """The terms of one sort, in the order of the results."""
        terms = np.flatnonzero(mask)
        terms = terms[np.argsort(place[self.normal.owner[terms]], kind="stable")]
        width = np.bincount(place[self.normal.owner[terms]], minlength=len(place))
        return _Table(terms, width, self.normal)


class _Table:
    """Terms of one sort: `width` says how many each result has."""

    def __init__(self, terms: Ints, width: Ints, normal: Normal) -> None:
        self._width = width
        self._begins = np.concatenate([[0], np.cumsum(width)])
        self._columns = normal.left[terms], normal.right[terms], normal.sign[terms]

    def rows(self, start: int, end: int) -> tuple[Ints, Ints, Floats]:
        """Left, right and sign of the terms of some results, a row each, filled up with zeros."""
        low, high = self._begins[start], self._begins[end]
        width = self._width[start:end]
        widest = int(width.max())
        lefts, rights, signs = self._columns
        left, right, sign = lefts[low:high], rights[low:high], signs[low:high]
        if (width == widest).all():
            shape = end - start, widest
            return left.reshape(shape), right.reshape(shape), sign.reshape(shape)
        filled = np.arange(widest) < width[:, np.newaxis]
        same = float(sign[0]) if (sign == sign[0]).all() else 1.0  # so that terms of one sign stay such
        operands, signs = np.full((2, *filled.shape), ZERO), np.full(filled.shape, same)
        operands[:, filled], signs[filled] = (left, right), sign
        return operands[0], operands[1], signs


def _merged(starts: Ints, kind: Ints, products: Ints, plains: Ints) -> list[tuple[int, int]]:
    """The spans of the groups: neighbours of one kind are one where filling up costs less than standing alone."""
    ends = np.append(starts, len(kind))[1:]
    spans: list[tuple[int, int]] = []
    form, waste, widest = -1, 0, (0, 0)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        width = int(products[start]), int(plains[start])
        if spans and kind[start] == form:
            wide = max(widest[0], width[0]), max(widest[1], width[1])
            before = spans[-1][1] - spans[-1][0]
            more = waste + before * (sum(wide) - sum(widest)) + (end - start) * (sum(wide) - sum(width))
            if more <= FILLED:
                spans[-1] = spans[-1][0], end
                waste, widest = more, wide
                continue
        spans.append((start, end))
        form, waste, widest = int(kind[start]), 0, width
    return spans


def _rank(columns: Sequence[NDArray[Any]]) -> Ints:
    """The place of each row among the rows in order, equal ones at the same place."""
    rank = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        low = column.min(initial=0)
        span = int(column.max(initial=0)) - int(low) + 1
        rank = np.unique(rank * span + column - low, return_inverse=True)[1]
    return rank

"""Second stage: equal results of a level are one group, whatever wrote them: one array instruction instead of many.

Applications are equal if their operation is; sums if they have as many products and as many plain terms, of each sort.
What the output is made of stays apart from what is only looked at: no gradient goes there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.replay.normalise import ALONE, SUM, Normal
from engine.replay.wiring import Floats, Ints, Mask

PRODUCT, PLAIN, FIXED = 0, 1, 2  # the sorts of terms


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Results of one level and form, a row each; the terms of a sum stand in the order they were written, by sort.

    code         the operation, or SUM
    nodes        (M,) the nodes of the results
    left, right  (M, P) the factors of the products; of an application its operands, `right` ALONE where there is one
    sign         (M, P) of the products
    plain        (M, Q) the terms that are no products and depend on the inputs
    plain_sign   (M, Q)
    fixed        (M, F) the terms that are recorded numbers
    fixed_sign   (M, F)
    """

    code: int
    nodes: Ints
    left: Ints
    right: Ints
    sign: Floats
    plain: Ints
    plain_sign: Floats
    fixed: Ints
    fixed_sign: Floats

    def __len__(self) -> int:
        return len(self.nodes)


class Groups:
    """The groups of a normal form, operands before results: how many there are is known before any is made."""

    def __init__(self, normal: Normal) -> None:
        count = len(normal.nodes)
        plain = (normal.code[normal.owner] == SUM) & (normal.right == ALONE)
        self.normal = normal
        self._sort = np.where(plain, np.where(normal.moving[normal.left], PLAIN, FIXED), PRODUCT)
        masks = _sorts(self._sort, normal.sign < 0)
        counts = [np.bincount(normal.owner[mask], minlength=count) for mask in masks]
        rank = _rank(np.stack([normal.level, normal.code, normal.feeds, *counts], axis=1))
        self._order = np.argsort(rank, kind="stable")  # the results, group by group
        self._starts = np.flatnonzero(np.diff(rank[self._order], prepend=-1))
        self.elements = len(normal.owner)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Group]:
        normal, order = self.normal, self._order
        count = len(order)
        place = np.empty(count, np.int64)
        place[order] = np.arange(count)
        terms = np.lexsort((self._sort, place[normal.owner]))
        left, right, sign, sort = normal.left[terms], normal.right[terms], normal.sign[terms], self._sort[terms]
        width = np.bincount(normal.owner, minlength=count)[order]
        begins = np.concatenate([[0], np.cumsum(width)])
        ends = np.append(self._starts, count)[1:]
        for start, end in zip(self._starts.tolist(), ends.tolist(), strict=True):
            rows = slice(begins[start], begins[end])
            shape = end - start, -1
            cuts = np.searchsorted(sort[rows][: width[start]], [PRODUCT, PLAIN, FIXED, FIXED + 1])
            of_sort = [np.s_[:, low:high] for low, high in pairwise(cuts)]
            lefts, plain, fixed = (left[rows].reshape(shape)[columns] for columns in of_sort)
            signs, plain_sign, fixed_sign = (sign[rows].reshape(shape)[columns] for columns in of_sort)
            yield Group(
                code=int(normal.code[order[start]]),
                nodes=normal.nodes[order[start:end]],
                left=lefts,
                right=right[rows].reshape(shape)[of_sort[0]],
                sign=signs,
                plain=plain,
                plain_sign=plain_sign,
                fixed=fixed,
                fixed_sign=fixed_sign,
            )


def _sorts(sort: Ints, negative: Mask) -> Iterator[Mask]:
    """Products, plain terms and numbers, and those of each that are taken away."""
    for kind in (PRODUCT, PLAIN, FIXED):
        yield sort == kind
        yield (sort == kind) & negative


def _rank(keys: Ints) -> Ints:
    """The place of each row among the rows in order, equal ones at the same place."""
    rank = np.zeros(len(keys), np.int64)
    for column in keys.T:
        low = column.min(initial=0)
        rank = np.unique(rank * (column.max(initial=0) - low + 1) + column - low, return_inverse=True)[1]
    return rank

"""Matrix products among sums of products, told by their factors alone.

Sums whose left factors are the rows of one matrix, whose right factors are the rows of another, and in which every left
row meets every right row are the product of the two. Several such products of one size are a batch.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from engine.replay.wiring import Ints, Mask

ODD = 0x9E3779B97F4A7C15  # odd and irregular: its powers tell the places of a row apart


class Matrices(NamedTuple):
    """Products of one size: (B, I, P) times (B, J, P) is (B, J, I).

    sums   which sums they are
    place  where the result of each lies in (B, J, I), counted through; equal sums share a place
    """

    left: Ints
    right: Ints
    sums: Ints
    place: Ints


class _Parts(NamedTuple):
    """Rows that meet: a part is named by the first right row in it.

    of_left, of_right  per row its part
    tall, wide         per part how many left and right rows it has
    full               per part whether every left row meets every right row, and no row of another part
    """

    of_left: Ints
    of_right: Ints
    tall: Ints
    wide: Ints
    full: Mask


def matrices(left: Ints, right: Ints) -> Iterator[Matrices]:
    """The matrix products among sums, whose factors are the rows of `left` and `right`, (M, P) both."""
    lefts, rights = _different(left), _different(right)
    if lefts is None or rights is None:
        return
    (first_left, i), (first_right, j) = lefts, rights
    if left.shape[1] == 1 and len(first_left) * len(first_right) > len(left):
        return  # products of two numbers: worth a matrix only where each of one side meets each of the other
    parts = _parts(i, j, len(first_left), len(first_right))
    worth = parts.full if left.shape[1] > 1 else parts.full & (parts.tall > 1) & (parts.wide > 1)
    sizes = np.unique(np.stack([parts.tall[worth], parts.wide[worth]], axis=1), axis=0)
    for tall, wide in sizes.tolist():
        batch = np.flatnonzero(worth & (parts.tall == tall) & (parts.wide == wide))
        number = np.full(len(worth), -1)
        number[batch] = np.arange(len(batch))
        of_sum = number[parts.of_left[i]]
        sums = np.flatnonzero(of_sum >= 0)
        members_left, rank_left = _members(parts.of_left, batch, tall)
        members_right, rank_right = _members(parts.of_right, batch, wide)
        yield Matrices(
            left=left[first_left[members_left]],
            right=right[first_right[members_right]],
            sums=sums,
            place=(of_sum[sums] * wide + rank_right[j[sums]]) * tall + rank_left[i[sums]],
        )


def _parts(i: Ints, j: Ints, lefts: int, rights: int) -> _Parts:
    """What hangs together, where sum k joins left row `i[k]` and right row `j[k]`."""
    of_left = np.full(lefts, rights)
    np.minimum.at(of_left, i, j)
    of_right = np.full(rights, -1)
    of_right[j] = of_left[i]
    torn = of_right[j] != of_left[i]  # a right row that two parts claim
    whole = np.ones(rights, bool)
    whole[of_left[i[torn]]] = whole[of_right[j[torn]]] = False
    pairs = np.unique(i * rights + j) // rights
    tall, wide = np.bincount(of_left, minlength=rights), np.bincount(of_right, minlength=rights)
    met = np.bincount(of_left[pairs], minlength=rights)
    return _Parts(of_left, of_right, tall, wide, whole & (tall > 0) & (met == tall * wide))


def _members(part: Ints, batch: Ints, size: int) -> tuple[Ints, Ints]:
    """The rows of some parts, in order, a line a part; and the place of each row in its line."""
    member = np.flatnonzero(np.isin(part, batch))
    order = member[np.argsort(part[member], kind="stable")]
    rank = np.zeros(len(part), np.int64)
    rank[order] = np.tile(np.arange(size), len(batch))
    return order.reshape(len(batch), size), rank


def _different(rows: Ints) -> tuple[Ints, Ints] | None:
    """The different rows, by where each first occurs, and which of them each row is; None if that cannot be told.

    Rows are compared by a sum of their numbers, each times another power of one, and then for certain.
    """
    powers = np.multiply.accumulate(np.full(rows.shape[1], ODD, np.uint64))
    mixed = (rows.astype(np.uint64) * powers).sum(axis=1, dtype=np.uint64)
    _, first, kind = np.unique(mixed, return_index=True, return_inverse=True)
    by_time = np.argsort(first)
    rank = np.empty_like(by_time)
    rank[by_time] = np.arange(len(by_time))
    first, kind = first[by_time], rank[kind]
    return (first, kind) if (rows[first[kind]] == rows).all() else None

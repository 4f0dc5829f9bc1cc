"""A graph as columns of numbers: which operation made each node, of which others, and what number came out.

It is what the array programs are made from: less than a recording (no names, no places, no pass), so that a loop that
is recorded again and again does not pay for what it never looks at.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.op import Op
from engine.recording import Recording
from engine.value import Value

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]

NOTHING = -1  # where there is no operation, or no operand


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """The nodes, a column a fact: operands come before results, but plain numbers may stand anywhere.

    ops          the operations that occur
    code         per node the place of its operation in `ops`; NOTHING for a leaf
    left, right  per node its operands; NOTHING where there is none
    data         per node its number
    """

    ops: tuple[Op, ...]
    code: Ints
    left: Ints
    right: Ints
    data: Floats

    def __len__(self) -> int:
        return len(self.code)


class Goal(NamedTuple):
    """What moves, and what is to be computed: the output, with its slopes for all inputs, and other nodes."""

    inputs: Sequence[int]
    output: int
    observed: Sequence[int] = ()


def of_recording(recording: Recording) -> Wiring:
    """The wiring of a recording: node for node."""
    nodes, first = recording.nodes, np.array(recording.first, dtype=np.int64)
    ops, code = _coded(nodes.op)
    source = np.array([*recording.edges.source, NOTHING], dtype=np.int64)
    operands = np.diff(first)
    return Wiring(
        ops=ops,
        code=np.array(code, dtype=np.int64),
        left=np.where(operands > 0, source[first[:-1]], NOTHING),
        right=np.where(operands > 1, source[np.minimum(first[:-1] + 1, len(source) - 1)], NOTHING),
        data=np.array(nodes.data, dtype=np.float64),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Values in another order than they were found in: few of them are ever looked at, so none is moved."""

    found: Sequence[Value]
    order: Ints

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, place: int) -> Value:
        return self.found[int(self.order[place])]

    def __iter__(self) -> Iterator[Value]:
        return map(self.found.__getitem__, self.order.tolist())


def of_values(roots: Sequence[Value]) -> tuple[Ordered, Wiring, list[int]]:
    """Everything some Values depend on, themselves included; its wiring, plain numbers last; where the Values are."""
    values, columns = _found(roots)
    level = np.fromiter(columns.level, np.int64, len(values))
    # level by level, and in each what was visited last, and so made first, first
    order = len(values) - 1 - np.argsort(level[::-1], kind="stable")
    moved = np.empty_like(order)
    moved[np.fromiter(columns.found, np.int64, len(values))[order]] = np.arange(len(values))
    plain = len(columns.plain)
    ops, code = _coded(columns.op)
    wiring = Wiring(
        ops=ops,
        code=np.concatenate([np.fromiter(code, np.int64, len(values))[order], np.full(plain, NOTHING)]),
        left=_placed(columns.left, order, moved, plain),
        right=_placed(columns.right, order, moved, plain),
        data=np.concatenate([np.fromiter(columns.data, np.float64, len(values))[order], columns.plain]),
    )
    at = {root: place for place, root in zip(moved.tolist(), dict.fromkeys(roots), strict=False)}
    return Ordered(values, order), wiring, [at[root] for root in roots]


class _Columns(NamedTuple):
    """Of Values as they were visited; `found` counts who was found before, `left` and `right` say it of the operands.

    An operand that is a plain number is so much less than NOTHING as its place among those.
    """

    op: list[Op | None]
    level: list[int]
    data: list[float]
    found: list[int]
    left: list[int]
    right: list[int]
    plain: list[float]


def _found(roots: Iterable[Value]) -> tuple[list[Value], _Columns]:
    """Everything some Values depend on, as it is visited; meanwhile `next` says how many were found before a Value."""
    pending, columns = list(dict.fromkeys(roots)), _Columns([], [], [], [], [], [], [])
    for place, value in enumerate(pending):
        value.next = place  # type: ignore[assignment]
    values = _visited(pending, columns)
    for value in values:
        value.next = None
    return values, columns


def _visited(pending: list[Any], columns: _Columns) -> list[Value]:
    """Visit what was found, and what is found there: what was made together, together.

    A table instead of `next` would take twice the time, and so would calling the same lines for either operand.
    """
    op, level, data, found, left, right, plain = columns
    values, count = [], len(pending)
    while pending:
        value = pending.pop()
        values.append(value)
        found.append(value.next)
        op.append(value.op)
        level.append(value.level)
        data.append(value.data)
        operand = value.a
        if operand is None:
            left.append(NOTHING)
        elif operand.__class__ is float:
            plain.append(operand)
            left.append(NOTHING - len(plain))
        else:
            if operand.next is None:
                operand.next = count
                count += 1
                pending.append(operand)
            left.append(operand.next)
        operand = value.b
        if operand is None:
            right.append(NOTHING)
        elif operand.__class__ is float:
            plain.append(operand)
            right.append(NOTHING - len(plain))
        else:
            if operand.next is None:
                operand.next = count
                count += 1
                pending.append(operand)
            right.append(operand.next)
    return values


def below(wiring: Wiring, roots: Sequence[int]) -> Mask:
    """What some nodes depend on, themselves included."""
    used = np.zeros(len(wiring) + 1, bool)  # the last one stands for no operand
    used[wiring.left] = used[wiring.right] = True
    used[roots] = True
    if used[:-1][wiring.code != NOTHING].all():
        return used[:-1]  # whoever uses a result is used, and so on up to one of the roots
    left, right = wiring.left.tolist(), wiring.right.tolist()
    found = bytearray(len(used))
    for root in roots:
        found[root] = True
    for node in range(max(roots, default=NOTHING), NOTHING, -1):
        if found[node]:
            found[left[node]] = found[right[node]] = True
    return np.frombuffer(found, np.bool_)[:-1]


def _placed(column: list[int], order: Ints, moved: Ints, plain: int) -> Ints:
    """Where operands then are, plain numbers behind the Values; these have none themselves."""
    operands = np.fromiter(column, np.int64, len(column))[order]
    number = len(moved) + NOTHING - 1 - operands
    found = np.where(operands >= 0, moved[operands], np.where(operands < NOTHING, number, NOTHING))
    return np.concatenate([found, np.full(plain, NOTHING)])


def _coded(ops: Sequence[Op | None]) -> tuple[tuple[Op, ...], list[int]]:
    """The operations that occur, and per node the place of its own among them."""
    table = {op: i for i, op in enumerate(dict.fromkeys([None, *ops]), NOTHING)}
    return tuple([op for op in table if op is not None]), [table[op] for op in ops]

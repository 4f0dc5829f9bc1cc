"""A graph as columns of numbers: which operation made each node, of which others, and what number came out.

It is what the array programs are made from: less than a recording (no names, no places, no pass), so that a loop that
is recorded again and again does not pay for what it never looks at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

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
    count = np.diff(first)
    return Wiring(
        ops=ops,
        code=np.array(code, dtype=np.int64),
        left=np.where(count > 0, source[first[:-1]], NOTHING),
        right=np.where(count > 1, source[np.minimum(first[:-1] + 1, len(source) - 1)], NOTHING),
        data=np.array(nodes.data, dtype=np.float64),
    )


def of_values(roots: Sequence[Value]) -> tuple[list[Value], Wiring, list[int]]:
    """Everything some Values depend on, themselves included; its wiring, plain numbers last; where the Values are."""
    values = list({id(root): root for root in roots}.values())
    place = {id(value): i for i, value in enumerate(values)}
    seen, columns, plain = place.get, (list[int](), list[int]()), list[float]()
    left, right = columns
    for value in values:  # which grows; all in one go, since it is reaching the Values that takes the time
        for operand, column in ((value.b, right), (value.a, left)):
            if operand is None:
                column.append(NOTHING)
            elif operand.__class__ is float:
                plain.append(operand)
                column.append(NOTHING - len(plain))
            else:
                at = seen(id(operand))
                if at is None:
                    at = place[id(operand)] = len(values)
                    values.append(operand)  # type: ignore[arg-type]  # a Value, since it is no float
                column.append(at)
    order, moved = _levels(values)
    ordered = [values[i] for i in order.tolist()]
    operands = [_placed(np.array(column, dtype=np.int64)[order], moved, len(plain)) for column in columns]
    return ordered, _wiring(ordered, operands, plain), [int(moved[place[id(root)]]) for root in roots]


def _levels(values: Sequence[Value]) -> tuple[Ints, Ints]:
    """The order level by level, and in each what was found last, and so made first, first; and where each then is."""
    level = np.array([value.level for value in values], dtype=np.int64)
    order = len(values) - 1 - np.argsort(level[::-1], kind="stable")
    moved = np.empty_like(order)
    moved[order] = np.arange(len(values))
    return order, moved


def _placed(operands: Ints, moved: Ints, plain: int) -> Ints:
    """Where operands then are, plain numbers behind the Values; these have none themselves."""
    number = len(moved) + NOTHING - 1 - operands
    found = np.where(operands >= 0, moved[operands], np.where(operands < NOTHING, number, NOTHING))
    return np.concatenate([found, np.full(plain, NOTHING)])


def _wiring(values: Sequence[Value], operands: Sequence[Ints], plain: Sequence[float]) -> Wiring:
    ops, code = _coded([value.op for value in values])
    return Wiring(
        ops=ops,
        code=np.array([*code, *[NOTHING] * len(plain)], dtype=np.int64),
        left=operands[0],
        right=operands[1],
        data=np.array([*[value.data for value in values], *plain], dtype=np.float64),
    )


def _coded(ops: Sequence[Op | None]) -> tuple[tuple[Op, ...], list[int]]:
    """The operations that occur, and per node the place of its own among them."""
    table = {op: i for i, op in enumerate(dict.fromkeys([None, *ops]), NOTHING)}
    return tuple([op for op in table if op is not None]), [table[op] for op in ops]

"""A graph as columns of numbers: which operation made each node, of which others, and what number came out.

It is what the array programs are made from: less than a recording (no names, no places, no pass), so that a loop that
is recorded again and again does not pay for what it never looks at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

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


def of_recording(recording: Recording) -> Wiring:
    """The wiring of a recording: node for node."""
    nodes, first = recording.nodes, np.array(recording.first, dtype=np.int64)
    place: dict[Op | None, int] = {None: NOTHING}
    code = [place.setdefault(op, len(place) - 1) for op in nodes.op]
    source = np.array([*recording.edges.source, NOTHING], dtype=np.int64)
    count = np.diff(first)
    return Wiring(
        ops=_table(place),
        code=np.array(code, dtype=np.int64),
        left=np.where(count > 0, source[first[:-1]], NOTHING),
        right=np.where(count > 1, source[np.minimum(first[:-1] + 1, len(source) - 1)], NOTHING),
        data=np.array(nodes.data, dtype=np.float64),
    )


def of_values(values: Sequence[Value]) -> Wiring:
    """The wiring of Values, operands before results: each at its place, and behind them the plain numbers they use."""
    place: dict[Op | None, int] = {None: NOTHING}
    where: dict[int, int] = {id(value): i for i, value in enumerate(values)}
    data = [value.data for value in values]
    columns: list[list[int]] = []
    for operands in ([value.a for value in values], [value.b for value in values]):
        column = []
        for operand in operands:
            if operand is None:
                column.append(NOTHING)
            elif isinstance(operand, Value):
                column.append(where[id(operand)])
            else:
                column.append(len(data))
                data.append(operand)
        columns.append(column)
    code = [place.setdefault(value.op, len(place) - 1) for value in values]
    plain = [NOTHING] * (len(data) - len(values))
    left, right = (np.array(column + plain, dtype=np.int64) for column in columns)
    return Wiring(_table(place), np.array(code + plain, dtype=np.int64), left, right, np.array(data, dtype=np.float64))


def _table(place: dict[Op | None, int]) -> tuple[Op, ...]:
    return tuple([op for op in place if op is not None])

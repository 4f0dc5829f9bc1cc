"""A function of two numbers over the plane: what a net has learned, as a picture.

The function is called once, on two leaves. What it builds is then computed at all points side by side, with the numbers
that the other leaves hold at that moment: training moves only those, so one program does for all pictures.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.explain.figures import shorten
from engine.language.errors import JSON
from engine.live.plane import Plane
from engine.replay.spread import Spread
from engine.replay.wiring import of_values
from engine.value import Value

EVERY = 3  # a neuron's own picture takes one point in so many, each way
LONGEST = 80  # letters of a neuron's name
NEURONS = 128  # whose pictures are sent at once


class Field:
    """A function of two numbers, to be evaluated over a part of the plane as often as its parameters have moved."""

    def __init__(self, name: str, inputs: tuple[Value, Value], outputs: Sequence[Value], plane: Plane) -> None:
        self.name = name
        self.plane = plane
        values, wiring, (x, y, *answers) = of_values([*inputs, *outputs])
        held = [at for at, value in enumerate(values) if value.op is None and at not in (x, y)]
        self._leaves = [values[at] for at in held]
        self._outputs = len(outputs)
        self._neurons = neurons(values)
        self._spread = Spread(wiring, [x, y], held, [*answers, *self._neurons], plane.size**2)
        self._spread.moving[:] = plane.points()

    def describe(self) -> dict[str, JSON]:
        """The function over the plane now, and what each neuron answers there; of many outputs which is largest."""
        self._spread.held[:] = [leaf.data for leaf in self._leaves]
        size, numbers = self.plane.size, self._spread()
        rows, squares = numbers[: self._outputs], numbers[self._outputs :].reshape(-1, size, size)
        middle = slice(EVERY // 2, size, EVERY)
        return {
            "name": self.name,
            "x": list(self.plane.x),
            "y": list(self.plane.y),
            "size": size,
            "outputs": len(rows),
            "values": packed(rows[0] if len(rows) == 1 else np.argmax(rows, axis=0)),
            "neurons": [
                {"name": name, "size": len(range(size)[middle]), "values": packed(square[middle, middle])}
                for name, square in zip(self._neurons.values(), squares, strict=True)
            ],
        }


def packed(numbers: NDArray[np.generic]) -> str:
    """Numbers as little-endian floats of 32 bits, in base64."""
    with np.errstate(over="ignore"):  # what is too large for 32 bits is infinite
        return b64encode(np.ascontiguousarray(numbers, dtype="<f4").tobytes()).decode()


def neurons(values: Iterable[Value]) -> dict[int, str]:
    """The answers of the first neurons, by place: the last node made inside each, under its parameters' name."""
    answers: dict[int, tuple[int, int]] = {}  # by scope: when it was made, and where it stands
    names: dict[int, str] = {}
    for at, value in enumerate(values):
        scope = value.origin[1] if value.origin else None
        if value.op is None or value.origin is None or scope is None or scope[0] != "neuron":
            continue
        answers[id(scope)] = value.origin[2], at
        for operand in value.operands:
            if isinstance(operand, Value) and operand.op is None and operand.label:
                names.setdefault(id(scope), shorten(operand.label.rpartition(".")[0], LONGEST))
    in_order = sorted((made, at, names.get(scope, "")) for scope, (made, at) in answers.items())
    return {at: name for _, at, name in in_order[:NEURONS]}

"""A function of two numbers over the plane: what a net has learned, as a picture.

The function is called once, on two leaves. What it builds is then evaluated with an array in place of each of the two,
and with the numbers that the other leaves hold at that moment: training moves only those, so one graph does for all
pictures.
"""

from base64 import b64encode
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.explain.figures import shorten
from engine.formula import Function, Number
from engine.language.errors import JSON
from engine.live.plane import Plane
from engine.replay.rules import rule
from engine.value import Value

Step = tuple[int, Function, tuple[int, ...], tuple[int, ...]]  # a result, its rule, its operands, which are used up

EVERY = 3  # a neuron's own picture takes one point in so many, each way
LONGEST = 80  # letters of a neuron's name
NEURONS = 128  # whose pictures are sent at once


class Field:
    """A function of two numbers, to be evaluated over a part of the plane as often as its parameters have moved."""

    def __init__(self, name: str, inputs: tuple[Value, Value], outputs: Sequence[Value], plane: Plane) -> None:
        self.name = name
        self.plane = plane
        values = history(outputs)
        place = {id(value): at for at, value in enumerate(values)}
        self._leaves = [(at, value) for at, value in enumerate(values) if value.op is None]
        self._points = [
            (place[id(one)], row) for one, row in zip(inputs, plane.points(), strict=True) if id(one) in place
        ]
        self._outputs = [place[id(value)] for value in outputs]
        self._neurons = neurons(values)
        self._numbers, self._steps = compiled(values, place, {*self._outputs, *self._neurons})

    def describe(self) -> dict[str, JSON]:
        """The function over the plane now, and what each neuron answers there; of many outputs which is largest."""
        numbers, size = self._run(), self.plane.size
        rows = [np.broadcast_to(numbers[at], size * size) for at in self._outputs]
        middle = slice(EVERY // 2, size, EVERY)
        squares = {
            name: np.broadcast_to(numbers[at], size * size).reshape(size, size) for at, name in self._neurons.items()
        }
        return {
            "name": self.name,
            "x": list(self.plane.x),
            "y": list(self.plane.y),
            "size": size,
            "outputs": len(rows),
            "values": packed(rows[0] if len(rows) == 1 else np.argmax(rows, axis=0)),
            "neurons": [
                {"name": name, "size": len(range(size)[middle]), "values": packed(square[middle, middle])}
                for name, square in squares.items()
            ],
        }

    def _run(self) -> list[Number]:
        """The numbers of what is shown."""
        numbers = list(self._numbers)
        with np.errstate(all="ignore"):
            for at, leaf in self._leaves:
                numbers[at] = np.float32(leaf.data)
            for at, row in self._points:
                numbers[at] = row
            for at, forward, operands, over in self._steps:
                numbers[at] = forward(*[numbers[operand] for operand in operands])
                for operand in over:  # the memory that comes back is still near the processor
                    numbers[operand] = None
        return numbers


def packed(numbers: NDArray[np.generic]) -> str:
    """Numbers as little-endian floats of 32 bits, in base64."""
    return b64encode(np.ascontiguousarray(numbers, dtype="<f4").tobytes()).decode()


def history(outputs: Sequence[Value]) -> list[Value]:
    """Everything that the outputs depend on, operands before results."""
    return list({id(value): value for output in outputs for value in output.history()}.values())


def compiled(values: Sequence[Value], place: dict[int, int], kept: set[int]) -> tuple[list[Number], list[Step]]:
    """The numbers that stay as they are, with room for the others; and the operations, each with what it uses up."""
    numbers: list[Number] = [None] * len(values)
    found: list[tuple[int, Function, tuple[int, ...]]] = []
    for at, value in enumerate(values):
        if value.op is None:
            continue
        operands = []
        for operand in value.operands:
            if isinstance(operand, Value):
                operands.append(place[id(operand)])
            else:
                operands.append(len(numbers))
                numbers.append(np.float32(operand))
        found.append((at, rule(value.op).forward, tuple(operands)))
    last = {operand: at for at, _, operands in found for operand in operands}
    return numbers, [
        (at, forward, operands, tuple(one for one in {*operands} if last[one] == at and one not in kept))
        for at, forward, operands in found
    ]


def neurons(values: Sequence[Value]) -> dict[int, str]:
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

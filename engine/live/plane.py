"""A part of the plane: where a function of two numbers is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.language.values import VALUES, Thing

Grid = NDArray[np.float32]
Range = tuple[float, float]

SIZE = 60  # points along each axis
MARGIN = 0.15  # around the data, of its width
UNKNOWN: Range = (-2.0, 2.0)  # where there are no data
POINTS = 2_000  # of the data, looked at for its width
FAR = 1e30  # further out 32 bits say nothing


@dataclass(frozen=True, slots=True)
class Plane:
    """Two ranges, and how many points each has."""

    x: Range
    y: Range
    size: int = SIZE

    def points(self) -> tuple[Grid, Grid]:
        """The two coordinates of all points, row by row from the lowest y."""
        xs, ys = (np.linspace(*ends, self.size, dtype=np.float32) for ends in (self.x, self.y))
        columns, rows = np.meshgrid(xs, ys)
        return columns.ravel(), rows.ravel()


def around(variables: Mapping[str, Thing], size: int = SIZE) -> Plane:
    """The part of the plane that the first list of points among the variables takes, with a margin."""
    found = next((points for thing in variables.values() if (points := _points(thing))), None)
    if found is None:
        return Plane(UNKNOWN, UNKNOWN, size)
    return Plane(_widened([x for x, _ in found]), _widened([y for _, y in found]), size)


def _widened(numbers: Sequence[float]) -> Range:
    low, high = min(numbers), max(numbers)
    margin = MARGIN * (high - low) or 1.0
    return low - margin, high + margin


def _points(thing: Thing) -> list[tuple[float, float]]:
    """A list's pairs of numbers; none if there is anything else in it."""
    if not isinstance(thing, list) or len(thing) < 2:
        return []
    shown = thing[:POINTS]
    pairs = [(_number(one[0]), _number(one[1])) for one in shown if isinstance(one, list | tuple) and len(one) == 2]
    return [(x, y) for x, y in pairs if x is not None and y is not None] if len(pairs) == len(shown) else []


def _number(thing: Thing) -> float | None:
    number = thing.data if thing.__class__ in VALUES else thing
    return float(number) if isinstance(number, float | int) and abs(number) < FAR else None

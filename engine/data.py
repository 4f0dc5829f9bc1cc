"""Small data sets to learn from: a list of points [x, y], and a list of their labels.

`moons`, `circles` and `spiral` label their two classes -1.0 and 1.0, as `hinge` and a tanh want them; `blobs` gives the
number of the class, 0, 1 or 2, as `cross_entropy` wants it; `xor` gives its truth table. Classes take turns, so the
first half of a set is balanced, too. `noise` is the standard deviation of what is added to both coordinates.
"""

import math
import operator
import random
from collections.abc import Callable
from typing import Protocol, SupportsIndex, TypeVar

from engine.value import Value

Point = list[float]
Place = Callable[[int, float], tuple[float, float]]  # the class, and how far along its curve, from 0 up to 1
Label = TypeVar("Label", int, float)


class Noise(Protocol):
    """Where noise comes from: Python's `random`, or a `random.Random` of one's own."""

    def gauss(self, mu: float, sigma: float, /) -> float:
        """A number from a normal distribution."""


def xor() -> tuple[list[Point], list[float]]:
    """The truth table of "one or the other, but not both"."""
    return [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [0.0, 1.0, 1.0, 0.0]


def moons(
    n: SupportsIndex = 100, noise: Value | float = 0.1, *, rng: Noise = random
) -> tuple[list[Point], list[float]]:
    """Two half circles that reach into each other."""

    def place(kind: int, t: float) -> tuple[float, float]:
        x, y = math.cos(math.pi * t), math.sin(math.pi * t)
        return (1 - x, 0.5 - y) if kind else (x, y)

    return _scatter(n, noise, place, SIDES, rng)


def circles(
    n: SupportsIndex = 100, noise: Value | float = 0.1, *, rng: Noise = random
) -> tuple[list[Point], list[float]]:
    """A circle of radius 1/2 inside one of radius 1."""
    return _scatter(n, noise, lambda kind, t: _polar(0.5 if kind else 1.0, t), SIDES, rng)


def spiral(
    n: SupportsIndex = 100, noise: Value | float = 0.1, *, rng: Noise = random
) -> tuple[list[Point], list[float]]:
    """Two arms that turn around each other, from the centre out to radius 1."""
    return _scatter(n, noise, lambda kind, t: _polar(t, 1.75 * t + kind / 2), SIDES, rng)


def blobs(n: SupportsIndex = 100, noise: Value | float = 0.3, *, rng: Noise = random) -> tuple[list[Point], list[int]]:
    """Three clouds around points at distance 1 from the centre."""
    return _scatter(n, noise, lambda kind, t: _polar(1.0, kind / 3), (0, 1, 2), rng)


SIDES = (-1.0, 1.0)


def _polar(radius: float, turn: float) -> tuple[float, float]:
    """A place by its distance from the centre, and the part of a full turn to go there."""
    return radius * math.cos(math.tau * turn), radius * math.sin(math.tau * turn)


def _scatter(
    n: SupportsIndex, noise: Value | float, place: Place, labels: tuple[Label, ...], rng: Noise
) -> tuple[list[Point], list[Label]]:
    """Put `n` points evenly on the classes' curves, in turns, and shake them."""
    count, sigma = _count(n), Value(noise).data
    if not 0 <= sigma < math.inf:
        raise ValueError("the noise is a number from 0")
    rows = -(-count // len(labels))
    kinds = [i % len(labels) for i in range(count)]
    places = [place(kind, i // len(labels) / rows) for i, kind in enumerate(kinds)]
    points = [[x + rng.gauss(0.0, sigma), y + rng.gauss(0.0, sigma)] for x, y in places]
    return points, [labels[kind] for kind in kinds]


def _count(n: SupportsIndex) -> int:
    try:
        count = operator.index(n)
    except TypeError:
        count = 0
    if count < 1:
        raise ValueError("the number of points is a whole number from 1")
    return count

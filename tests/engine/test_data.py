import math
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from engine.data import blobs, circles, moons, spiral, xor
from engine.leaf import Input
from engine.value import Value

Make = Callable[..., tuple[list[list[float]], list[Any]]]
SETS: list[tuple[Make, tuple[float, ...]]] = [
    (moons, (-1.0, 1.0)),
    (circles, (-1.0, 1.0)),
    (spiral, (-1.0, 1.0)),
    (blobs, (0, 1, 2)),
]


@pytest.mark.parametrize(("make", "labels"), SETS)
def test_a_set_has_as_many_points_as_asked_for_and_its_classes_take_turns(
    make: Make, labels: tuple[float, ...]
) -> None:
    points, found = make(61, 0.1, rng=random.Random(1))
    assert len(points) == len(found) == 61
    assert all(len(point) == 2 and all(map(math.isfinite, point)) for point in points)
    assert found[: len(labels)] == list(labels)
    assert max(Counter(found).values()) - min(Counter(found).values()) <= 1


@pytest.mark.parametrize(("make", "labels"), SETS)
def test_the_same_seed_gives_the_same_set(make: Make, labels: tuple[float, ...]) -> None:
    del labels
    assert make(20, 0.2, rng=random.Random(3)) == make(20, 0.2, rng=random.Random(3))
    assert make(20, 0.2, rng=random.Random(3)) != make(20, 0.2, rng=random.Random(4))
    random.seed(3)
    assert make(20, 0.2) == make(20, 0.2, rng=random.Random(3))


@pytest.mark.parametrize(("make", "labels"), SETS)
def test_noise_is_the_deviation_of_both_coordinates(make: Make, labels: tuple[float, ...]) -> None:
    del labels
    exact, _ = make(3000, 0)
    noisy, _ = make(3000, 0.2, rng=random.Random(6))
    for axis in (0, 1):
        off = [point[axis] - place[axis] for point, place in zip(noisy, exact, strict=True)]
        assert math.sqrt(sum(x * x for x in off) / len(off)) == pytest.approx(0.2, rel=0.05)


def test_without_noise_the_points_lie_on_their_curves() -> None:
    for (x, y), label in zip(*moons(40, 0), strict=True):
        centre = (0.0, 0.0) if label < 0 else (1.0, 0.5)
        assert math.dist((x, y), centre) == pytest.approx(1.0)
        assert (y >= centre[1] - 1e-12) == (label < 0) or y == pytest.approx(centre[1])
    for point, label in zip(*circles(40, 0), strict=True):
        assert math.hypot(*point) == pytest.approx(1.0 if label < 0 else 0.5)
    points, kinds = blobs(9, 0)
    assert len({(round(x, 9), round(y, 9)) for x, y in points}) == len(set(kinds)) == 3


def test_the_arms_of_the_spiral_are_opposite() -> None:
    points, labels = spiral(40, 0)
    assert labels[0::2] == [-1.0] * 20
    for (x, y), (u, v) in zip(points[0::2], points[1::2], strict=True):
        assert (x, y) == pytest.approx((-u, -v))


def test_xor_is_its_truth_table() -> None:
    points, labels = xor()
    assert [float(bool(a) != bool(b)) for a, b in points] == labels
    assert len(points) == 4


def test_an_input_is_taken_as_its_number() -> None:
    assert len(moons(Input(6), Value(0.5))[0]) == 6


@pytest.mark.parametrize("n", [0, -3, 2.5])
def test_the_number_of_points_is_whole(n: Any) -> None:  # noqa: ANN401
    with pytest.raises(ValueError, match="a whole number from 1"):
        moons(n)


@pytest.mark.parametrize("noise", [-0.1, math.inf, math.nan])
def test_noise_is_not_negative(noise: float) -> None:
    with pytest.raises(ValueError, match="a number from 0"):
        spiral(4, noise)

"""What `make differential` compares, and that a difference would be noticed."""

import pytest

from tests.differential import __main__ as differential
from tests.differential.__main__ import MISTAKEN, Compared, compare, worst, written


def test_a_few_are_the_same() -> None:
    found = Compared()
    for number in range(12):
        compare(number, found)
    assert (found.programs, found.differing) == (12, [])
    assert found.gradients > 0


def test_a_number_means_one_program() -> None:
    assert written(5) == written(5)
    assert len({written(number) for number in range(4 * MISTAKEN)}) == 4 * MISTAKEN


def test_a_gradient_that_is_off_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "a = 3.0\nb = a * a\nb.backward()"
    assert worst(source) == 0.0
    monkeypatch.setattr(differential, "gradients", lambda _: [6.6])
    assert worst(source) == pytest.approx(0.6 / 6.6)
    found = Compared()
    monkeypatch.setattr(differential, "written", lambda _: source)
    compare(7, found)
    assert found.differing == ["7: a gradient is off by 9.1e-02"]


def test_a_program_that_differs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differential, "disagreement", lambda _: ["printed: 1 here, 2 in CPython"])
    found = Compared()
    compare(3, found)
    assert found.differing == ["3: printed: 1 here, 2 in CPython"]


MOVED = "a, b = Value(1.0), Value(0.5)\nc = a % b\na.data = 0.5"  # the same result, another slope


@pytest.mark.parametrize("source", ["x = nowhere", "a = 0.0\nb = log(a)\nb.backward()", "print(1)", MOVED])
def test_what_cannot_be_compared_is_left_out(source: str) -> None:
    assert worst(source) is None

import ast
import math

import numpy as np
import pytest

from engine.formula import function, number, parsed

NAMES = {"np.exp": np.exp, "np.where": np.where, "pi": math.pi, "np.pi": math.pi}
FORMULAS = (
    "x + 2 * y",
    "-x ** 2 / (y - 3)",
    "+x // y % 2",
    "np.exp(-x) * pi - np.pi",
    "1 if x < y else -1 if x == y else x * y",
    "2 if x > 0 and y > 0 else 3",
    "2 if x > 0 or y >= 1 else 3",
    "2 if -1 <= x <= 1 != y else 3",
    "2 if not x else 3",
    "np.where(x <= y, x, y)",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_says_of_arrays_what_python_says_of_each_number(text: str) -> None:
    xs, ys = np.array([-2.0, 0.0, 0.5, 2.0]), np.array([1.0, -1.5, 0.5, 1.0])
    compute = function(parsed(text), ("x", "y"), NAMES.__getitem__)
    expected = [
        float(eval(text, {"np": np, "pi": math.pi}, {"x": x, "y": y}))  # noqa: S307 - our own text, Python as oracle
        for x, y in zip(xs.tolist(), ys.tolist(), strict=True)
    ]
    assert np.broadcast_to(compute(xs, ys), 4).tolist() == pytest.approx(expected, rel=1e-15)
    assert [float(compute(x, y)) for x, y in zip(xs, ys, strict=True)] == pytest.approx(expected, rel=1e-15)


def test_of_a_conditional_only_the_sides_that_are_taken_are_computed() -> None:
    calls: list[str] = []

    def told(name: str) -> object:
        def side(x: object) -> object:
            calls.append(name)
            return x

        return side

    compute = function(parsed("left(x) if x > 0 else right(x)"), ("x",), told)
    assert compute(np.array([1.0, 2.0])).tolist() == [1.0, 2.0]
    assert calls == ["left"]
    assert compute(np.array([-1.0, 2.0])).tolist() == [-1.0, 2.0]
    assert calls == ["left", "left", "right"]


@pytest.mark.parametrize("text", ["x.y()[0]", "[x]", "lambda: x", "f'{x}'", "'x'", "f(x, k=1)", "(y := x)"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a formula"):
        function(parsed(text), ("x",), lambda name: abs)


@pytest.mark.parametrize(("text", "expected"), [("2", 2.0), ("-0.5", -0.5), ("x", None), ("1 + 1", None)])
def test_a_number_is_known_as_one(text: str, expected: float | None) -> None:
    assert number(ast.parse(text, mode="eval").body) == expected

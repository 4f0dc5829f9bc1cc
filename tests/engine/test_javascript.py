"""The rules in JavaScript: what they compute there is what the engine computes here."""

import ast
import math
from functools import cache
from itertools import product

import pytest

from engine.javascript import module, script
from engine.op import Op
from engine.ops import OPS
from tests.each import each
from tests.node import node

Point = tuple[float, ...]
EXACT = {"add", "sub", "mul", "div", "neg", "pos", "relu", "leaky_relu", "max", "min", "abs", "sign", "step"}
EXACT |= {"floor", "floordiv", "mod", "sqrt"}  # nothing in them is rounded otherwise than by IEEE
FINITE = (0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -3.0, 0.1, 0.3, 7.25, -40.0, 40.0, 800.0, -800.0, 1e-9, 1e300, -1e-300)
EDGES = (*FINITE, math.inf, -math.inf, math.nan)


def points(op: Op) -> list[Point]:
    kinks = op.kink.points if op.kink else ()
    return [*op.samples, *kinks, *product(EDGES, repeat=len(op.params))]


@cache
def answers() -> dict[tuple[str, str], list[float]]:
    """By operation and operands: result and slopes, as the page computes them."""
    rows = [(op.name, point) for op in OPS.values() for point in points(op)]
    said = node("rules.mjs", [[name, [repr(x).replace("inf", "Infinity") for x in point]] for name, point in rows])
    assert isinstance(said, list)
    return {
        (name, repr(point)): [float(text) for text in texts] for (name, point), texts in zip(rows, said, strict=True)
    }


def engine(op: Op, point: Point) -> list[float]:
    z = op.forward(*point)
    return [z, *(slope(*point, z) for slope in op.slopes)]


def close(ours: float, theirs: float, tolerance: float) -> bool:
    return math.isclose(ours, theirs, rel_tol=tolerance, abs_tol=tolerance) or (math.isnan(ours) and math.isnan(theirs))


@each("op", OPS.values())
def test_the_page_computes_what_the_engine_does(op: Op) -> None:
    """At samples, kinks, poles, and with NaN, infinities and signed zeros."""
    for point in points(op):
        page, here = answers()[op.name, repr(point)], engine(op, point)
        if op.name in EXACT:
            assert list(map(repr, page)) == list(map(repr, map(float, here))), point
        else:
            assert all(close(x, y, 1e-12) for x, y in zip(page, here, strict=True)), (point, page, here)


@each("op", OPS.values())
def test_inside_the_domain_it_is_as_exact_as_numbers_allow(op: Op) -> None:
    for point in op.samples:
        page, here = answers()[op.name, repr(point)], engine(op, point)
        assert page == pytest.approx(here, rel=1e-13, abs=1e-300)


@pytest.mark.parametrize(
    ("python", "javascript"),
    [
        ("a - (b - c)", "a - (b - c)"),
        ("a - b - c", "a - b - c"),
        ("(a + b) * -c", "(a + b) * -c"),
        ("-(a + b)", "-(a + b)"),
        ("- -a", "-(-a)"),
        ("(a if b > c else d) + 1", "(b > c ? a : d) + 1"),
        ("a if b == 0 and c != 1 or d <= 2 else e", "b === 0 && c !== 1 || d <= 2 ? a : e"),
        ("a and (b or c)", "a && (b || c)"),
        ("f(a, b + c) / d", "f(a, b + c) / d"),
    ],
)
def test_brackets_stand_where_they_are_needed(python: str, javascript: str) -> None:
    assert script(ast.parse(python, mode="eval").body) == javascript


def test_what_javascript_writes_otherwise_is_refused() -> None:
    with pytest.raises(KeyError):
        script(ast.parse("a ** b", mode="eval").body)


def test_every_operation_has_its_rule() -> None:
    text = module()
    assert all(f"\n  {name}: {{\n" in text for name in OPS)

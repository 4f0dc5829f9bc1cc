"""The record itself: it refuses to contradict itself, can be called, and can be sent."""

import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from engine.op import LANGUAGES, SCRIPT, SHEET, TARGETS, Condition, Kink, Op, everywhere
from engine.ops import OPS
from tests.each import each

POSITIVE = Condition("x > 0", lambda x: x > 0)
TWICE = Op(
    name="twice",
    params=("x",),
    symbol="2·",
    forward=lambda x: x + x,
    slopes=(lambda x, z: 2.0,),
    formula="x + x",
    derivatives=("2",),
    latex="2 {x}",
    samples=((1.0,), (3.0,)),
    domain=POSITIVE,
    kink=Kink(where=Condition("x == 5", lambda x: x == 5), convention="none really", points=((5.0,),)),
)
CONTRADICTIONS: list[tuple[str, Callable[[], Op]]] = [
    ("needs one slope per operand", lambda: replace(TWICE, slopes=TWICE.slopes * 2)),
    ("needs one derivative text per operand", lambda: replace(TWICE, derivatives=())),
    ("needs sample points", lambda: replace(TWICE, samples=())),
    ("has a point of the wrong length", lambda: replace(TWICE, samples=((1.0, 2.0),), domain=None)),
    ("has a sample outside its domain", lambda: replace(TWICE, samples=((1.0,), (-1.0,)))),
    ("has a kink point that is none", lambda: replace(TWICE, kink=replace_points(TWICE, ((4.0,),)))),
    ("must be spelled in all languages or in none", lambda: replace(TWICE, spellings={"torch": "2 * {x}"})),
    ("has LaTeX or a spelling without its operands", lambda: replace(TWICE, latex="2 x")),
    ("has LaTeX or a spelling without its operands", lambda: replace(TWICE, spellings=everywhere("2 * x"))),
]


def replace_points(op: Op, points: tuple[tuple[float, ...], ...]) -> Kink | None:
    return op.kink and replace(op.kink, points=points)


class Pair:
    """What remembers what was done to it."""

    def __trace__(self, op: Op, operands: tuple[object, ...]) -> object:
        return op, operands


@pytest.mark.parametrize(("problem", "make"), CONTRADICTIONS, ids=[problem for problem, _ in CONTRADICTIONS])
def test_a_record_that_contradicts_itself_is_refused(problem: str, make: Callable[[], Op]) -> None:
    with pytest.raises(ValueError, match=f"^the record of twice {problem}$"):
        make()


def test_all_contradictions_are_named_at_once() -> None:
    with pytest.raises(ValueError, match="needs one slope per operand, needs one derivative text per operand"):
        replace(TWICE, slopes=(), derivatives=())


def test_a_record_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        TWICE.name = "thrice"  # type: ignore[misc]


@pytest.mark.parametrize("x", [3, 3.0, True, np.float64(3.0), np.float32(3.0), np.int64(3), Fraction(7, 2)], ids=repr)
def test_numbers_give_a_float(x: float) -> None:
    z = TWICE(x)
    assert type(z) is float
    assert z == 2 * x


@pytest.mark.parametrize("x", ["3", None, 3j, [3.0], np.array(3.0), Decimal(3)], ids=repr)
def test_what_is_no_number_is_refused(x: object) -> None:
    with pytest.raises(TypeError, match=f"^twice takes numbers, not {type(x).__name__}$"):
        TWICE(x)


def test_what_is_traced_takes_over_in_either_place() -> None:
    pair, add = Pair(), OPS["add"]
    assert add(1, pair) == (add, (1, pair))
    assert add(pair, 1) == (add, (pair, 1))


def test_domain_and_kink_are_asked_of_numbers() -> None:
    assert (TWICE.defined(1.0), TWICE.defined(-1.0), TWICE.defined(float("nan"))) == (True, False, True)
    assert (TWICE.kinked(5.0), TWICE.kinked(4.0)) == (True, False)
    free = replace(TWICE, domain=None, kink=None)
    assert (free.defined(-1.0), free.kinked(5.0)) == (True, False)


def test_a_shared_spelling_names_each_library_its_own_way() -> None:
    assert everywhere("{lib}.f({x})") == {
        "torch": "torch.f({x})",
        "jax": "jnp.f({x})",
        "numpy": "np.f({x})",
        "javascript": "Math.f({x})",
        "spreadsheet": "sheet.f({x})",
    }
    assert everywhere("{x} + {y}").keys() == LANGUAGES.keys() == {*TARGETS, SCRIPT, SHEET}


def test_a_record_is_described_as_plain_data() -> None:
    assert TWICE.describe() == {
        "name": "twice",
        "params": ["x"],
        "symbol": "2·",
        "formula": "x + x",
        "derivatives": {"x": "2"},
        "latex": "2 x",
        "domain": "x > 0",
        "kink": {"where": "x == 5", "convention": "none really", "points": [[5.0]]},
        "samples": [[1.0], [3.0]],
        "spellings": {},
    }


@each("op", OPS.values())
def test_every_description_is_strict_json_and_comes_back_as_it_was(op: Op) -> None:
    described = op.describe()
    assert json.loads(json.dumps(described, allow_nan=False)) == described
    assert described["latex"] == op.latex.format(x="x", y="y")

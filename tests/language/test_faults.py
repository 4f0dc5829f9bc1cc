"""Faults get the innermost place, Python's own exceptions our words; what was not foreseen stays what it is."""

import ast

import pytest

from engine.language.faults import HOST, Fault, nearest, placed, translated
from engine.language.limits import BUDGETS

INNER, OUTER = ast.parse("f(x)").body[0], ast.parse("\ng(y)").body[0]


def test_the_innermost_place_stays() -> None:
    fault = placed(placed(Fault("type", "no"), INNER), OUTER)
    assert fault.node is INNER


@pytest.mark.parametrize("kind", HOST)
def test_an_exception_of_python_is_told_in_our_words(kind: type[Exception]) -> None:
    fault = placed(kind("Python's own text"), INNER)
    assert (fault.code, fault.node) == (HOST[kind][0], INNER)
    assert "Python" not in fault.message


@pytest.mark.parametrize("error", [RecursionError(), MemoryError()])
def test_what_is_too_deep_or_too_large_names_a_budget(error: Exception) -> None:
    assert translated(error).limit in BUDGETS


@pytest.mark.parametrize("error", [TypeError("x"), KeyError("x"), AttributeError("x")])
def test_what_was_not_foreseen_is_a_mistake_of_ours(error: Exception) -> None:
    with pytest.raises(type(error)):
        translated(error)


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("tahn", ["tan", "tanh", "atan"], "tanh"),
        ("appned", ["append", "upper"], "append"),
        ("Tanh", ["tanh", "atanh"], "tanh"),
        ("lenght", ["length", "len"], "length"),
        ("zzz", ["tanh"], None),
        ("x", [], None),
        ("a" * 100_000, ["a"], None),
        ("x", [1, None, (2,)], None),
    ],
)
def test_the_nearest_name_is_guessed(name: str, known: list[str], meant: str | None) -> None:
    assert nearest(name, known) == meant

"""Mistakes are put in, one at a time, and they matter."""

import ast

import pytest

from tests.mutation.__main__ import AREAS, drawn
from tests.mutation.mutants import CHANGES, mutants, mutated
from tests.mutation.trial import ROOT

SOURCE = '''
"""A text."""
def f(x: int = 3) -> int | None:
    """Another."""
    if x > 1 and not x < 0:
        raise ValueError(f"no {x}")
    x += 2
    return x * 5
'''


def test_every_kind_of_mistake_is_made_and_each_is_another_program() -> None:
    found = list(mutants(SOURCE))
    assert {one.change for one in found} == set(CHANGES)
    texts = [ast.unparse(mutated(SOURCE, one)) for one in found]
    assert len(set(texts)) == len(texts)
    assert ast.unparse(ast.parse(SOURCE)) not in texts


def test_texts_and_hints_stay() -> None:
    for one in mutants(SOURCE):
        text = ast.unparse(mutated(SOURCE, one))
        assert text.count("text") == 1
        assert "-> int | None" in text


def test_a_mistake_of_another_text_is_refused() -> None:
    relation = next(one for one in mutants(SOURCE) if one.change == "another relation")
    with pytest.raises(ValueError, match="another relation"):
        mutated("\n" * 3 + "def f():\n    return [1, [2, [3, [4, [5, 6]]]]], 7, 8, 9\n", relation)


@pytest.mark.parametrize("area", AREAS)
def test_the_mistakes_that_are_drawn_are_always_the_same(area: str) -> None:
    for path in AREAS[area].modules:
        assert drawn(path, 3) == drawn(path, 3)
        assert drawn(path, 3), path
    assert not [one for one in AREAS[area].tests if not (ROOT / one).is_file()]

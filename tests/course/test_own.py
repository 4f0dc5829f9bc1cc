"""The chapters in which the class is written: the watched engine is told what is asked, and the solution is right."""

import json
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from app.course.chapter import Chapter
from app.course.courses import course_in
from engine.document import run

CHAPTERS = [one for one in course_in("en").values() if one.slug.startswith("own-")]
OPERATORS = [one for one in CHAPTERS if "def __add__" in one.source or "def __mul__" in one.source]
WHOLE = {"own-neuron"}  # there the engine is right from the start, and the neuron is not


def own(source: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(run(msgspec.json.encode({"verb": "own", "source": source}))[1:])["engine"]


def test_there_are_eight_small_steps() -> None:
    assert len(CHAPTERS) == 8
    assert len(OPERATORS) == 7


@pytest.mark.parametrize("chapter", OPERATORS, ids=lambda one: one.slug)
def test_the_engine_of_a_chapter_is_wrong_and_that_of_its_solution_right(chapter: Chapter) -> None:
    assert own(chapter.source)["right"] == (chapter.slug in WHOLE)
    assert own(chapter.solution or "")["right"]
    assert not own(chapter.solution or "")["causes"]


def test_each_chapter_goes_on_from_the_one_before() -> None:
    for before, chapter in pairwise(OPERATORS):
        kept = [line for line in chapter.source.splitlines() if line.strip()]
        known = [line for line in (before.solution or "").splitlines() if line.startswith("    def")]
        dropped = {"    def __add__(self, other):"} if chapter.slug == "own-tanh" else set()
        assert {*known} - dropped <= {*kept}

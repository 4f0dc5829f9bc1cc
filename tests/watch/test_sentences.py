"""Findings in words: every template is used, fits its language's twin, and leaves no place empty."""

import re

import pytest

from engine.explain.templates import LANGUAGES, words
from engine.watch.findings import Finding
from engine.watch.sentences import FOLDER, sentence, template
from tests.watch.dresses import DRESSES, PROGRAM
from tests.watch.looking import look
from tests.watch.mutants import mutants

FIRST = {one.cause: one for one in mutants() if one.dress == DRESSES[0].name and "at 0" not in one.change}
UNLINKED = DRESSES[0].source().replace("'tanh')", "'tanh')\n        out._prev = set()")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cause", FIRST)
def test_a_cause_is_said_in_full(cause: str, language: str) -> None:
    seen = look(FIRST[cause].source)
    said = sentence(seen.findings[0], seen.theirs, language)
    assert said.endswith(".")
    assert "{" not in said
    assert "?" not in said


def test_languages_say_the_same_with_the_same_places() -> None:
    for key, text in words("en", FOLDER).items():
        places = {language: sorted(set(re.findall(r"\{\w+\}", words(language, FOLDER)[key]))) for language in LANGUAGES}
        assert len({tuple(found) for found in places.values()}) == 1, (key, places)
        assert text
    assert all(words(language, FOLDER).keys() == words("en", FOLDER).keys() for language in LANGUAGES)


def test_what_was_planted_is_quoted() -> None:
    source = DRESSES[0].source().replace("other.grad += (self.data) * out.grad", "other.grad = (self.data) * out.grad")
    seen = look(source)
    line = source[: source.index("other.grad = ")].count("\n") + 1
    assert sentence(seen.findings[0], seen.theirs).startswith(f"Line {line} assigns the gradient of ")


def test_a_link_that_is_not_kept_is_found() -> None:
    seen = look(UNLINKED)
    assert template(seen.findings[0]) == "order_unlinked"


def test_hostile_labels_are_text() -> None:
    label = "<script>\\u202e" + "a" * 50
    program = PROGRAM.replace("w.backward()", f"p.label = '{label}'\nw.backward()")
    seen = look(DRESSES[0].source(program=program).replace("self.grad += (other.data)", "self.grad += (self.data)"))
    said = sentence(Finding("order", node=4, other=3), seen.theirs)
    assert "\u202e" not in said
    assert "<script>" in said

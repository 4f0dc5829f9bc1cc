"""The page says of a graph what the engine says of it, to the letter."""

import math
import shutil
from dataclasses import asdict
from typing import Any

import pytest

from engine.explain import LANGUAGES, entry_sentence, ledger, lines, mathml, pending, rule_of, sentence, steps, words
from engine.explain.lines import latex
from engine.export.steps import graph_of_view
from engine.ops import OPS
from tests.each import each
from tests.engine.explain.told import PROGRAMS, evaluated, told

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
ASKED = [*((name, "pytorch") for name in PROGRAMS), ("passes", "micrograd"), ("wide", "micrograd")]


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    return told(ASKED)


@pytest.fixture(scope="module")
def said(page: dict[str, Any]) -> dict[tuple[str, str], Any]:
    return dict(zip(ASKED, page["said"], strict=True))


def number(value: float | None) -> object:
    """A number as JSON has it; 6.0 and 6 are one."""
    if value is None or math.isfinite(value):
        return value
    return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[repr(value)]


@pytest.mark.parametrize(("name", "rule"), ASKED)
def test_page_and_engine_say_the_same(said: dict[tuple[str, str], Any], name: str, rule: str) -> None:
    theirs, evaluation = said[name, rule], evaluated(name, rule)
    graph = graph_of_view(evaluation.view, PROGRAMS[name])
    every = steps(graph)
    assert theirs["lines"] == [[{**asdict(line), "text": line.text} for line in lines(graph, step)] for step in every]
    for place, language in enumerate(LANGUAGES):
        assert theirs["sentences"][place] == [sentence(graph, step, words(language)) for step in every]
    math_of = (mathml(latex(lines(graph, step))) for step in every)
    assert theirs["mathml"] == [
        text.replace(' xmlns="http://www.w3.org/1998/Math/MathML" display="block"', "") for text in math_of
    ]


@each(("name", "rule"), ASKED)
def test_page_and_engine_count_the_same(said: dict[tuple[str, str], Any], name: str, rule: str) -> None:
    theirs, evaluation = said[name, rule], evaluated(name, rule)
    graph = graph_of_view(evaluation.view, PROGRAMS[name])
    every = steps(graph)
    numbers = ("data", "local", "upstream", "amount", "before", "after")
    for ours, found in zip(every, theirs["steps"], strict=True):
        assert (ours.index, ours.phase, ours.kind, ours.node) == tuple(
            found[key] for key in ("index", "phase", "kind", "node")
        )
        for deposit, other in zip(ours.deposits, found["deposits"], strict=True):
            assert [number(getattr(deposit, key)) for key in numbers] == [other[key] for key in numbers]
    sample = {0, len(every) // 2, *range(len(every) - 40, len(every))}
    for step in every:
        if step.index in sample:
            assert list(pending(graph, step.index)) == theirs["pending"][step.index]


@each(("name", "rule"), ASKED)
def test_page_and_engine_keep_the_same_ledger(said: dict[tuple[str, str], Any], name: str, rule: str) -> None:
    theirs, evaluation = said[name, rule], evaluated(name, rule)
    graph = graph_of_view(evaluation.view, PROGRAMS[name])
    kept = ledger(graph, evaluation.recording.accumulation, 2)
    assert [one["node"] for one in theirs["ledger"]] == list(kept)
    for found in theirs["ledger"]:
        entries = kept[found["node"]]
        assert [(one["turn"], one["amount"], one["total"]) for one in found["entries"]] == [
            (entry.turn, number(entry.amount), number(entry.total)) for entry in entries
        ]
        assert found["sentences"] == [entry_sentence(graph, found["node"], entry, words("en")) for entry in entries]


def test_page_and_engine_write_the_same_rules(page: dict[str, Any]) -> None:
    assert page["rules"] == [list(rule_of(op)) for op in OPS.values()]

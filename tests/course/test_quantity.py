"""Quantities are measured in a graph, and the page measures the same."""

from collections.abc import Iterator
from dataclasses import asdict

import pytest

from app.course.courses import COURSES, FIRST
from app.course.quantity import Graph, Quantity, conditions, holds, inputs, measured, names, quantity
from tests.course.lint import graph_of
from tests.each import each
from tests.node import node

SOURCE = "a = 2.0\nb = -3.0\nc = a * b + a * a\nc += 1\nprint('1 and', c.data)\nc.backward()\nc.backward()"
GRAPH = graph_of(SOURCE)
PROGRAMS = [SOURCE, *(chapter.source for chapter in COURSES[FIRST].values())]


@each(
    ("text", "value"),
    [
        ("data of a", 2),
        ("grad of b", 4),
        ("data of c#2", -1),
        ("data of a * b", -6),
        ("local of a in a * b", -3),
        ("flow of a in a * a", 2),
        ("output", -1),
        ("nodes", 7),
        ("passes", 2),
        ("printed", -1),
        ("-1.5e2", -150),
        ("data of nobody", None),
        ("local of a in c#2", None),
        ("grad of 1", None),
    ],
)
def test_a_quantity_is_what_the_graph_says(text: str, value: float | None) -> None:
    assert measured(quantity(text), GRAPH, SOURCE) == value


@pytest.mark.parametrize(
    ("text", "holding"),
    [
        ("grad of b = 4 and passes = 2", True),
        ("grad of b = 4 and passes = 1", False),
        ("data of a < 2", False),
        ("data of a <= 2", True),
        ("data of a >= 2.0000001", True),
        ("data of a > grad of b", False),
        ("data of nobody != 1", False),
        ("grad of b != data of a", True),
    ],
)
def test_a_condition_holds_or_not(text: str, *, holding: bool) -> None:
    assert holds(conditions(text), GRAPH, SOURCE) is holding


def test_inputs_are_read() -> None:
    assert inputs("x = 3, y=-.5") == {"x": 3, "y": -0.5}


def test_a_program_that_prints_nothing_and_has_no_values_has_few_quantities() -> None:
    empty: Graph = {"graph": {"output": None}, "nodes": [], "edges": [], "passes": [], "printed": []}
    values = [measured(quantity(text), empty, "") for text in ("output", "printed", "nodes", "passes", "data of a")]
    assert values == [None, None, 0, 0, None]


def quantities(graph: Graph, source: str) -> Iterator[Quantity]:
    """Everything that can be asked of a graph."""
    known = names(graph, source)
    for what in ("output", "nodes", "passes", "printed"):
        yield Quantity(what)
    for name in [*known.values(), "nobody"]:
        yield Quantity("data", of=name)
        yield Quantity("grad", of=name)
    for edge in graph["edges"]:
        ends = known.get(edge["source"]), known.get(edge["target"])
        yield Quantity("local", of=ends[0] or "nobody", into=ends[1] or "nobody")
        yield Quantity("flow", of=ends[0] or "nobody", into=ends[1] or "nobody")


def test_the_page_measures_the_same() -> None:
    documents = [(graph_of(source), source) for source in PROGRAMS]
    asked = [(one, place) for place, told in enumerate(documents) for one in quantities(*told)]
    answers = node("measures.mjs", {"documents": documents, "asked": [(asdict(one), place) for one, place in asked]})
    assert answers == [measured(one, *documents[place]) for one, place in asked]
    assert len(asked) > 500

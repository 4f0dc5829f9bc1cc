"""Verdicts: each mistake is named and said, in every language; what people type is read; the order is judged."""

import math
import re

import pytest

from engine.explain.templates import LANGUAGES, words
from engine.predict.sentences import FOLDER
from engine.predict.typed import near, typed
from tests.predict.asking import answered, graph

TWICE = "a = 2.0\nL = a * a\nL.backward()\nL.backward()\nL.backward()"
APART = "a = 2.0\nb = 3.0\nc = a * b\nL = a + 1.0"
TANH = "x = 0.5\nk = 3.0\nL = tanh(x) * k"
CASES = [
    # the node, what is answered, and what is wrong with that
    ("grad", None, "a", "2", "value"),
    ("grad", None, "a", "-4", "sign"),
    ("grad", None, "a", "6", "overwritten"),
    ("grad", None, "d", "1", "local_derivative"),
    ("grad", None, "a", "-5", "upstream"),
    ("grad", None, "b", "-2", "slope"),
    ("grad", None, "b", "6", "operand"),
    ("grad", None, "f", "18", "factor"),
    ("grad", None, "L", "7", "seed"),
    ("grad", None, "a", "17.31", "unexplained"),
    ("grad", None, "f", "17.31", "unexplained"),
    ("grad", None, "f", "4", "wrong_node"),
    ("grad", TWICE, "a", "12", "stale"),
    ("grad", APART, "b", "3.5", "unreached"),
    ("grad", TANH, "x", "2.25", "operand"),
    ("data", None, "d", "-2", "gradient"),
    ("data", None, "d", "4", "sign"),
    ("data", None, "d", "-8", "operation"),
    ("data", "a = 2.0\nb = 5.0\nL = a - b", "L", "3", "sign"),
    ("data", "a = 2.0\nb = 5.0\nL = a / b", "L", "2.5", "operand"),
    ("data", None, "L", "10", "wrong_node"),
    ("data", None, "L", "-36", "factor"),
    ("data", None, "L", "17.31", "unexplained"),
]


@pytest.mark.parametrize(("hide", "source", "name", "answer", "mistake"), CASES)
def test_a_mistake_is_named_and_said(hide: str, source: str | None, name: str, answer: str, mistake: str) -> None:
    program = {} if source is None else {"source": source}
    task = {"hide": hide}
    node = next(one["node"] for one in answered("predict", **program, task=task)["questions"] if one["name"] == name)
    for language in LANGUAGES:
        found = answered("answer", **program, task=task, node=node, answer=answer, lang=language)
        assert (found["right"], found["read"], found["mistake"]) == (False, True, mistake)
        assert found["message"].endswith((".", "?"))
        assert "{" not in found["message"]
        assert f" {found['number']:g}." not in found["message"]


def test_every_mistake_of_the_list_is_tried() -> None:
    turns = {"early", "again", "leaf"}
    said = {key.removesuffix("_data") for key in words("en", FOLDER)}
    assert {case[4] for case in CASES} | turns <= said


def test_languages_have_the_same_sentences_with_the_same_places() -> None:
    places = {
        language: {key: sorted(set(re.findall(r"\{\w+\}", text))) for key, text in words(language, FOLDER).items()}
        for language in LANGUAGES
    }
    assert places["de"] == places["en"]


def test_a_mistake_further_up_is_placed_there() -> None:
    found = answered("answer", "a = 2.0\nb = a * 3.0\nc = b + b * 4.0\nL = c * 5.0", node=0, answer="15")
    assert (found["mistake"], found["at"]) == ("overwritten", 2)
    assert found["message"].endswith("From there it is carried over to a.")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1.0), (" -2.50 ", -2.5), ("−3", -3.0), ("0,75", 0.75), ("3/4", 0.75), ("-1/3", -1 / 3), ("2e-3", 2e-3),
        (".5", 0.5), ("+4.", 4.0), ("inf", math.inf), ("-Infinity", -math.inf), ("∞", math.inf),
        ("", None), ("x", None), ("1/0", None), ("1/2/3", None), ("1e", None), ("--1", None), ("1_000", None),
        ("2*3", None), ("٣", 3.0), ("9" * 61, None), ("1\n2", None), ("__import__('os')", None),
    ],
)  # fmt: skip
def test_what_people_type_is_read_or_not(text: str, number: float | None) -> None:
    assert typed(text) == number


def test_numbers_that_are_none_are_compared_as_such() -> None:
    assert near(math.nan, math.nan, 0.01)
    assert not near(math.nan, 1.0, 0.01)
    assert not near(math.inf, -math.inf, 0.01)
    assert near(0.0, 1e-17, 0.0, scale=1.0)
    assert not near(0.0, 1e-3, 0.01, scale=1.0)


def test_nan_is_a_right_answer_where_it_is_one() -> None:
    source = "x = -1.0\nL = log(x) * 0.0"
    for node in graph(source)["nodes"]:
        if node["grad"] is not None:
            assert answered("answer", source, node=node["id"], answer=str(node["grad"]))["right"]


def test_any_order_is_right_in_which_users_come_first() -> None:
    source = "a = 2.0\np = a * 3.0\nq = a + 1.0\nL = p * q"
    ids = {one["name"]: one["node"] for one in answered("predict", source, task={"hide": "order"})["questions"]}
    for order in (("L", "p", "q"), ("L", "q", "p")):
        given: list[int] = []
        for name in order:
            assert answered("answer", source, task={"hide": "order"}, node=ids[name], given=given)["right"]
            given.append(ids[name])


@pytest.mark.parametrize(
    ("name", "given", "mistake"),
    [("d", [], "early"), ("L", ["L"], "again"), ("a", ["L"], "leaf")],
)
def test_a_wrong_turn_is_told(name: str, given: list[str], mistake: str) -> None:
    ids = {node["label"]: node["id"] for node in graph()["nodes"]}
    found = answered("answer", task={"hide": "order"}, node=ids[name], given=[ids[one] for one in given])
    assert (found["right"], found["mistake"]) == (False, mistake)


def test_who_asks_is_told_which_gives_next() -> None:
    found = answered("answer", task={"hide": "order"}, given=[7])
    assert (found["node"], found["name"]) == (6, "d + c")

"""The document of a task: what is hidden is not in it, the questions are right, variants are tame and repeatable."""

import json
import math
import re
from typing import Any

import pytest

from engine.examples import EXAMPLES
from engine.panels.program import Subject
from tests.predict.asking import SOURCE, answered, asked, graph

TELLING = "a = 1.5\nb = a * 3.7\nL = b * b\nL.backward()\nprint(a.grad)\ng = a.grad"
NET = "net = MLP(2, [3, 1])\nL = net([1.0, -2.0])"


def nodes_by_name(found: Any) -> dict[str, int]:  # noqa: ANN401  # JSON
    return {one["name"]: one["node"] for one in found["questions"]}


@pytest.mark.parametrize("source", [SOURCE, TELLING, NET])
@pytest.mark.parametrize("hide", ["grad", "data", "order"])
def test_what_is_hidden_is_not_in_the_answer(source: str, hide: str) -> None:
    document = answered("predict", source, task={"hide": hide})["document"]
    assert all(node["grad"] is None and node["adjoint"] is None for node in document["nodes"])
    assert all(edge["local"] is None and edge["flow"] is None for edge in document["edges"])
    assert (document["graph"]["order"], document["variables"], document["printed"], document["passes"]) == (
        [],
        {},
        [],
        [],
    )
    if hide == "data":
        assert all(node["data"] is None for node in document["nodes"] if node["kind"] == "operation")
    if source == TELLING:
        right = next(node["grad"] for node in graph(source)["nodes"] if node["key"] == "a")
        assert repr(right)[:5] not in json.dumps(document)


def test_apart_from_that_it_is_the_graph_document() -> None:
    bare, full = answered("predict")["document"], graph()
    hidden = {"grad", "adjoint", "local", "flow"}
    for part in ("nodes", "edges"):
        for one, other in zip(bare[part], full[part], strict=True):
            assert {key: one[key] for key in one if key not in hidden} == {
                key: other[key] for key in other if key not in hidden
            }


def test_questions_come_in_the_order_in_which_they_can_be_answered() -> None:
    assert list(nodes_by_name(answered("predict"))) == ["L", "d + c", "d", "a*b", "f", "c", "b", "a"]
    assert list(nodes_by_name(answered("predict", task={"hide": "data"}))) == ["a*b", "d", "d + c", "L"]
    assert set(nodes_by_name(answered("predict", task={"hide": "order"}))) == {"a*b", "d", "d + c", "L"}


def test_a_task_names_nodes_by_number_or_name() -> None:
    found = answered("predict", task={"nodes": ["a", 5]})
    assert nodes_by_name(found) == {"d": 5, "a": 0}


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("predict", {"task": {"nodes": ["nobody"]}}),
        ("predict", {"task": {"nodes": [99]}}),
        ("predict", {"task": {"hide": "data", "nodes": ["a"]}}),
        ("answer", {"node": 99, "answer": "1"}),
        ("answer", {"node": 0, "answer": "1", "task": {"nodes": ["b"]}}),
        ("answer", {"answer": "1"}),
        ("answer", {"task": {"hide": "order"}, "node": 99}),
        ("answer", {"task": {"hide": "order"}, "given": [4, 5, 6, 7]}),
    ],
)
def test_a_node_that_cannot_be_asked_for_is_said_so(verb: str, facts: dict[str, Any]) -> None:
    good, answer = asked(verb, **facts)
    assert not good
    assert answer["diagnostics"][0]["code"] == "node"


def test_without_values_there_is_nothing_to_predict() -> None:
    good, answer = asked("predict", "x = 'text'")
    assert not good
    assert answer["diagnostics"][0]["code"] == "empty"


def test_hostile_labels_are_text() -> None:
    label = "<script>\\u202e" + "é" * 30_000
    source = f"a = Value(2.0, label='{label}')\nL = a * a"
    found = answered("predict", source)
    assert all(len(one["name"]) < 100 and "\u202e" not in one["name"] for one in found["questions"])
    message = answered("answer", source, node=found["questions"][-1]["node"], answer="2")["message"]
    assert "\u202e" not in message
    assert "<script>" not in answered("worksheet", source)["svg"]


@pytest.mark.parametrize("name", [one.name for one in EXAMPLES])
def test_every_example_can_be_predicted_on(name: str) -> None:
    source = next(one.source for one in EXAMPLES if one.name == name)
    good, found = asked("predict", source)
    if not good:
        assert found["diagnostics"][0]["code"] == "empty"
        return
    verdict = answered("answer", source, node=found["questions"][-1]["node"], answer="12345.678")
    assert verdict["message"]
    assert not verdict["right"]


@pytest.mark.parametrize("name", ["expression", "chain", "square", "diamond", "micrograd", "neuron"])
def test_an_example_varies(name: str) -> None:
    source = next(one.source for one in EXAMPLES if one.name == name)
    assert answered("predict", source, task={"seed": 1})["inputs"]


def test_a_seed_varies_the_inputs_and_always_the_same_way() -> None:
    variants = [answered("predict", task={"seed": seed})["inputs"] for seed in range(20)]
    assert variants == [answered("predict", task={"seed": seed})["inputs"] for seed in range(20)]
    assert len({json.dumps(one) for one in variants}) > 15
    for moved in variants:
        assert set(moved) == {"a", "b", "c", "f"}
        assert all(
            math.copysign(1, moved[key]) == math.copysign(1, value) for key, value in {"a": 2, "b": -3, "f": -2}.items()
        )
        assert all(1e-3 <= abs(node["grad"]) <= 1e4 for node in graph(inputs=moved)["nodes"])


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("x = 0.5\ny = log(x)", lambda x: x["x"] > 0),
        ("x = 2.0\ny = relu(x - 1.0)", lambda x: x["x"] > 1),
        ("x = 0.75\ny = x * x", lambda x: re.fullmatch(r"\d\.\d{1,2}", repr(x["x"]))),
        ("n = 3\nx = 2.0\ny = x\nfor i in range(n):\n    y = y * x", lambda x: "n" not in x),
    ],
)
def test_variants_stay_tame(source: str, kept: Any) -> None:  # noqa: ANN401  # a condition
    for seed in range(10):
        moved = answered("predict", source, task={"seed": seed})["inputs"]
        assert moved
        assert kept(moved)


def test_where_nothing_can_be_varied_the_program_stays_as_it_is() -> None:
    assert answered("predict", "L = Value(2.0) * 0.0", task={"seed": 1})["inputs"] == {}


def test_an_answer_is_judged_at_the_varied_numbers() -> None:
    moved = answered("predict", task={"seed": 5})["inputs"]
    for node in graph(inputs=moved)["nodes"]:
        assert answered("answer", task={"seed": 5}, node=node["id"], answer=repr(node["grad"]))["right"]


def test_a_worksheet_has_the_picture_without_and_the_key_with_the_numbers() -> None:
    for hide in ("grad", "data", "order"):
        sheet = answered("worksheet", task={"hide": hide})
        assert "grad ?" in sheet["svg"]
        assert not re.search(r"grad -?\d|flow -?\d|∂ ", sheet["svg"])
    key = {one["name"]: one for one in answered("worksheet")["key"]}
    assert key["a"]["number"] == "4"
    assert key["a"]["derivation"] == ["dL/da += dL/d(a*b) · b = -2 · -3 = 6", "dL/da += dL/dd · 1 = -2 · 1 = -2"]
    assert [one["name"] for one in answered("worksheet", task={"hide": "order"})["key"]] == ["L", "d + c", "d", "a*b"]


def test_a_program_too_slow_to_be_varied_says_so_rather_than_vary_it_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Subject, "late", lambda *_: True)
    good, answer = asked("predict", task={"seed": 1})
    assert not good
    assert answer["diagnostics"][0]["limit"]

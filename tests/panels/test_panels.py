"""What the panels ask of a program, compared with running the program at the same inputs."""

import json
import math
from typing import Any

import numpy as np
import pytest

from engine.document import run
from engine.examples import EXAMPLES, Example
from engine.language.limits import Limits
from engine.panels import program, sampling
from engine.panels.sampling import spread
from tests.each import each

SEED = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
BRANCH = "w = 2.5\nif w < 2:\n    y = 3 + 0.5*w\nelse:\n    y = 2 + w**1.5\n"
DESCENT = (
    "x = 4.0\nfor turn in range(3):\n    y = (x - 1)**2\n    x.grad = 0\n    y.backward()\n    x.data -= 0.2 * x.grad\n"
)
Answer = dict[str, Any]


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def ask(verb: str, source: str, **asked: object) -> Answer:
    answer = run(json.dumps({"verb": verb, "source": source, **asked}).encode())
    found: Answer = json.loads(answer[1:], parse_constant=refuse)
    assert answer[:1] == (b"-" if "diagnostics" in found and "nodes" not in found else b"+"), found
    return found


def curve(source: str, key: str, start: float, stop: float, count: int, **asked: object) -> Answer:
    return ask("curve", source, input=key, **{"from": start, "to": stop}, count=count, **asked)


def surface(source: str, x: str, y: str, size: int, **asked: object) -> Answer:
    return ask("surface", source, x=x, x_from=-1.0, x_to=1.5, y=y, y_from=0.25, y_to=2.0, size=size, **asked)


def number(said: float | str) -> float:
    return float(said)


def at(source: str, inputs: dict[str, float]) -> tuple[float, dict[str, float]]:
    """The output and the adjoints by key, by running the program."""
    found = ask("graph", source, inputs=inputs)
    output = found["nodes"][found["graph"]["output"]]
    slopes = {one["key"]: number(one["adjoint"]) for one in found["nodes"] if one["key"] is not None}
    return number(output["data"]), slopes


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_a_curve_is_what_running_the_program_at_each_point_gives(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "LIMITS", Limits.stream())  # a busy machine takes its time
    document = ask("graph", example.source)
    for node in [one for one in document["nodes"] if one["kind"] == "input"][:2]:
        key, x = node["key"], number(node["data"])
        found = curve(example.source, key, x - 0.5, x + 1.0, 4)
        assert (found["count"], found["done"]) == (4, 4)
        assert found["method"] == ("run" if found["because"] else "replay")
        for place in range(4):
            y, slopes = at(example.source, {key: found["xs"][place]})
            assert number(found["ys"][place]) == pytest.approx(y, rel=1e-12, abs=1e-15, nan_ok=True)
            if found["slopes"][place] is not None:
                expected = pytest.approx(slopes[key], rel=1e-9, abs=1e-12, nan_ok=True)
                assert number(found["slopes"][place]) == expected


def test_the_slope_at_the_point_is_the_grad() -> None:
    found = curve(SEED, "a", -5.0, 5.0, 3)
    assert found["point"] == {"x": 2.0, "y": -8.0, "slope": 6.0}
    assert (found["xs"], found["ys"], found["slopes"]) == ([-5.0, 0.0, 5.0], [-50.0, -20.0, 10.0], [6.0] * 3)
    moved = curve(SEED, "a", 0.0, 1.0, 2, inputs={"a": 7.0, "f": 1.0})
    assert moved["point"] == {"x": 7.0, "y": -11.0, "slope": -3.0}
    assert moved["slopes"] == [-3.0, -3.0]


def test_another_output_by_name_or_by_node() -> None:
    source = SEED.replace("a*b + c", "(d := a*b) + c")
    assert curve(source, "a", 0.0, 1.0, 2, output="d")["ys"] == [0.0, -3.0]
    document = ask("graph", SEED)
    product = next(one["id"] for one in document["nodes"] if one["symbol"] == "*")
    assert curve(SEED, "a", 0.0, 1.0, 2, node=product)["ys"] == [0.0, -3.0]
    assert "no node 99" in curve(SEED, "a", 0.0, 1.0, 2, node=99)["detail"]


def test_a_program_that_looks_at_its_input_is_run_again_and_says_so() -> None:
    found = curve(BRANCH, "w", 0.0, 4.0, 5)
    assert (found["method"], found["because"]) == ("run", {"line": 2, "reason": "compares a Value"})
    assert found["ys"] == pytest.approx([3.0, 3.5, 2 + 2**1.5, 2 + 3**1.5, 10.0])
    assert found["slopes"] == pytest.approx([0.5, 0.5, 1.5 * 2**0.5, 1.5 * 3**0.5, 3.0])


def test_where_the_program_moves_the_input_itself_the_curve_has_no_slope() -> None:
    found = curve(DESCENT, "x", 0.0, 4.0, 3)
    assert found["slopes"] == [None, None, None]
    assert found["because"]["line"] == 6


def test_numbers_that_json_does_not_have_travel_as_text() -> None:
    found = curve("x = 1.0\ny = log(x)", "x", -1.0, 1.0, 3)
    assert (found["ys"], found["slopes"]) == (["NaN", "-Infinity", 0.0], [-1.0, "Infinity", 1.0])


def test_a_point_where_the_program_ends_with_a_problem_is_left_empty() -> None:
    found = curve("x = 1.0\nassert x != 0\ny = x * 2", "x", 0.0, 1.0, 2)
    assert (found["ys"], found["slopes"], found["done"]) == ([None, 2.0], [None, 2.0], 2)


def test_an_input_that_the_output_does_not_use() -> None:
    found = curve("a = 2.0\nb = 3.0\ny = a * 2\n", "b", 0.0, 1.0, 2)
    assert (found["ys"], found["slopes"]) == ([4.0, 4.0], [0.0, 0.0])


@pytest.mark.parametrize(("key", "source"), [("q", SEED), ("a", "a = 'text'"), ("a", "a = 2.0\ny = a + z")])
def test_what_is_wrong_is_told_as_of_any_program(key: str, source: str) -> None:
    found = curve(source, key, 0.0, 1.0, 2)
    assert found["diagnostics"][0]["severity"] == "error"


def test_a_program_without_values_has_nothing_to_check() -> None:
    assert ask("gradcheck", "print(1)")["diagnostics"][0]["code"] == "empty"


@pytest.mark.parametrize("source", [SEED, BRANCH.replace("w", "a").replace("y = 2 +", "b = 0.5\n    y = 2*b +")])
def test_a_surface_is_what_running_the_program_gives(source: str) -> None:
    source = source if "b = " in source.split("\n")[1] else "b = 0.5\n" + source.replace("b = 0.5\n    ", "")
    found = surface(source, "a", "b", 3, gradients=True)
    assert (found["count"], found["done"]) == (9, 9)
    for row, y in enumerate(found["ys"]):
        for column, x in enumerate(found["xs"]):
            z, slopes = at(source, {"a": x, "b": y})
            assert number(found["zs"][row][column]) == pytest.approx(z, rel=1e-12, nan_ok=True)
            gradient = [number(found["gradients"][axis][row][column]) for axis in "xy"]
            assert gradient == pytest.approx([slopes["a"], slopes["b"]], rel=1e-9, nan_ok=True)
    assert surface(source, "a", "b", 2)["gradients"] is None


@each("example", EXAMPLES)
def test_every_gradient_of_every_example_is_found_to_agree(example: Example) -> None:
    found = ask("gradcheck", example.source)
    assert found["verdict"] == "agrees"
    assert found["done"] == found["count"] == len(found["rows"])
    assert found["kinks"] == []
    steps = found["steps"]
    assert [one["h"] for one in steps["rows"]] == pytest.approx([10.0**-k for k in range(1, 16)])
    assert min(number(one["error"]) for one in steps["rows"]) < 1e-5 * max(1.0, abs(steps["slope"]))


def test_the_check_names_inputs_parameters_costs_and_kinks() -> None:
    found = ask("gradcheck", "x = 0.0\nn = Neuron(1)\ny = relu(x) + n([x])", input="x")
    assert [one["key"] for one in found["rows"]] == ["x", None, None]
    assert [one["label"] for one in found["rows"][1:]] == ["w[0]", "b"]
    assert {one["way"] for one in found["costs"]} == {"reverse", "forward", "central"}
    assert found["kinks"][0]["line"] == 3
    assert "slope at 0" in found["kinks"][0]["convention"]
    assert found["verdict"] == "kink"
    assert found["steps"]["key"] == "x"
    assert ask("gradcheck", BRANCH)["held"] == {"line": 2, "reason": "compares a Value"}


def test_the_first_points_are_spread_over_the_whole_range() -> None:
    for count in (2, 7, 400, 4096):
        order = spread(count)
        assert sorted(order.tolist()) == list(range(count))
        first = np.sort(order[: max(2, count // 10)])
        gaps = np.diff(np.concatenate([[0], first, [count - 1]]))
        assert gaps.max() <= 40


@pytest.mark.parametrize("source", [BRANCH, SEED.replace("a", "w")])
def test_when_the_time_is_up_what_is_done_is_sent(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "BATCH", 10)
    calls = iter(range(100))
    monkeypatch.setattr(program.Subject, "late", lambda _self, _seconds=0.0: next(calls) >= 5)
    found = curve(source, "w", 0.0, 4.0, 400)
    assert found["done"] == (5 if found["because"] else 50) == len(found["xs"]) == len(found["ys"])
    assert found["xs"] == sorted(found["xs"])


def test_an_endless_program_ends_by_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "LIMITS", Limits(cpu_seconds=0.05))
    monkeypatch.setattr(program, "PLACING", 0.02)
    found = curve("x = 1.0\nwhile x > 0:\n    pass", "x", 0.0, 1.0, 2)
    assert found["diagnostics"][0]["limit"] == "processor time"


def test_an_answer_is_no_larger_than_one_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "LIMITS", Limits(answer_bytes=500))
    assert surface(SEED, "a", "b", 16)["diagnostics"][0]["limit"] == "answer size"
    assert math.isfinite(surface(SEED, "a", "b", 2)["zs"][0][0])


@each("example", EXAMPLES)
def test_the_graph_says_whether_it_can_be_replayed(example: Example) -> None:
    facts = ask("graph", example.source)["graph"]
    because = facts["reruns_because"]
    assert facts["replayable"] == (because is None)
    if because is not None:
        assert because["reason"]
        assert 1 <= because["line"] <= len(example.source.splitlines())


def test_the_line_from_which_a_program_may_go_another_way_is_named() -> None:
    assert ask("graph", BRANCH)["graph"]["reruns_because"] == {"line": 2, "reason": "compares a Value"}
    assert ask("graph", SEED)["graph"]["replayable"]

"""A stream of the engine: what is told on the way and at the end, for good programs and bad ones."""

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from engine import streaming
from engine.document import run
from engine.examples import EXAMPLES, Example
from engine.live import pace
from engine.live.watch import CHECKED
from engine.streaming import stream
from tests.each import each
from tests.live.readers import TAKE, Reader

TURN = "y = (x - 1)**2\n    y.zero_grad()\n    y.backward()\n    x.data -= 0.1 * x.grad"
LOOP = f"x = 4.0\nfor turn in range(9):\n    {TURN}"


EXPLODING = """xs, ys = [[0.5, 1.0], [1.0, -2.0], [3.0, 1.0]], [1.0, 2.0, 3.0]
net = MLP(2, [3, 1], last="linear")
lr = 3.0
for turn in range(500):
    loss = sum((net(x) - y)**2 for x, y in zip(xs, ys))
    net.zero_grad()
    loss.backward()
    for p in net.parameters():
        p.data -= lr * p.grad
"""


def streamed(source: str, reader: Reader | None = None, **asked: object) -> tuple[str, dict[str, Any]]:
    reply = stream(json.dumps({"source": source, **asked}).encode(), reader or Reader())
    return chr(reply[0]), json.loads(reply[1:])


def alike(one: Any, other: Any) -> bool:  # noqa: ANN401  # any JSON
    """Whether two answers are the same, but for the last digits of numbers: sums may be taken in another order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return bool(one == other)


@each("example", EXAMPLES)
def test_a_stream_ends_with_the_graph_document(example: Example) -> None:
    reader = Reader()
    mark, document = streamed(example.source, reader)
    assert mark == "+"
    assert reader.others == [CHECKED]
    plain = json.loads(run(json.dumps({"source": example.source}).encode())[1:])
    assert document.keys() == plain.keys() | {"training", "cancelled", "frame"}
    for name in ("graph", "lines", "scopes", "diagnostics"):
        assert document[name] == plain[name], "numbers may differ in their last digits, which training can blow up"
    assert [len(document[name]) for name in ("nodes", "edges", "passes", "printed")] == [
        len(plain[name]) for name in ("nodes", "edges", "passes", "printed")
    ]
    asked = [one["line"] for one in plain["passes"] if one["line"] is not None]
    assert document["frame"]["step"] == len(asked)
    assert document["frame"]["frame"] == len(reader.frames) + 1
    assert len(document["frame"]["parameters"].get("labels", [])) == document["frame"]["parameters"]["count"]
    assert document["cancelled"] is False


def test_every_line_printed_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "FASTEST", 0.0)
    reader = Reader()
    _, document = streamed(
        LOOP + "\n    print(turn, end='')\n    print('\\n' * (turn % 3), end='')\nprint('end')", reader
    )
    told = [line for frame in (*reader.frames, document["frame"]) for line in frame["printed"]]
    assert told == document["printed"]


def test_a_stream_that_is_cancelled_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "FASTEST", 0.0)
    monkeypatch.setattr(pace, "SHARE", 0.0)
    reader = Reader(lambda frame: [TAKE, {"action": "cancel"}] if frame["frame"] == 3 else [TAKE])
    mark, document = streamed(LOOP, reader)
    assert (mark, document["cancelled"], len(document["passes"])) == ("+", True, 4)


@pytest.mark.parametrize(
    ("source", "told", "code", "line"),
    [
        ("y = tahn(1)", [], "name", 1),
        ("y = [1][2]", [CHECKED], "index", 1),
        ("x = -1.0\ny = log(x)\ny.backward()", [CHECKED], "loss", 2),
    ],
)
def test_a_wrong_program_ends_with_its_problem(source: str, told: list[bytes], code: str, line: int) -> None:
    reader = Reader()
    mark, problem = streamed(source, reader)
    assert mark == "-"
    assert reader.others == told
    assert [(one["code"], one["line"]) for one in problem["diagnostics"]] == [(code, line)]


def test_a_replayed_loop_ends_at_the_same_node_as_one_that_is_not() -> None:
    problems = [streamed(EXPLODING, accumulation=way) for way in ("pytorch", "micrograd")]
    assert problems[0] == problems[1]
    mark, problem = problems[0]
    assert mark == "-"
    assert problem["detail"].startswith("`loss` is infinite at step 99: the first node that went bad: ")
    assert problem["diagnostics"][0]["line"] == 5


def test_what_the_playground_differentiates_by_itself_may_be_nan() -> None:
    mark, document = streamed("x = -1.0\ny = log(x)")
    assert mark == "+"
    assert document["frame"]["loss"] == "NaN"


@pytest.mark.parametrize(("budget", "value"), [("steps", 20_000), ("cpu_seconds", 0.05), ("nodes", 2_000)])
def test_a_budget_ends_a_stream(monkeypatch: pytest.MonkeyPatch, budget: str, value: float) -> None:
    monkeypatch.setattr(streaming, "LIMITS", replace(streaming.LIMITS, **{budget: value}))  # type: ignore[arg-type]
    mark, problem = streamed("x = 1.0\nkept = []\nwhile True:\n    y = x * x\n    kept.append(y)\n    y.backward()")
    assert mark == "-"
    assert problem["title"] == "A budget of the playground is exceeded"
    assert problem["diagnostics"][0]["limit"]


def test_a_stream_has_the_budgets_of_one() -> None:
    source = "total = 0\nfor i in range(60):\n    total += sum(range(50_000))"
    mark, document = streamed(source)
    assert (mark, document["variables"]["total"]["value"]) == ("+", 60 * sum(range(50_000)))
    assert run(json.dumps({"source": source}).encode())[:1] == b"-"


def test_of_very_many_passes_the_last_ones_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "PASSES", 3)
    _, document = streamed(LOOP)
    assert len(document["passes"]) == 3
    assert document["passes"][-1]["output"] == document["graph"]["output"]
    assert document["frame"]["step"] == 9


def test_how_loops_were_run_is_told() -> None:
    (loop,) = streamed(LOOP.replace("9", "50"))[1]["training"]
    assert (loop["line"], loop["turns"], loop["replayed"]) == (2, 50, 0)
    assert "small" in loop["reason"]
    (loop,) = streamed(next(one.source for one in EXAMPLES if one.name == "xor"))[1]["training"]
    assert (loop["turns"], loop["reason"]) == (200, None)
    assert loop["replayed"] > 150
    assert streamed("x = 1.0\nx.backward()")[1]["training"] == []


def test_frames_of_a_replayed_loop_are_those_of_one_that_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "FASTEST", 0.0)
    monkeypatch.setattr(pace, "SHARE", 0.0)
    source = next(example.source for example in EXAMPLES if example.name == "moons")
    replayed, plain = Reader(), Reader()
    streamed(source, replayed)
    streamed(source, plain, accumulation="micrograd")
    assert len(replayed.frames) == len(plain.frames) == 200
    for one, other in zip(replayed.frames, plain.frames, strict=True):
        for kind in ("step", "loss", "line", "inputs", "parameters", "gradients", "printed"):
            assert alike(one[kind], other[kind]), (one["step"], kind)

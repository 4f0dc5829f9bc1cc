"""A watched run: what its frames say is true, it waits for whoever reads, and does what it is told."""

import json
import math
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from engine.language.errors import LimitExceeded, RunError
from engine.language.limits import Limits
from engine.language.run import Run
from engine.live import pace, watch
from engine.value import Value
from tests.live.readers import TAKE, Reader, Waited, watched

NET = """
xs, ys = xor()
lr = 0.2
net = MLP(2, [3, 1])
losses, weights, grads = [], [], []
for turn in range(40):
    loss = mse([net(x) for x in xs], ys)
    net.zero_grad()
    loss.backward()
    losses.append(loss.data)
    weights.append([p.data for p in net.parameters()])
    grads.append([p.grad for p in net.parameters()])
    for p in net.parameters():
        p.data -= lr * p.grad
    print(turn)
"""
DESCENT = """
lr = 0.1
x = 4.0
steps = []
for turn in range(12):
    y = (x - 1)**2
    x.grad = 0
    y.backward()
    steps.append(lr * x.grad)
    x.data -= lr * x.grad
"""
RATE = """
lr = 0.1
net = Neuron(1)
optimizer = SGD(net.parameters(), lr)
rates = []
for turn in range(6):
    loss = (net([0.5]) - 1)**2
    optimizer.zero_grad()
    loss.backward()
    rates.append(optimizer.lr)
    optimizer.step()
"""


pytestmark = pytest.mark.usefixtures("_always_due")


def left(run: Run, name: str) -> Any:  # noqa: ANN401  # whatever the program made
    return run.variables[name]


def test_a_frame_says_what_the_program_itself_saw() -> None:
    reader = Reader()
    run = watched(NET, reader)
    assert [frame["frame"] for frame in reader.frames] == list(range(1, 41))
    for frame in reader.frames:
        at = frame["step"] - 1
        assert frame["loss"] == left(run, "losses")[at]
        assert frame["line"] == 9
        assert frame["inputs"] == {"lr": 0.2}
        assert frame["parameters"]["values"] == left(run, "weights")[at]
        assert frame["parameters"]["norm"] == pytest.approx(np.linalg.norm(left(run, "weights")[at]), rel=1e-12)
        assert frame["steps_a_second"] > 0
    assert [line for frame in reader.frames for line in frame["printed"]] == [str(turn) for turn in range(39)]
    labels = reader.frames[0]["parameters"]["labels"]
    assert labels[0] == "layers[0].neurons[0].w[0]"
    assert len(labels) == reader.frames[0]["parameters"]["count"] == 13
    assert all("labels" not in frame["parameters"] for frame in reader.frames[1:])


def test_gradients_are_told_by_layer() -> None:
    reader = Reader()
    grads = left(watched(NET, reader), "grads")
    for frame, given in zip(reader.frames, grads, strict=True):
        for layer, own in zip(frame["gradients"], (given[:9], given[9:]), strict=True):
            sizes = np.abs(own)
            assert (layer["count"], layer["zeros"], layer["broken"]) == (len(own), int((sizes == 0).sum()), 0)
            assert layer["mean"] == pytest.approx(sizes.mean(), rel=1e-12)
            assert layer["largest"] == sizes.max()
            edges = [0, *[10.0**power for power in range(-11, 4)], np.inf]
            assert layer["histogram"] == np.histogram(sizes[sizes > 0], edges)[0].tolist()
    assert [(layer["scope"], layer["line"]) for layer in reader.frames[0]["gradients"]] == [
        ("layers[0]", 4),
        ("layers[1]", 4),
    ]


def test_watching_changes_nothing() -> None:
    alone, seen = (watched(NET, reader, wanted="net") for reader in (Reader(), Reader(lambda _: [])))
    for name in ("losses", "weights", "grads"):
        assert left(alone, name) == left(seen, name)
    assert alone.printed == seen.printed


def test_an_input_is_a_parameter_once_the_program_has_moved_it() -> None:
    reader = Reader()
    watched(DESCENT, reader)
    assert [frame["parameters"]["count"] for frame in reader.frames] == [0, *[1] * 11]
    assert reader.frames[1]["parameters"]["labels"] == ["x"]
    assert reader.frames[1]["inputs"]["x"] == reader.frames[1]["parameters"]["values"][0]


def test_a_run_waits_where_it_is_paused_and_goes_on_as_it_is_told() -> None:
    said = {2: [TAKE, {"action": "pause"}], 3: [TAKE, {"action": "step"}], 4: [TAKE, {"action": "resume"}]}
    reader = Reader(lambda frame: said.get(frame["frame"], [TAKE]))
    watched(DESCENT, reader)
    assert [frame["step"] for frame in reader.frames] == list(range(1, 13))
    paused = Reader(lambda frame: [TAKE, {"action": "step" if frame["frame"] < 5 else "pause"}])
    with pytest.raises(Waited):
        watched(DESCENT, paused)
    assert [frame["step"] for frame in paused.frames] == [1, 2, 3, 4, 5]


def test_a_run_that_begins_paused_waits_after_its_first_pass() -> None:
    reader = Reader(lambda frame: [TAKE, {"action": "step"}] if frame["frame"] < 3 else [TAKE])
    with pytest.raises(Waited):
        watched(DESCENT, reader, paused=True)
    assert [frame["step"] for frame in reader.frames] == [1, 2, 3]


def test_with_a_pace_each_pass_is_told_of_and_comes_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "FASTEST", 60.0)  # seconds between frames that nobody asked for
    reader = Reader()
    begun = perf_counter()
    watched(DESCENT, reader, pace=100.0)
    assert [frame["step"] for frame in reader.frames] == list(range(1, 13))
    assert perf_counter() - begun >= 0.12
    said: dict[int, list[object]] = {3: [TAKE, {"pace": 200.0}], 6: [TAKE, {"action": "resume"}]}
    reader = Reader(lambda frame: said.get(frame["frame"], [TAKE]))
    watched(DESCENT, reader, pace=100.0)
    assert [frame["step"] for frame in reader.frames] == [1, 2, 3, 4, 5, 6]


def test_a_run_of_more_passes_than_it_may_tell_of_goes_on_without_a_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LAST", 4)
    reader = Reader()
    watched(DESCENT.replace("12", "5000"), reader, Limits(events=10), pace=500.0)
    assert [frame["step"] for frame in reader.frames[:5]] == [1, 2, 3, 4, 5]
    assert len(reader.frames) <= 8


def test_an_input_is_moved_from_the_next_pass_on() -> None:
    reader = Reader(lambda frame: [TAKE, {"inputs": {"lr": 0.5, "nobody": 1}}] if frame["frame"] == 3 else [TAKE])
    run = watched(DESCENT, reader)
    rates = [frame["inputs"]["lr"] for frame in reader.frames]
    assert rates == [0.1] * 4 + [0.5] * 8
    assert left(run, "x").data == 1.0, "half the slope of a square leads to its lowest point"
    validated = left(run, "lr")
    assert (validated.data, run.initial[validated.origin[2]]) == (0.5, 0.1)


def test_an_optimizer_at_the_rate_of_an_input_follows_it() -> None:
    reader = Reader(lambda frame: [TAKE, {"inputs": {"lr": 0.25}}] if frame["frame"] == 2 else [TAKE])
    assert left(watched(RATE, reader), "rates") == [0.1] * 2 + [0.25] * 4


def test_a_run_that_is_cancelled_leaves_what_it_has_done() -> None:
    reader = Reader(lambda frame: [TAKE, {"action": "cancel"}] if frame["frame"] == 5 else [TAKE])
    roots = list[Value | None]()
    run = watched(NET, reader, then=lambda ended: roots.append(ended.machine.root))
    assert len(run.passes) == 6
    assert len(left(run, "losses")) == 5
    assert [run.output] == roots


def test_a_run_waits_for_who_does_not_take_its_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.02)
    with pytest.raises(Waited):
        watched(NET.replace("40", "100000"), reader := Reader(lambda _: []))
    assert len(reader.frames) == 1
    with pytest.raises(Waited):
        watched(NET.replace("40", "100000"), reader := Reader(lambda _: [TAKE, {"action": "leave"}]))
    assert len(reader.frames) == 1


def test_without_passes_there_are_frames_of_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LONG", 0.0)
    reader = Reader()
    run = watched("for i in range(300):\n    sum(range(300))\n    print(i, end=' ' if i % 2 else '\\n')", reader)
    assert reader.frames
    assert all((frame["loss"], frame["step"], frame["line"]) == (None, 0, None) for frame in reader.frames)
    lines = [line for frame in reader.frames for line in frame["printed"]]
    assert lines == run.printed.split("\n")[: len(lines)]


def test_a_run_without_passes_is_paused_and_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LONG", 0.0)
    endless = "while True:\n    pass"
    with pytest.raises(Waited):
        watched(endless, Reader(lambda _: [], {"action": "pause"}))
    assert watched(endless, Reader(lambda _: [], {"action": "cancel"})).passes == ()


def test_a_run_is_cancelled_while_something_endless_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LONG", 0.0)
    reader, said = Reader(), iter([TAKE, None, None, {"action": "cancel"}])
    monkeypatch.setattr(reader, "hear", lambda **_: (one := next(said, None)) and json.dumps(one).encode())
    source = "x = 1.0\ndef f(p, q):\n    while True:\n        print(p)\ny = x * x\ny.backward()\nz = 2.0"
    run = watched(source, reader, Limits(printed_bytes=10**9), wanted="f")
    assert (len(run.passes), run.printed, "z" in run.variables) == (1, "", False)


def test_a_frame_is_no_larger_than_an_answer_may_be() -> None:
    with pytest.raises(LimitExceeded) as caught:
        watched(NET, Reader(), Limits(answer_bytes=2_000))
    assert caught.value.limit == "answer size"


@pytest.mark.parametrize("label", ["\\ud800", "\\x00<script>", "w" * 40_000])
def test_labels_are_such_that_they_can_be_sent(label: str) -> None:
    reader = Reader()
    source = (
        f"w = Value(1.0, label='{label}')\nfor turn in range(3):\n    y = w * w\n    y.backward()\n    w.data = turn"
    )
    watched(source, reader)
    assert len(reader.frames) == 3
    last = reader.frames[1]
    assert 0 < len(last["parameters"]["labels"][0]) <= 80
    assert last["gradients"][0]["scope"] == last["parameters"]["labels"][0]


def test_more_events_than_there_may_be_end_it() -> None:
    limits = Limits(events=6)
    with pytest.raises(LimitExceeded) as caught:
        watched(NET, Reader(lambda _: [TAKE, {"action": "step"}]), limits)
    assert caught.value.limit == "events"


@pytest.mark.parametrize(
    ("body", "said", "line"),
    [
        ("loss = log(x)", "`loss`: log needs x > 0, but x is ", 5),
        ("big = exp(x * 500)\n    loss = big - big", "`big`: exp is too large for a number", 5),
        ("part = sqrt(x)\n    loss = (part - 3)**2 + part", "`part`: sqrt needs x >= 0", 5),
        ("loss = x * x * 1e300", "went bad: x * y is too large for a number: x is -3e+301", 5),
        ("loss = x * 2\n    x.data = math.inf", "`x` itself, which is inf, since the update after step 1", 3),
    ],
)
def test_a_loss_that_is_no_number_ends_it_at_the_first_bad_node(body: str, said: str, line: int) -> None:
    loop = f"for turn in range(9):\n    {body}\n    loss.backward()\n    x.data -= lr * x.grad\n"
    source = f"import math\nlr = 10.0\nx = 1.5\n{loop}"
    reader = Reader()
    with pytest.raises(RunError) as caught:
        watched(source, reader)
    (finding,) = caught.value.diagnostics
    assert finding.code == "loss"
    assert said in finding.message
    assert finding.line == line
    assert f"at step {len(reader.frames) + 1}:" in finding.message
    assert all(math.isfinite(float(frame["loss"])) for frame in reader.frames)

"""Which leaves a training moves, in which layers, and that they are looked for no oftener than needed."""

import pytest

from engine.live.leaves import INSIDE, KNOWN, Leaves, layer, layers
from engine.value import Value
from tests.live.readers import Reader, watched

AGAIN = """
for times in range(12):
    net = MLP(2, [2, 1])
    for turn in range(3):
        loss = net([0.1, 0.2])**2
        net.zero_grad()
        loss.backward()
        for p in net.parameters():
            p.data -= 0.1 * p.grad
"""
BATCHES = """
net = Neuron(1)
for turn in range(6):
    x = Value(turn / 10)
    loss = (x * 2 + net([x]))**2
    loss.backward()
    for p in net.parameters():
        p.data -= 0.01 * p.grad
"""

pytestmark = pytest.mark.usefixtures("_always_due")


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("layers[0].neurons[2].w[1]", "layers[0]"),
        ("layers[12].neurons[0].b", "layers[12]"),
        ("neurons[3].w[0]", ""),
        ("w[0]", "w"),
        ("b", "b"),
        ("x", "x"),
        ("my.own[3]", "my.own"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_label_says_the_layer(label: str | None, named: str) -> None:
    assert layer(label) == named


def test_a_long_label_is_read_at_once() -> None:
    assert layer("neurons[" * 10_000) == ""
    assert len(INSIDE.split("[0" * 50_000)) == 1


def test_a_net_that_is_made_anew_has_its_own_parameters() -> None:
    reader = Reader()
    run = watched(AGAIN, reader)
    last = [p.data for p in run.variables["net"].parameters()]
    shown = [frame["parameters"]["values"] for frame in reader.frames]
    assert len({tuple(values) for values in shown}) == len(shown) == 36
    assert all(abs(one - other) < 0.5 for one, other in zip(shown[-1], last, strict=True))
    assert shown[-1] != shown[-4]


def test_data_that_change_are_no_parameters() -> None:
    reader = Reader()
    watched(BATCHES, reader)
    assert [frame["parameters"]["count"] for frame in reader.frames] == [2] * 6


def test_the_walk_is_done_once_for_passes_that_look_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    walks: list[Value] = []
    history = Value.history

    def counted(self: Value) -> list[Value]:
        walks.append(self)
        return history(self)

    monkeypatch.setattr(Value, "history", counted)
    leaves = Leaves()
    reader = Reader()
    monkeypatch.setattr("engine.live.watch.Leaves", lambda: leaves)
    watched(BATCHES.replace("Value(turn / 10)", "turn / 10"), reader)
    assert len(reader.frames) == 6
    assert len(walks) == 1
    watched(AGAIN, Reader())
    assert len(leaves._known) <= KNOWN


def test_broken_gradients_are_counted_apart() -> None:
    parameters = [Value(1.0, "w[0]"), Value(1.0, "w[1]"), Value(1.0, "w[2]"), Value(1.0, "b")]
    for parameter, grad in zip(parameters, [float("nan"), 1e-30, -2e9, float("inf")], strict=True):
        parameter.grad = grad
    w, b = layers(parameters)
    assert w == {
        "scope": "w",
        "line": None,
        "count": 3,
        "mean": 1e9,
        "largest": 2e9,
        "zeros": 0,
        "broken": 1,
        "histogram": [1, *[0] * 14, 1],
    }
    assert isinstance(b, dict)
    assert (b["mean"], b["largest"], b["broken"]) == (None, None, 1)

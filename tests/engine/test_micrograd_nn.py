"""`engine.micrograd` against `micrograd.nn` itself."""

import random

import micrograd.nn
import pytest

from engine import micrograd as ours
from engine.value import Value

XS = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
YS = [1.0, -1.0, -1.0, 1.0]


def trained(library: object, turns: int) -> tuple[str, list[float]]:
    """The demo of micrograd's lecture, with either library."""
    random.seed(11)
    net = library.MLP(3, [4, 4, 1])  # type: ignore[attr-defined]
    for _ in range(turns):
        loss = sum((net(x) - y) ** 2 for x, y in zip(XS, YS, strict=True))
        net.zero_grad()
        loss.backward()
        for parameter in net.parameters():
            parameter.data += -0.05 * parameter.grad
    return repr(net), [parameter.data for parameter in net.parameters()]


def test_a_net_trains_as_micrograd_s_does() -> None:
    names, numbers = trained(ours, 20)
    their_names, their_numbers = trained(micrograd.nn, 20)
    assert names == their_names
    assert numbers == pytest.approx(their_numbers, rel=1e-12)


@pytest.mark.parametrize("nonlin", [True, False])
def test_a_layer_and_a_neuron_say_what_micrograd_s_say(nonlin: bool) -> None:  # noqa: FBT001
    assert repr(ours.Layer(2, 3, nonlin=nonlin)) == repr(micrograd.nn.Layer(2, 3, nonlin=nonlin))
    assert repr(ours.Neuron(2, nonlin)) == repr(micrograd.nn.Neuron(2, nonlin))


def test_a_neuron_answers_as_micrograd_s() -> None:
    random.seed(4)
    here = ours.Neuron(2)([1.0, -2.0])
    random.seed(4)
    there = micrograd.nn.Neuron(2)([1.0, -2.0])
    assert isinstance(here, Value)
    assert here.data == there.data

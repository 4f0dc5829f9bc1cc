import random
from collections.abc import Callable, Sequence

import pytest
import torch

from engine.leaf import Parameter
from engine.nn import MLP, Layer, Module, Neuron, Numbers
from engine.ops import OPS
from engine.value import Value
from tests.each import each

X = [0.5, -1.25, 2.0]
BENDS = {
    "linear": lambda x: x,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "softplus": torch.nn.functional.softplus,
}


def doubles(numbers: Sequence[object]) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def twin(net: MLP, bends: list[str]) -> torch.nn.Module:
    """The same net in PyTorch, with our weights."""
    layers: list[torch.nn.Module] = []
    for layer, bend in zip(net.layers, bends, strict=True):
        linear = torch.nn.Linear(len(layer.neurons[0].w), len(layer.neurons), dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(doubles([[w.data for w in neuron.w] for neuron in layer.neurons]))
            linear.bias.copy_(doubles([neuron.b.data for neuron in layer.neurons]))
        layers += [linear, Bend(BENDS[bend])]
    return torch.nn.Sequential(*layers)


class Bend(torch.nn.Module):
    def __init__(self, bend: Callable[[torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        self.bend = bend

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.bend(x)


@each("last", [None, *BENDS])
@each("activation", BENDS)
def test_a_net_computes_and_differentiates_as_in_pytorch(activation: str, last: str | None) -> None:
    net = MLP(3, [4, 2, 1], activation, last=last, rng=random.Random(5))
    for parameter in net.parameters():
        parameter.data += 0.125  # biases that are not 0
    theirs = twin(net, [activation, activation, last or activation])
    ours, expected = net(X), theirs(doubles(X))
    assert isinstance(ours, Value)
    assert ours.data == pytest.approx(expected.item(), rel=1e-12)
    ours.backward()
    expected.backward()
    grads = [
        number
        for weight, bias in zip(*[iter(theirs.parameters())] * 2, strict=True)
        for row, b in zip(weight.grad.tolist(), bias.grad.tolist(), strict=True)
        for number in (*row, b)
    ]
    assert [parameter.grad for parameter in net.parameters()] == pytest.approx(grads, rel=1e-12)


def test_a_neuron_multiplies_adds_and_bends_in_the_order_it_says() -> None:
    neuron = Neuron(2)
    x = [Value(2.0), Value(-1.0)]
    out = neuron(x)
    assert isinstance(out, Value)
    names = [node.op.name for node in out.history() if node.op]
    assert names == ["mul", "add", "mul", "add", "tanh"]
    first = next(node for node in out.history() if node.op and node.op.name == "add")
    assert first.operands[0] is neuron.b


def test_weights_are_drawn_one_after_another_and_biases_start_at_zero() -> None:
    net = MLP(2, [3, 1], rng=random.Random(7))
    draws = random.Random(7)
    for layer in net.layers:
        for neuron in layer.neurons:
            assert [w.data for w in neuron.w] == [draws.uniform(-1, 1) for _ in neuron.w]
            assert neuron.b.data == 0.0


def test_weights_come_from_python_s_own_random_unless_told() -> None:
    random.seed(3)
    usual = [parameter.data for parameter in MLP(2, [2]).parameters()]
    assert usual == [parameter.data for parameter in MLP(2, [2], rng=random.Random(3)).parameters()]


def test_parameters_are_labelled_by_their_path() -> None:
    assert [p.label for p in Neuron(2).parameters()] == ["w[0]", "w[1]", "b"]
    assert [p.label for p in Layer(1, 2).parameters()] == [
        "neurons[0].w[0]",
        "neurons[0].b",
        "neurons[1].w[0]",
        "neurons[1].b",
    ]
    net = MLP(2, [3, 1])
    assert net.layers[0].neurons[2].w[1].label == "layers[0].neurons[2].w[1]"
    assert all(isinstance(parameter, Parameter) and parameter.kind == "parameter" for parameter in net.parameters())
    assert len({parameter.label for parameter in net.parameters()}) == len(net.parameters()) == 13


def test_zero_grad_clears_the_parameters_only() -> None:
    net, x = MLP(1, [2, 1]), Value(0.5)
    out = net([x])
    assert isinstance(out, Value)
    out.backward()
    assert x.grad != 0.0
    assert any(parameter.grad for parameter in net.parameters())
    net.zero_grad()
    assert not any(parameter.grad for parameter in net.parameters())
    assert x.grad != 0.0


def test_every_part_is_called_by_the_call_that_is_handed_in() -> None:
    called: list[tuple[str, int]] = []

    def call(part: Module, x: Numbers) -> Numbers:
        depth = len(open_parts)
        called.append((part.kind, depth))
        open_parts.append(part)
        answer = part.forward(x, call)
        open_parts.pop()
        return answer

    open_parts: list[Module] = []
    net = MLP(2, [2, 1], rng=random.Random(1))
    answer = call(net, [1.0, 2.0])
    assert called == [("net", 0), ("layer", 1), ("neuron", 2), ("neuron", 2), ("layer", 1), ("neuron", 2)]
    assert answer.data == net([1.0, 2.0]).data  # type: ignore[union-attr]


def test_a_layer_of_one_neuron_answers_with_a_number_that_the_next_one_takes() -> None:
    assert isinstance(Layer(2, 1)([1.0, 2.0]), Value)
    assert isinstance(Layer(2, 3)([1.0, 2.0]), list)
    assert isinstance(MLP(2, [1, 2, 1])([1.0, 2.0]), Value)


@pytest.mark.parametrize(("activation", "name"), [("tanh", "Tanh"), ("leaky_relu", "LeakyReLU"), ("linear", "Linear")])
def test_a_neuron_says_what_it_is(activation: str, name: str) -> None:
    assert repr(Neuron(3, activation)) == f"{name}Neuron(3)"
    assert repr(MLP(3, [1], activation)) == f"MLP of [Layer of [{name}Neuron(3)]]"


def test_nonlin_false_is_linear() -> None:
    assert repr(Layer(1, 2, nonlin=False)) == "Layer of [LinearNeuron(1), LinearNeuron(1)]"


@each("name", sorted(name for name, op in OPS.items() if len(op.params) == 1))
def test_every_operation_of_one_operand_bends(name: str) -> None:
    neuron = Neuron(1, name, rng=random.Random(2))
    out = neuron([0.75])
    assert isinstance(out, Value)
    assert out.op is OPS[name]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Neuron(2, "tahn"), "no activation tahn"),
        (lambda: Neuron(2, "add"), "no activation add"),
        (lambda: MLP(2, [2], last="softmax"), "no activation softmax"),
        (lambda: Neuron(0), "whole number from 1"),
        (lambda: Layer(2, -1), "whole number from 1"),
        (
            lambda: Layer(2, 2.5),  # type: ignore[arg-type]
            "whole number from 1",
        ),
        (lambda: MLP(2, []), r"like \[4, 4, 1\]"),
        (
            lambda: MLP(2, 3),  # type: ignore[arg-type]
            r"like \[4, 4, 1\]",
        ),
        (lambda: Neuron(2)([1.0]), "2 weights takes as many numbers, but got 1"),
        (lambda: MLP(2, [2])([1.0, 2.0, 3.0]), "2 weights takes as many numbers, but got 3"),
    ],
)
def test_wrong_names_and_sizes_are_refused_in_plain_words(make: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_a_module_of_one_s_own_has_parameters_and_a_forward_pass() -> None:
    class Scale(Module):
        def __init__(self) -> None:
            self.k = Value(2.0)

        def forward(self, x: Numbers, call: object) -> Value:  # noqa: ARG002
            return self.k * x

        def parameters(self) -> list[Value]:
            return [self.k]

    scale = Scale()
    out = scale(3.0)
    assert isinstance(out, Value)
    out.backward()
    assert scale.k.grad == 3.0
    scale.zero_grad()
    assert scale.k.grad == 0.0
    assert Module().parameters() == []
    with pytest.raises(NotImplementedError, match="does not say what it computes"):
        Module()(1.0)

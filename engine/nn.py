"""Neurons, layers and nets.

A neuron adds up its weighted inputs and bends the sum by an activation; a layer asks several neurons the same question;
a net hands each layer's answers to the next. What each computes stands in its `forward`, with the way to call a part as
an argument: `net(x)` simply calls its layers, the playground passes a call that draws a box around each of them.
"""

import operator
import random
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Protocol, SupportsIndex, TypeVar

from engine.leaf import Parameter
from engine.ops import OPS
from engine.value import Value, apply

LINEAR = "linear"  # the activation that changes nothing
USUAL = "tanh"  # the one there is unless told

Number = Value | float
Numbers = Number | Iterable[Number]  # what a module takes: a single number is a list of one
Call = Callable[["Module", Numbers], Numbers]
Part = TypeVar("Part", bound="Module")


class Weights(Protocol):
    """Where first weights come from: Python's `random`, or a `random.Random` of one's own."""

    def uniform(self, a: float, b: float, /) -> float:
        """A number between a and b."""


class Module:
    """Something with parameters that computes. `kind` says what the playground draws it as."""

    kind: ClassVar[str] = "module"

    def __call__(self, x: Numbers) -> Numbers:
        """What the module makes of x."""
        return self.forward(x, lambda part, inputs: part(inputs))

    def forward(self, x: Numbers, call: Call) -> Numbers:
        """What the module computes; `call(part, x)` calls a part of it."""
        raise NotImplementedError("this module does not say what it computes")

    def parameters(self) -> list[Value]:
        """The weights and biases, in the order they were drawn."""
        return []

    def zero_grad(self) -> None:
        """Clear the gradients of the parameters, which otherwise add up from pass to pass."""
        for parameter in self.parameters():
            parameter.grad = 0.0


class Neuron(Module):
    """activation(b + w[0]*x[0] + w[1]*x[1] + …), with weights drawn between -1 and 1.

    `activation` is the name of an operation of one operand, or "linear" for none; `nonlin=False` is micrograd's word
    for "linear". ValueError for any other name, and for sizes that are not whole numbers from 1.
    """

    kind = "neuron"

    def __init__(
        self, nin: SupportsIndex, activation: str = USUAL, *, nonlin: bool = True, rng: Weights = random
    ) -> None:
        self.activation = _activation(activation if nonlin else LINEAR)
        self.w: list[Value] = [Parameter(rng.uniform(-1, 1), label=f"w[{i}]") for i in range(_size(nin))]
        self.b: Value = Parameter(0.0, label="b")

    def forward(self, x: Numbers, call: Call) -> Value:  # noqa: ARG002  # a neuron has no parts
        """Compute the answer to as many numbers as there are weights; ValueError for more or fewer."""
        inputs = listed(x)
        if len(inputs) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights takes as many numbers, but got {len(inputs)}")
        total = sum((w * number for w, number in zip(self.w, inputs, strict=True)), self.b)
        return total if self.activation == LINEAR else apply(OPS[self.activation], total)

    def parameters(self) -> list[Value]:
        """The weights, then the bias."""
        return [*self.w, self.b]

    def __repr__(self) -> str:
        return f"{self.activation.title().replace('_', '').replace('Relu', 'ReLU')}Neuron({len(self.w)})"


class Layer(Module):
    """`nout` neurons that look at the same `nin` numbers; a layer of one neuron answers with a number, not a list."""

    kind = "layer"

    def __init__(
        self,
        nin: SupportsIndex,
        nout: SupportsIndex,
        activation: str = USUAL,
        *,
        nonlin: bool = True,
        rng: Weights = random,
    ) -> None:
        self.neurons = [
            _placed(f"neurons[{i}]", Neuron(nin, activation, nonlin=nonlin, rng=rng)) for i in range(_size(nout))
        ]

    def forward(self, x: Numbers, call: Call) -> Numbers:
        """Compute the neurons' answers."""
        answers = [call(neuron, x) for neuron in self.neurons]
        return answers[0] if len(answers) == 1 else answers  # type: ignore[return-value]  # a neuron's is one number

    def parameters(self) -> list[Value]:
        """The neurons' parameters, one neuron after another."""
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]

    def __repr__(self) -> str:
        return f"Layer of [{', '.join(map(repr, self.neurons))}]"


class MLP(Module):
    """A multi-layer perceptron: `nin` numbers in, then a layer of each size in `nouts`.

    Every layer bends by `activation`, except that the last one uses `last` where that is given.
    """

    kind = "net"

    def __init__(
        self,
        nin: SupportsIndex,
        nouts: Sequence[SupportsIndex],
        activation: str = USUAL,
        last: str | None = None,
        *,
        rng: Weights = random,
    ) -> None:
        if not isinstance(nouts, list | tuple) or not nouts:
            raise ValueError("the sizes of the layers come as a list, like [4, 4, 1]")
        bends = [activation] * (len(nouts) - 1) + [last or activation]
        sizes = zip([nin, *nouts], nouts, bends, strict=False)
        self.layers = [
            _placed(f"layers[{i}]", Layer(nin, nout, bend, rng=rng)) for i, (nin, nout, bend) in enumerate(sizes)
        ]

    def forward(self, x: Numbers, call: Call) -> Numbers:
        """Compute the last layer's answers."""
        for layer in self.layers:
            x = call(layer, x)
        return x

    def parameters(self) -> list[Value]:
        """The layers' parameters, one layer after another."""
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def __repr__(self) -> str:
        return f"MLP of [{', '.join(map(repr, self.layers))}]"


def listed(x: Numbers) -> list[Number]:
    """What a module is given, as a list."""
    return [x] if isinstance(x, Value | int | float) else list(x)


def _placed(path: str, part: Part) -> Part:
    """Put the part's place in front of its parameters' labels."""
    for parameter in part.parameters():
        parameter.label = f"{path}.{parameter.label}"
    return part


def _activation(name: str) -> str:
    """Check the name of an activation."""
    if name != LINEAR and (name not in OPS or len(OPS[name].params) != 1):
        raise ValueError(f"there is no activation {name}: it is {LINEAR}, or the name of an operation of one number")
    return name


def _size(number: SupportsIndex) -> int:
    """Check a number of inputs or neurons."""
    try:
        size = operator.index(number)
    except TypeError:
        size = 0
    if size < 1:
        raise ValueError("the size of a layer is a whole number from 1")
    return size

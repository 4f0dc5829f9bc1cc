"""Recorded graphs to be replayed: random ones, one per operation, and networks written number by number."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import add, mul
from random import Random
from typing import NamedTuple

from engine.data import moons
from engine.losses import cross_entropy
from engine.nn import MLP
from engine.op import Op
from engine.ops import OPS
from engine.recording import Recording, record
from engine.value import Value, apply
from tests.engine.graphs import random_program


def total(values: Iterable[Value]) -> Value:
    """The sum, without a number to start from."""
    return reduce(add, values)


def bend(op: str, x: Value) -> Value:
    return apply(OPS[op], x)


def leaves(recording: Recording) -> list[int]:
    return [node for node, kind in enumerate(recording.nodes.kind) if kind in ("input", "parameter")]


def applied(op: Op, *operands: object) -> object:
    return apply(op, *operands) if any(isinstance(one, Value) for one in operands) else op(*operands)


def random_recording(seed: int, steps: int = 25) -> Recording:
    """A random graph whose output is the sum of its last results, so that much of it counts."""
    random = Random(seed)
    program = random_program(random, inputs=random.choice((2, 3, 7)), steps=steps)
    inputs = [Value(number) for number in program.inputs]
    numbers = program.run(inputs, lambda op: lambda *operands: applied(op, *operands))
    output = total([one for one in numbers[-max(3, steps // 4) :] if isinstance(one, Value)])
    output.backward()
    return record(output, inputs=inputs)


def of_op(op: Op, point: tuple[float, ...]) -> Recording:
    """Three times the same operation, at a point, beside it, and with a plain number for its last operand."""
    inputs = [Value(x) for x in point]
    results = [apply(op, *inputs), apply(op, *[x + 0.0 for x in inputs])]
    if len(point) > 1:
        results += [apply(op, inputs[0], point[1]), apply(op, point[0], inputs[1])]
    output = total(results) * 2.0
    output.backward()
    return record(output, inputs=inputs)


class Network(NamedTuple):
    """Something to train, written number by number: its parameters, and how its loss is built."""

    parameters: list[Value]
    loss: Callable[[], Value]

    def recorded(self) -> Recording:
        output = self.loss()
        output.backward()
        return record(output, inputs=self.parameters)


def matrix(random: Random, rows: int, columns: int, size: float = 1.0) -> list[list[Value]]:
    return [[Value(random.gauss(0, size)) for _ in range(columns)] for _ in range(rows)]


def numbers(random: Random, rows: int, columns: int) -> list[list[float]]:
    return [[random.gauss(0, 1) for _ in range(columns)] for _ in range(rows)]


def times(rows: list[list[Value]], x: Sequence[Value | float]) -> list[Value]:
    return [total([w * one for w, one in zip(row, x, strict=True)]) for row in rows]


def flat(*matrices: list[list[Value]]) -> list[Value]:
    return [weight for rows in matrices for row in rows for weight in row]


def moons_net(random: Random, points: int = 12, layers: Sequence[int] = (5, 4, 1)) -> Network:
    """A net on moons, as micrograd's demo writes it."""
    xs, labels = moons(points, 0.1, rng=random)
    net = MLP(2, list(layers), rng=random)

    def loss() -> Value:
        margins = [1 + -label * net(x) for x, label in zip(xs, labels, strict=True)]  # type: ignore[operator]
        data = total([bend("relu", one) for one in margins]) * (1.0 / len(margins))  # type: ignore[arg-type]
        return data + 1e-4 * total([p * p for p in net.parameters()])

    return Network(net.parameters(), loss)


def softmax_net(random: Random, samples: int = 6, sizes: tuple[int, int, int] = (4, 3, 3)) -> Network:
    """A classifier with one hidden layer."""
    inputs, hidden, classes = sizes
    first, second = matrix(random, hidden, inputs), matrix(random, classes, hidden)
    bias = matrix(random, 1, classes)
    xs = numbers(random, samples, inputs)

    def scores(x: list[float]) -> list[Value]:
        bent = [bend("tanh", one) for one in times(first, x)]
        return [one + b for one, b in zip(times(second, bent), bias[0], strict=True)]

    def loss() -> Value:
        return total([cross_entropy(scores(x), i % classes) for i, x in enumerate(xs)]) / len(xs)

    return Network(flat(first, second, bias), loss)


def recurrent_net(random: Random, sequences: int = 4, length: int = 5, size: int = 3) -> Network:
    """A small recurrent net over several sequences."""
    inward, around = matrix(random, size, 2), matrix(random, size, size, 0.5)
    steps = [numbers(random, length, 2) for _ in range(sequences)]

    def end(xs: list[list[float]]) -> list[Value]:
        state: list[Value] = []
        for x in xs:
            sums = times(inward, x)
            if state:
                sums = [one + other for one, other in zip(sums, times(around, state), strict=True)]
            state = [bend("tanh", one) for one in sums]
        return state

    def loss() -> Value:
        return total([one * one for xs in steps for one in end(xs)])

    return Network(flat(inward, around), loss)


def convolution_net(random: Random, signals: int = 3, length: int = 9, kernels: int = 2) -> Network:
    """Filters along several signals, and the mean of what each finds."""
    filters, xs = matrix(random, kernels, 3), numbers(random, signals, length)

    def found(signal: list[float], kernel: list[Value]) -> Value:
        places = range(length - len(kernel) + 1)
        bent = [bend("relu", times([kernel], signal[i : i + len(kernel)])[0]) for i in places]
        return total(bent) / len(bent)

    def loss() -> Value:
        return total([(found(signal, kernel) - 0.3) ** 2 for signal in xs for kernel in filters])

    return Network(flat(filters), loss)


def attention_net(random: Random, sentences: int = 2, tokens: int = 4, size: int = 3) -> Network:
    """Causal attention over the tokens of some sentences."""
    query, key, worth = (matrix(random, size, size, 0.5) for _ in range(3))
    texts = [numbers(random, tokens, size) for _ in range(sentences)]

    def answers(text: list[list[float]]) -> list[Value]:
        q, k, v = ([times(rows, token) for token in text] for rows in (query, key, worth))
        missed = []
        for i, target in enumerate(text):
            weights = [bend("exp", total(map(mul, q[i], k[j]))) for j in range(i + 1)]
            whole = total(weights)
            out = [total([w * v[j][d] for j, w in enumerate(weights)]) / whole for d in range(size)]
            missed += [(o - t) ** 2 for o, t in zip(out, target, strict=True)]
        return missed

    def loss() -> Value:
        return total([one for text in texts for one in answers(text)])

    return Network(flat(query, key, worth), loss)


def repeated_net(random: Random) -> Network:
    """The same sums more than once, terms taken away, and sums that are used twice."""
    a, b, c, d = (Value(random.gauss(0, 1)) for _ in range(4))

    def loss() -> Value:
        first = [a * b - c * d + 1.5, a * b - c * d + 1.5, -(a * b) - c * d - 2.5]
        second = [first[0] - first[1], first[0] + first[2] + first[2], -first[0] - first[1] - a]
        return total([one * other for one in second for other in first]) - a * a

    return Network([a, b, c, d], loss)


NETWORKS: dict[str, Callable[[Random], Network]] = {
    "moons": moons_net,
    "softmax": softmax_net,
    "recurrent": recurrent_net,
    "convolution": convolution_net,
    "attention": attention_net,
    "repeated": repeated_net,
}

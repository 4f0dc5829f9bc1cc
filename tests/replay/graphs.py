"""Recorded graphs to be replayed: random ones, one per operation, and networks written number by number."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import add, mul
from random import Random

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


def recorded(leaves: list[Value], output: Value) -> Recording:
    output.backward()
    return record(output, inputs=leaves)


def moons_step(random: Random) -> Recording:
    """A net on moons, as micrograd's demo writes it."""
    points, labels = moons(12, 0.1, rng=random)
    net = MLP(2, [5, 4, 1], rng=random)
    margins = [1 + -label * net(point) for point, label in zip(points, labels, strict=True)]  # type: ignore[operator]
    losses = [bend("relu", one) for one in margins]  # type: ignore[arg-type]
    data = total(losses) * (1.0 / len(losses))
    return recorded(net.parameters(), data + 1e-4 * total([p * p for p in net.parameters()]))


def softmax_step(random: Random) -> Recording:
    """A linear classifier of three classes."""
    weights = [[Value(random.gauss(0, 1)) for _ in range(4)] for _ in range(3)]
    bias = [Value(0.1 * i) for i in range(3)]
    losses = []
    for i in range(6):
        x = [random.gauss(0, 1) for _ in range(4)]
        rows = zip(weights, bias, strict=True)
        scores = [sum([w * one for w, one in zip(row, x, strict=True)], b) for row, b in rows]
        losses.append(cross_entropy(scores, i % 3))
    return recorded([*[w for row in weights for w in row], *bias], total(losses) / 6)


def recurrent_step(random: Random) -> Recording:
    """A small recurrent net over several sequences."""
    size = 3
    inward = [[Value(random.gauss(0, 1)) for _ in range(2)] for _ in range(size)]
    around = [[Value(random.gauss(0, 1)) for _ in range(size)] for _ in range(size)]
    ends = []
    for _ in range(4):
        state: list[Value] = []
        for _ in range(5):
            x = [random.gauss(0, 1) for _ in range(2)]
            sums = [total([w * one for w, one in zip(row, x, strict=True)]) for row in inward]
            if state:
                back = [total([w * one for w, one in zip(row, state, strict=True)]) for row in around]
                sums = [one + other for one, other in zip(sums, back, strict=True)]
            state = [bend("tanh", one) for one in sums]
        ends += state
    return recorded([w for rows in (inward, around) for row in rows for w in row], total([one * one for one in ends]))


def convolution_step(random: Random) -> Recording:
    """A filter along several signals, and the mean of what it finds."""
    kernels = [[Value(random.gauss(0, 1)) for _ in range(3)] for _ in range(2)]
    found = []
    for _ in range(3):
        signal = [random.gauss(0, 1) for _ in range(9)]
        for kernel in kernels:
            bent = [bend("relu", total([k * signal[i + j] for j, k in enumerate(kernel)])) for i in range(7)]
            found.append(total(bent) / len(bent))
    return recorded([k for kernel in kernels for k in kernel], total([(one - 0.3) ** 2 for one in found]))


def attention_step(random: Random) -> Recording:
    """Causal attention over the tokens of two sentences."""
    size = 3
    query, key, val = ([[Value(random.gauss(0, 0.5)) for _ in range(size)] for _ in range(size)] for _ in range(3))

    def times(matrix: list[list[Value]], x: list[float]) -> list[Value]:
        return [total([w * one for w, one in zip(row, x, strict=True)]) for row in matrix]

    missed = []
    for _ in range(2):
        tokens = [[random.gauss(0, 1) for _ in range(size)] for _ in range(4)]
        q, k, v = ([times(matrix, token) for token in tokens] for matrix in (query, key, val))
        for i in range(4):
            weights = [bend("exp", total(map(mul, q[i], k[j]))) for j in range(i + 1)]
            whole = total(weights)
            out = [total([w * v[j][d] for j, w in enumerate(weights)]) / whole for d in range(size)]
            missed += [(o - t) ** 2 for o, t in zip(out, tokens[i], strict=True)]
    return recorded([w for matrix in (query, key, val) for row in matrix for w in row], total(missed))


def repeated_step(random: Random) -> Recording:
    """The same sums more than once, terms taken away, and sums that are used twice."""
    a, b, c, d = (Value(random.gauss(0, 1)) for _ in range(4))
    first = [a * b - c * d + 1.5, a * b - c * d + 1.5, -(a * b) - c * d - 2.5]
    second = [first[0] - first[1], first[0] + first[2] + first[2], -first[0] - first[1] - a]
    return recorded([a, b, c, d], total([one * other for one in second for other in first]) - a * a)


STEPS: dict[str, Callable[[Random], Recording]] = {
    "moons": moons_step,
    "softmax": softmax_step,
    "recurrent": recurrent_step,
    "convolution": convolution_step,
    "attention": attention_step,
    "repeated": repeated_step,
}

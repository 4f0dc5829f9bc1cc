"""Replay of recorded graphs: training steps beside micrograd, PyTorch, casadi, numpy by hand and our own engine.

A step is one pass forward and one backward over the whole data set, for the loss and the gradient of every parameter.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from random import Random
from statistics import median
from typing import Any

import casadi
import numpy as np
import torch
from micrograd.engine import Value as Micrograd

from engine.data import moons
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.names import vocabulary
from engine.language.run import Options, run_to
from engine.nn import MLP
from engine.replay import build
from engine.replay.spread import Spread
from engine.replay.wiring import Floats, Wiring, of_values
from engine.training import Trainer
from engine.value import Value
from tests.bench.timing import TUNED, USUAL, Row, aiming, paired, race, repeated, row
from tests.replay.graphs import (
    Network,
    attention_net,
    convolution_net,
    moons_net,
    recurrent_net,
    softmax_net,
    total,
)

MOONS = """\
import random
random.seed(0)
X, y = moons({points}, 0.1)
net = MLP(2, {layers})
for k in range({turns}):
    scores = [net(x) for x in X]
    margins = [(1 + -yi * s).relu() for yi, s in zip(y, scores)]
    loss = sum(margins) * (1.0 / len(margins)) + 1e-4 * sum(p * p for p in net.parameters())
    for p in net.parameters():
        p.grad = 0.0
    loss.backward()
    for p in net.parameters():
        p.data -= 0.05 * p.grad
"""

LIMITS = Limits.stream()
NAMES = vocabulary()
TURNS = 7
MANY = 100  # steps of ours that are timed together: after a collection the first ones find cold memory
LAYERS = (16, 16, 1)
LARGE = 1_000_000
Step = Callable[[], object]


def rows(scale: float = 1.0, turns: int = TURNS, large: int = LARGE) -> Iterable[Row]:
    """The rows of the table; `scale` makes the work smaller."""
    yield from training(max(2, int(100 * scale)), turns)
    yield from written_in_scalars(scale, turns)
    yield from small_net(turns)
    yield from irregular(max(50, int(100_000 * scale)), turns)
    yield from boundary(max(4, int(2_500 * scale)), turns)
    yield from recognising(max(2, int(100 * scale)), max(100, int(large * scale)), turns)
    yield from cold(max(2, int(100 * scale)), max(2, int(100 * scale)))


def training(points: int, turns: int) -> Iterable[Row]:
    """The moons step."""
    network = moons_net(Random(0), points, LAYERS)
    inputs, labels = moons(points, 0.1, rng=Random(0))
    weights = layers(network.parameters, (2, *LAYERS))
    work = f"moons step, MLP(2, {list(LAYERS)}), {points} points"
    ours = step_of(network)
    sides: dict[str, tuple[Step, float, float]] = {
        "torch, eager tensors": (in_torch(weights, inputs, labels, margins), 4.0, 6.0),
        "casadi": (in_casadi(network), 6.0, 9.0),
        "numpy by hand": (by_hand(weights, inputs, labels), 1 / 1.2, 1.0),
    }
    yield aiming(beside(work, ours, ("micrograd", in_micrograd(weights, inputs, labels)), 2_000, turns=3), 7_000)
    for name, (step, bar, aim) in sides.items():
        yield aiming(beside(work, ours, (name, step), bar, turns, MANY), aim)


def written_in_scalars(scale: float, turns: int) -> Iterable[Row]:
    """Other networks whose authors never saw a matrix."""

    def many(number: int) -> int:
        return max(4, int(number * scale))

    networks: dict[str, Network] = {
        "softmax net, 64 samples, 8-16-5": softmax_net(Random(0), many(64), (many(8), many(16), many(5))),
        "recurrent net, 16 sequences of 12 steps, 8 units": recurrent_net(Random(0), many(16), many(12), many(8)),
        "convolution, 16 signals of 64, 4 filters": convolution_net(Random(0), many(16), many(64), many(4)),
        "causal attention, 4 sentences of 8 tokens, 8 wide": attention_net(Random(0), many(4), many(8), many(8)),
    }
    for name, network in networks.items():
        yield aiming(beside(f"{name}: step", step_of(network), ("our own engine", eager(network)), 300, turns), 900)


def small_net(turns: int) -> Iterable[Row]:
    """A net as small as the seeds'."""
    network = small()
    weights = layers(network.parameters, (3, 4, 4, 1))
    ours = step_of(network)
    work = "small net step, MLP(3, [4, 4, 1]), 4 samples"
    peers = {
        "torch, eager tensors": (in_torch(weights, *SAMPLES, squares), 3.0, 10.0),
        "casadi": (in_casadi(network), 1 / 8, None),
    }
    for name, (step, bar, aim) in peers.items():
        made = beside(work, ours, (name, step), bar, turns, MANY)
        yield made if aim is None else aiming(made, aim)


def irregular(nodes: int, turns: int) -> Iterable[Row]:
    """A graph without any pattern."""
    network = tangle(Random(0), nodes)
    ours = step_of(network)
    work = f"irregular graph of {nodes:,} nodes: step"
    yield aiming(beside(work, ours, ("our own engine", eager(network)), 8.0, turns), 15.0)
    yield aiming(beside(work, ours, ("casadi", in_casadi(network)), 1 / 4, turns, MANY), 1 / 2.2)


def boundary(points: int, turns: int) -> Iterable[Row]:
    """A trained net over the plane."""
    net = MLP(2, list(LAYERS), rng=Random(0))
    place = np.array([[Random(i).gauss(0, 1), Random(-i).gauss(0, 1)] for i in range(points)])
    spread = over_the_plane(net, place)
    weights = layers(net.parameters(), (2, *LAYERS))
    work = f"moons boundary, {points:,} points"

    def one_by_one() -> None:
        for x, y in place.tolist():
            net([x, y])

    def by_matrices() -> Floats:
        found = place
        for weight, bias in weights:
            found = np.tanh(found @ weight.T + bias)
        return found

    yield beside(work, spread, ("our own engine, point by point", one_by_one), 400, min(turns, 3))
    yield aiming(beside(work, spread, ("numpy by hand", by_matrices), 1 / 4, turns, MANY), 1 / 2)


def recognising(points: int, large: int, turns: int) -> Iterable[Row]:
    """How long it takes to find the arrays in a graph, and that this grows with its size only."""
    for what, network in (
        ("moons step", moons_net(Random(0), points, LAYERS)),
        ("irregular", tangle(Random(0), large)),
    ):
        wiring, inputs, output = wired(network)
        times = race({"ours": partial(build, wiring, inputs=inputs, output=output)}, min(turns, 3), TUNED)
        nodes = len(wiring)
        each = min(times["ours"]) / nodes
        yield aiming(row(f"recognising, a node of {nodes:,}: {what} ({TUNED})", each, ("at most 3 µs", 3e-6), 1.0), 2.0)


def cold(turns: int, points: int) -> Iterable[Row]:
    """A program trained from its text: read, checked, compiled, run, its loop found, recorded, recognised, replayed."""
    source = MOONS.format(turns=turns, points=points, layers=list(LAYERS))
    network = moons_net(Random(0), points, LAYERS)
    inputs, labels = moons(points, 0.1, rng=Random(0))
    step = in_micrograd(layers(network.parameters, (2, *LAYERS)), inputs, labels)

    def ours() -> None:
        run_to(check(source, LIMITS, NAMES), LIMITS, Options({}), lambda ended: ended.printed, trainer=Trainer)

    times = race({"ours": ours, "micrograd": step}, 5, USUAL)
    peers = [seconds * turns for seconds in times["micrograd"]]
    work = f"{turns} moons steps from cold, the program as text ({USUAL})"
    named = f"micrograd in CPython, {turns} times a step", median(peers)
    yield aiming(row(work, median(times["ours"]), named, 400, ratio=paired(times["ours"], peers)), 600)


def beside(work: str, ours: Step, peer: tuple[str, Step], bar: float, turns: int, peers: int = 1) -> Row:
    """One row, each side as Python's collector finds it; our step is one of many, the peer's one of so many."""
    name, theirs = peer
    times = race({"ours": repeated(ours, MANY), name: repeated(theirs, peers)}, turns, USUAL)
    ours_s, peer_s = [one / MANY for one in times["ours"]], [one / peers for one in times[name]]
    return row(f"{work} ({USUAL})", median(ours_s), (name, median(peer_s)), bar, ratio=paired(ours_s, peer_s))


def wired(network: Network) -> tuple[Wiring, list[int], int]:
    """A network's graph, its parameters and its loss, by node."""
    loss = network.loss()
    _, wiring, (output, *inputs) = of_values([loss, *network.parameters])
    return wiring, inputs, output


def step_of(network: Network) -> Step:
    """A step by replay."""
    wiring, inputs, output = wired(network)
    program = build(wiring, inputs=inputs, output=output)
    return partial(program, np.array([one.data for one in network.parameters]))


def eager(network: Network) -> Step:
    """A step by building the graph and going back through it."""

    def step() -> None:
        for parameter in network.parameters:
            parameter.grad = 0.0
        network.loss().backward()

    return step


def layers(parameters: Sequence[Value], sizes: Sequence[int]) -> list[tuple[Floats, Floats]]:
    """The weights and biases of a net as matrices."""
    numbers = iter([parameter.data for parameter in parameters])
    found = []
    for before, after in pairwise(sizes):
        table = np.array([[next(numbers) for _ in range(before + 1)] for _ in range(after)])
        found.append((table[:, :-1].copy(), table[:, -1].copy()))
    return found


def in_micrograd(weights: list[tuple[Floats, Floats]], inputs: list[list[float]], labels: list[float]) -> Step:
    """The same step in micrograd, number by number."""
    table = [
        ([[Micrograd(w) for w in row] for row in weight.tolist()], [Micrograd(b) for b in bias.tolist()])
        for weight, bias in weights
    ]
    parameters = [one for weight, bias in table for one in (*[w for row in weight for w in row], *bias)]

    def tanh(x: Any) -> Any:  # noqa: ANN401  # micrograd has no types, and no tanh: (e - 1) / (e + 1) needs an exp, too
        t = float(np.tanh(x.data))
        out = Micrograd(t, (x,), "tanh")

        def backward() -> None:
            x.grad += (1 - t * t) * out.grad

        out._backward = backward
        return out

    def step() -> None:
        losses = []
        for x, label in zip(inputs, labels, strict=True):
            state: list[Any] = list(x)
            for weight, bias in table:
                state = [
                    tanh(sum((w * one for w, one in zip(row, state, strict=True)), b))
                    for row, b in zip(weight, bias, strict=True)
                ]
            losses.append((1 + -label * state[0]).relu())
        loss = sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in parameters)
        for parameter in parameters:
            parameter.grad = 0
        loss.backward()

    return step


def in_torch(
    weights: list[tuple[Floats, Floats]],
    inputs: list[list[float]],
    labels: list[float],
    loss: Callable[[torch.Tensor, torch.Tensor, list[torch.Tensor]], torch.Tensor],
) -> Step:
    """The step of a net with PyTorch's tensors, with a loss of its answers, the labels and the parameters."""
    table = [
        (torch.tensor(weight, requires_grad=True), torch.tensor(bias, requires_grad=True)) for weight, bias in weights
    ]
    parameters = [one for pair in table for one in pair]
    x, y = torch.tensor(inputs, dtype=torch.float64), torch.tensor(labels, dtype=torch.float64)

    def step() -> None:
        for one in parameters:
            one.grad = None
        state = x
        for weight, bias in table:
            state = torch.tanh(state @ weight.T + bias)
        torch.autograd.backward(loss(state[:, 0], y, parameters))

    torch.set_num_threads(1)
    return step


def margins(scores: torch.Tensor, labels: torch.Tensor, parameters: list[torch.Tensor]) -> torch.Tensor:
    """The loss of micrograd's demo."""
    sizes = torch.stack([(one * one).sum() for one in parameters])
    return torch.relu(1 - labels * scores).mean() + 1e-4 * sizes.sum()


def squares(scores: torch.Tensor, labels: torch.Tensor, _: list[torch.Tensor]) -> torch.Tensor:
    """The loss of the fourth seed."""
    return ((scores - labels) ** 2).sum()


def by_hand(weights: list[tuple[Floats, Floats]], inputs: list[list[float]], labels: list[float]) -> Step:
    """The same step as an expert writes it with numpy."""
    (w1, b1), (w2, b2), (w3, b3) = weights
    x, y = np.array(inputs), np.array(labels)[:, np.newaxis]

    def step() -> tuple[float, list[Floats]]:
        h1 = np.tanh(x @ w1.T + b1)
        h2 = np.tanh(h1 @ w2.T + b2)
        out = np.tanh(h2 @ w3.T + b3)
        margin = 1 - y * out
        loss = np.maximum(margin, 0).mean() + 1e-4 * sum([(one * one).sum() for pair in weights for one in pair])
        d3 = (margin > 0) * (-y / len(y)) * (1 - out * out)
        d2 = (d3 @ w3) * (1 - h2 * h2)
        d1 = (d2 @ w2) * (1 - h1 * h1)
        return float(loss), [
            d1.T @ x + 2e-4 * w1,
            d1.sum(axis=0) + 2e-4 * b1,
            d2.T @ h1 + 2e-4 * w2,
            d2.sum(axis=0) + 2e-4 * b2,
            d3.T @ h2 + 2e-4 * w3,
            d3.sum(axis=0) + 2e-4 * b3,
        ]

    return step


def in_casadi(network: Network) -> Step:
    """The same graph, scalar by scalar, in casadi's virtual machine: the output and its gradient into given buffers."""
    wiring, inputs, output = wired(network)
    symbols: list[Any] = [None] * len(wiring)
    moved = casadi.SX.sym("x", len(inputs))
    for at, node in enumerate(inputs):
        symbols[node] = moved[at]
    for node in np.flatnonzero(wiring.code < 0).tolist():
        if symbols[node] is None:
            symbols[node] = casadi.SX(wiring.data[node])
    for node in np.flatnonzero(wiring.code >= 0).tolist():
        op = wiring.ops[wiring.code[node]]
        operands = [symbols[one] for one in (wiring.left[node], wiring.right[node])[: len(op.params)]]
        symbols[node] = IN_CASADI[op.symbol if len(operands) > 1 else op.name](*operands)
    function = casadi.Function("step", [moved], [symbols[output], casadi.gradient(symbols[output], moved)])
    buffer: Any
    buffer, call = function.buffer()
    start: Any = wiring.data[inputs]
    loss: Any = np.zeros(1)
    gradients: Any = np.zeros(len(inputs))
    kept: Any = start, loss, gradients, buffer, function  # which must outlive the call
    for put, place, array in ((buffer.set_arg, 0, start), (buffer.set_res, 0, loss), (buffer.set_res, 1, gradients)):
        put(place, memoryview(array))

    def step() -> Any:  # noqa: ANN401
        call()
        return kept

    return step


IN_CASADI: dict[str, Callable[..., Any]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "**": lambda x, y: x**y,
    "neg": lambda x: -x,
    "tanh": casadi.tanh,
    "sin": casadi.sin,
    "exp": casadi.exp,
    "relu": lambda x: casadi.fmax(x, 0),
}

SAMPLES = ([[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]], [1.0, -1.0, -1.0, 1.0])


def small() -> Network:
    """The fourth seed's net and samples."""
    net = MLP(3, [4, 4, 1], rng=Random(0))
    xs, ys = SAMPLES

    def loss() -> Value:
        return total([(net(x) - y) ** 2 for x, y in zip(xs, ys, strict=True)])  # type: ignore[operator, misc]

    return Network(net.parameters(), loss)


def tangle(random: Random, nodes: int, leaves: int = 100) -> Network:
    """Operations between whatever came before, kept small by a sine now and then."""
    parameters = [Value(random.uniform(-1, 1)) for _ in range(leaves)]
    steps = [(random.random(), random.random(), random.random()) for _ in range(nodes)]

    def loss() -> Value:
        found: list[Value] = list(parameters)
        for kind, one, other in steps:
            a, b = found[int(one * len(found))], found[int(other * len(found))]
            found.append(a + b if kind < 0.35 else a - b if kind < 0.5 else a * b if kind < 0.8 else a.sin())  # type: ignore[attr-defined]
        return total(found[-nodes // 2 :])

    return Network(parameters, loss)


def over_the_plane(net: MLP, place: Floats) -> Spread:
    """A net at many points at once."""
    point = [Value(0.0), Value(0.0)]
    answer = net(point)
    if not isinstance(answer, Value):
        raise TypeError("a net with one answer is meant")
    _, wiring, places = of_values([answer, *point, *net.parameters()])
    spread = Spread(wiring, places[1:3], places[3:], places[:1], len(place))
    spread.moving[:] = place.T
    return spread

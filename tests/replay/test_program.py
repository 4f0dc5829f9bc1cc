"""A recorded graph as a program: each way gives the numbers and gradients of the engine."""

import math
from random import Random

import numpy as np
import pytest

from engine.op import Op
from engine.ops import OPS
from engine.optim import SGD, Adam, Optimizer
from engine.recording import Recording, record
from engine.replay import build
from engine.replay.plain import replay
from engine.replay.program import Way, cheapest, compiled
from engine.replay.wiring import Goal, of_recording, of_values
from engine.value import Value
from tests.each import each
from tests.replay.graphs import NETWORKS, bend, flat, leaves, of_op, random_recording, total

WAYS: tuple[Way, ...] = ("scalars", "levels", "arrays")
GRAPHS = range(30)
THOUSAND = 1_000


def compare(recording: Recording, way: Way, settings: list[list[float]], rel: float = 1e-12) -> None:
    """Each setting gives what a number at a time gives; so do all inner nodes, where they are observed."""
    inputs, root = leaves(recording), recording.output
    assert root is not None
    inner = [node for node, op in enumerate(recording.nodes.op) if op is not None]
    program = compiled(of_recording(recording), Goal(inputs, root), way)
    watching = compiled(of_recording(recording), Goal(inputs, root, inner), way)
    for setting in settings:
        exact = replay(recording, dict(zip(inputs, setting, strict=True)))
        wanted = [exact.adjoint[node] for node in inputs]
        largest = max([abs(one) for one in wanted if one is not None and math.isfinite(one)], default=0.0)
        for one in (program, watching):
            value, gradients = one(setting)
            assert value == pytest.approx(exact.data[root], rel=rel, abs=rel, nan_ok=True)
            assert gradients.tolist() == pytest.approx(wanted, rel=rel, abs=rel * max(largest, 1.0), nan_ok=True)
            assert one.value(setting) == pytest.approx(value, rel=0, nan_ok=True)
        found = [exact.data[node] for node in inner]
        assert watching.observed().tolist() == pytest.approx(found, rel=rel, abs=rel, nan_ok=True)


def around(recording: Recording, seed: int) -> list[list[float]]:
    random = Random(seed)
    start = [recording.nodes.data[node] for node in leaves(recording)]
    return [start, [x * random.uniform(0.9, 1.1) for x in start], start]


@each("way", WAYS)
@each("seed", GRAPHS)
def test_random_graphs(seed: int, way: Way) -> None:
    recording = random_recording(seed, steps=5 + seed % 60)
    compare(recording, way, around(recording, seed))


@pytest.mark.parametrize("start", range(0, THOUSAND, 50))
def test_a_thousand_graphs_as_their_cheapest_program(start: int) -> None:
    for seed in range(start, start + 50):
        recording = random_recording(seed, steps=3 + seed % 40)
        inputs, root = leaves(recording), recording.output
        assert root is not None
        wanted = [recording.nodes.adjoint[node] for node in inputs]
        for way in WAYS[1:]:
            program = compiled(of_recording(recording), Goal(inputs, root), way)
            value, gradients = program([recording.nodes.data[node] for node in inputs])
            assert value == pytest.approx(recording.nodes.data[root], rel=1e-12)
            assert gradients.tolist() == pytest.approx(wanted, rel=1e-12, abs=1e-12 * max(map(abs, gradients)))


@each("way", WAYS)
@each("name", NETWORKS)
def test_networks_written_number_by_number(name: str, way: Way) -> None:
    recording = NETWORKS[name](Random(1)).recorded()
    compare(recording, way, around(recording, 2))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_every_operation_at_samples_kinks_and_extremes(op: Op, way: Way) -> None:
    extremes = [tuple([x] * len(op.params)) for x in (0.0, -0.0, 1e300, -1e300, math.inf, -math.inf, math.nan)]
    for point in (*op.samples, *(op.kink.points if op.kink else ()), *extremes):
        recording = of_op(op, point)
        compare(recording, way, [list(point)])


def test_number_by_number_is_the_engine_to_the_last_bit() -> None:
    for seed in GRAPHS:
        recording = random_recording(seed)
        value, gradients = build(recording, deterministic=True)(
            [recording.nodes.data[node] for node in leaves(recording)]
        )
        assert recording.output is not None
        assert value == recording.nodes.data[recording.output]
        assert gradients.tolist() == [recording.nodes.adjoint[node] for node in leaves(recording)]


@pytest.mark.parametrize("name", NETWORKS)
def test_values_are_wired_like_their_recording(name: str) -> None:
    recording = NETWORKS[name](Random(3)).recorded()
    inputs = [Value(recording.nodes.data[node]) for node in leaves(recording)]
    made: dict[int, Value] = dict(zip(leaves(recording), inputs, strict=True))
    for node, op in enumerate(recording.nodes.op):
        if op is not None:
            operands = recording.edges.source[recording.first[node] : recording.first[node + 1]]
            numbers = [made.get(one, recording.nodes.data[one]) for one in operands]
            result = op(*numbers)
            assert isinstance(result, Value)
            made[node] = result
    assert recording.output is not None
    _, wiring, (output, *places) = of_values([made[recording.output], *inputs])
    program = compiled(wiring, Goal(places, output), "arrays")
    start = [value.data for value in inputs]
    value, gradients = program(start)
    assert value == pytest.approx(recording.nodes.data[recording.output], rel=1e-12)
    assert gradients.tolist() == pytest.approx([recording.nodes.adjoint[node] for node in leaves(recording)], rel=1e-9)


def test_a_net_becomes_matrix_products() -> None:
    lines = build(NETWORKS["moons"](Random(1)).recorded()).explain()
    text = "\n".join(map(str, lines))
    assert "layers[0].neurons.w.T" in text
    assert text.count("@") >= 3
    assert len(lines) < 15
    covered = {node for line in lines for node in line.nodes}
    assert len(covered) == sum(len(line.nodes) for line in lines)


@each("way", WAYS)
@each("added", [(0.5, 0.5), (0.5, -2.0), (math.nan, math.nan), (None, None)])
def test_equal_products_to_which_different_things_are_added(way: Way, added: tuple[float | None, ...]) -> None:
    weights, biases = [[Value(0.1 * (i + 3 * j) - 0.4) for i in range(2)] for j in range(3)], [Value(0.7), Value(-1.1)]
    points = [(1.5, -0.5), (0.25, 2.0)]
    other = [bias if one is None else one for bias, one in zip(biases, added, strict=True)]
    sums = [u * x + v * y + b for b in other for x, y in points for u, v in weights]
    output = total([one * one for one in sums])
    recording = record(output, inputs=[*flat(weights), *biases])
    compare(recording, way, around(recording, 3))


def test_the_cheapest_way_fits_the_graph() -> None:
    x = Value(0.5)
    chain = x
    for _ in range(50):
        chain = bend("sin", chain)
    recordings = {"arrays": NETWORKS["moons"](Random(1)).recorded(), "scalars": record(chain, inputs=[x])}
    for way, recording in recordings.items():
        assert recording.output is not None
        assert cheapest(of_recording(recording), Goal(leaves(recording), recording.output))[0] == way
        assert build(recording).way == way
        assert build(recording, deterministic=True).way == "scalars"


@pytest.mark.parametrize(
    "optimizer", [lambda ps: SGD(ps, 0.1), lambda ps: SGD(ps, 0.05, 0.9), lambda ps: Adam(ps, 0.1)]
)
@pytest.mark.parametrize("way", WAYS)
def test_training_is_what_the_optimizer_does_to_values(way: Way, optimizer: object) -> None:
    assert callable(optimizer)
    inputs = [Value(x) for x in (0.3, -0.8, 1.2)]
    a, b, c = inputs
    xs = [0.1 * i for i in range(20)]

    def loss() -> Value:
        return total([(a * x * x + b * x + c - math.sin(x)) ** 2 for x in xs]) / len(xs)

    recording = record(loss(), inputs=inputs)
    root = recording.output
    assert root is not None
    program = compiled(of_recording(recording), Goal(leaves(recording), root), way)
    seen: list[float] = []
    ours = program.train(optimizer([]), 30, lambda _, value: seen.append(value))
    theirs, moved = [], optimizer(inputs)
    assert isinstance(moved, Optimizer)
    for _ in range(30):
        moved.zero_grad()
        now = loss()
        theirs.append(now.data)
        now.backward()
        moved.step()
    assert seen == pytest.approx(theirs, rel=1e-9)
    assert ours.tolist() == pytest.approx([one.data for one in inputs], rel=1e-9)


def test_what_does_not_depend_on_the_inputs_is_a_constant() -> None:
    x, y = Value(2.0), Value(3.0)
    recording = record(y * y, inputs=[x, y])
    by_label = leaves(recording)
    unused = next(node for node in by_label if recording.nodes.data[node] == 2.0)
    for way in WAYS:
        assert recording.output is not None
        value, gradients = compiled(of_recording(recording), Goal([unused], recording.output), way)([5.0])
        assert (value, gradients.tolist()) == (9.0, [0.0])


def test_an_output_that_is_an_input() -> None:
    recording = record(Value(2.0))
    for way in WAYS:
        value, gradients = compiled(of_recording(recording), Goal([0], 0), way)([5.0])
        assert (value, gradients.tolist()) == (5.0, [1.0])


def test_only_leaves_move() -> None:
    x = Value(2.0)
    recording = record(x * x + 1.0)
    with pytest.raises(ValueError, match="input or a parameter"):
        build(recording, inputs=[recording.output or 0])
    with pytest.raises(ValueError, match="input or a parameter"):
        build(recording, inputs=[recording.nodes.kind.index("constant")])
    with pytest.raises(ValueError, match="which leaves"):
        build(of_recording(recording))
    np.testing.assert_array_equal(build(recording, output=recording.output)([3.0])[1], [6.0])

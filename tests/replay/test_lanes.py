import math
from random import Random

import numpy as np
import pytest

from engine.leaf import Parameter
from engine.op import Op
from engine.ops import OPS
from engine.recording import Recording, record
from engine.replay import lanes
from engine.replay.lanes import Program
from engine.replay.plain import replay
from engine.value import Value, apply
from tests.each import each
from tests.engine.graphs import random_program

PROGRAMS = range(60)


def leaves(recording: Recording) -> list[int]:
    return [node for node, kind in enumerate(recording.nodes.kind) if kind == "input"]


def random_recording(seed: int, steps: int = 25) -> tuple[Recording, list[float]]:
    program = random_program(Random(seed), inputs=3, steps=steps)
    inputs = [Value(number) for number in program.inputs]
    numbers = program.run(inputs, lambda op: lambda *operands: applied(op, *operands))
    output = numbers[-1]
    assert isinstance(output, Value)
    output.backward()
    return record(output, inputs=inputs), list(program.inputs)


def applied(op: Op, *operands: object) -> object:
    return apply(op, *operands) if any(isinstance(one, Value) for one in operands) else op(*operands)


@each("seed", PROGRAMS)
def test_a_replay_where_nothing_moved_gives_the_recording_to_the_last_bit(seed: int) -> None:
    recording, _ = random_recording(seed)
    found = replay(recording, {})
    assert found.data == recording.nodes.data
    assert found.adjoint == recording.nodes.adjoint
    assert found.local == recording.edges.local
    assert found.flow == recording.edges.flow


@each("seed", PROGRAMS)
def test_lanes_say_what_a_number_at_a_time_says(seed: int) -> None:
    recording, start = random_recording(seed)
    inputs = leaves(recording)
    random = Random(seed)
    settings = np.array([start, *([x * random.uniform(0.7, 1.4) for x in start] for _ in range(7))]).T
    with np.errstate(all="raise"):  # what the caller has set is left alone
        ys, slopes = Program(recording, inputs).gradients(settings)
        values = Program(recording, inputs).values(settings)
    assert values.tolist() == pytest.approx(ys.tolist(), rel=0, nan_ok=True)
    for lane in range(settings.shape[1]):
        found = replay(recording, dict(zip(inputs, settings[:, lane].tolist(), strict=True)))
        assert recording.output is not None
        assert ys[lane] == pytest.approx(found.data[recording.output], rel=1e-12, nan_ok=True)
        expected = [found.adjoint[node] for node in inputs]
        scale = max([abs(one) for one in found.flow if one is not None and math.isfinite(one)], default=0.0)
        assert slopes[:, lane].tolist() == pytest.approx(expected, rel=1e-12, abs=1e-13 * scale, nan_ok=True)


@each("seed", PROGRAMS)
def test_dual_numbers_and_reverse_mode_agree(seed: int) -> None:
    recording, start = random_recording(seed)
    program = Program(recording, leaves(recording))
    _, reverse = program.gradients(np.array(start)[:, None])
    assert program.tangents(start).tolist() == pytest.approx(reverse[:, 0].tolist(), rel=1e-9, abs=1e-9, nan_ok=True)


@each("op", OPS.values())
def test_every_operation_at_its_samples_and_kinks_is_that_of_the_engine(op: Op) -> None:
    for point in (*op.samples, *(op.kink.points if op.kink else ())):
        operands = [Value(x) for x in point]
        output = apply(op, *operands)
        output.backward()
        ys, slopes = Program(record(output, inputs=operands), [0, 1][: len(point)]).gradients(np.array([point]).T)
        assert ys.tolist() == pytest.approx([output.data], rel=1e-12)
        assert slopes[:, 0].tolist() == pytest.approx([one.grad for one in operands], rel=1e-12, nan_ok=True)


def test_the_result_does_not_depend_on_the_size_of_the_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    recording, start = random_recording(3)
    program, settings = Program(recording, leaves(recording)), np.linspace(0.9, 1.1, 50) * np.array(start)[:, None]
    ys, slopes = program.gradients(settings)
    tangents = program.tangents(start)
    monkeypatch.setattr(lanes, "BATCH", 2)
    assert program.gradients(settings)[0].tolist() == pytest.approx(ys.tolist(), rel=1e-14)
    assert program.gradients(settings)[1].ravel().tolist() == pytest.approx(slopes.ravel().tolist(), rel=1e-13)
    assert program.tangents(start).tolist() == tangents.tolist()


def test_a_slope_of_infinity_spoils_only_what_depends_on_it() -> None:
    a, b = Value(3.0), Value(0.0)
    output = a * 2 + b.sqrt()  # type: ignore[attr-defined]  # a method of the rulebook
    output.backward()
    recording = record(output)
    program = Program(recording, leaves(recording))
    assert program.tangents([3.0, 0.0]).tolist() == [2.0, math.inf] == [a.grad, b.grad]
    assert program.gradients(np.array([[3.0], [0.0]]))[1].ravel().tolist() == [2.0, math.inf]


def test_what_does_not_move_keeps_its_recorded_number() -> None:
    weight, x = Parameter(3.0), Value(2.0)
    recording = record(weight * weight + x)
    program = Program(recording, [leaves(recording)[0]])
    assert len(program.steps) == 1
    assert program.values(np.array([[2.0, 5.0]])).tolist() == [11.0, 14.0]


def test_an_output_that_is_an_input_or_does_not_depend_on_one() -> None:
    x, y = Value(2.0), Value(5.0)
    recording = record(x, inputs=[y])
    ys, slopes = Program(recording, [0, 1]).gradients(np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert (ys.tolist(), slopes.tolist()) == ([1.0, 2.0], [[1.0, 1.0], [0.0, 0.0]])
    assert Program(recording, [0, 1]).tangents([1.0, 2.0]).tolist() == [1.0, 0.0]
    other = Program(recording, [0], output=1)
    assert other.values(np.array([[1.0, 2.0]])).tolist() == [5.0, 5.0]
    assert Program(recording, []).gradients(np.zeros((0, 1)))[0].tolist() == [2.0]


def test_only_leaves_can_move() -> None:
    with pytest.raises(ValueError, match="an input or a parameter"):
        Program(record(Value(2.0) * 3.0), [1])

"""Corners of the array programs: graphs that are built alike and yet not the same, and numbers in unusual places."""

import math
from collections.abc import Sequence

import pytest

from engine.recording import record
from engine.replay import build
from engine.replay.plain import replay
from engine.replay.program import Way, compiled
from engine.replay.wiring import Goal, of_recording
from engine.value import Value
from tests.replay.graphs import leaves, total

WAYS: tuple[Way, ...] = ("scalars", "levels", "arrays")


def to_the_bit(output: Value, inputs: Sequence[Value], way: Way) -> None:
    """Value and gradients are those of the engine, signs of zeros and what is not finite included."""
    recording = record(output, inputs=inputs)
    moving = leaves(recording)
    assert recording.output is not None
    exact = replay(recording, {})
    value, gradients = compiled(of_recording(recording), Goal(moving, recording.output), way)(
        [recording.nodes.data[node] for node in moving]
    )
    wanted = [exact.data[recording.output], *[exact.adjoint[node] for node in moving]]
    assert [*map(str, (value, *gradients.tolist()))] == [*map(str, wanted)]


@pytest.mark.parametrize("apart", [1, 2, 7, 8, 9, 16])
def test_what_is_taken_away_may_lie_anywhere(apart: int) -> None:
    near, far, between = Value(0.3), Value(-0.7), [Value(0.0) for _ in range(apart - 1)]
    recording = record(-(near * 1.5) - far * 2.5, inputs=[near, *between, far])
    in_order = sorted(leaves(recording), key=recording.nodes.data.__getitem__, reverse=True)
    assert recording.output is not None
    value, gradients = compiled(of_recording(recording), Goal(in_order, recording.output), "arrays")(
        [0.3, *[0.0] * (apart - 1), -0.7]
    )
    assert value == pytest.approx(1.3, rel=1e-12)
    assert gradients.tolist() == [-1.5, *[0.0] * (apart - 1), -2.5]


@pytest.mark.parametrize("way", WAYS)
def test_zeros_of_either_sign_are_two_constants(way: Way) -> None:
    x, y = Value(3.0), Value(2.0)
    to_the_bit(x / 0.0 + y / -0.0, [x, y], way)
    to_the_bit(total([abs(1.0 / (one * zero)) for one in (x, y) for zero in (0.0, -0.0)]), [x, y], way)


@pytest.mark.parametrize("way", WAYS)
def test_nan_is_a_constant_like_others(way: Way) -> None:
    x, y = Value(3.0), Value(2.0)
    to_the_bit(x / math.nan + y / math.nan, [x, y], way)


@pytest.mark.parametrize("way", WAYS)
def test_sums_that_are_filled_up_keep_the_sign_of_their_zero(way: Way) -> None:
    a, b, c, d, e = inputs = [Value(-0.0) for _ in range(5)]
    to_the_bit(1.0 / (a + b + c) + 1.0 / (d + e), inputs, way)


@pytest.mark.parametrize("deterministic", [True, False])
def test_inputs_are_named_once_and_get_a_number_each(*, deterministic: bool) -> None:
    x, y = Value(2.0), Value(3.0)
    recording = record(x * y, inputs=[x, y])
    program = build(recording, deterministic=deterministic)
    for values in ([], [1.0], [1.0, 2.0, 3.0]):
        with pytest.raises(ValueError, match="2 numbers are needed"):
            program(values)
        with pytest.raises(ValueError, match="2 numbers are needed"):
            program.value(values)
    with pytest.raises(ValueError, match="named once"):
        build(recording, inputs=[0, 0], deterministic=deterministic)


@pytest.mark.parametrize("way", WAYS)
def test_the_output_may_be_an_input_a_constant_or_observed_too(way: Way) -> None:
    x, y = Value(2.0), Value(3.0)
    recording = record(x * y + 1.0, inputs=[x, y])
    moving, everything = leaves(recording), range(len(recording))
    for output in everything:
        program = compiled(of_recording(recording), Goal(moving, output, everything), way)
        for setting in ([2.0, 3.0], [-1.0, 0.5]):
            exact = replay(recording, dict(zip(moving, setting, strict=True)), output)
            value, gradients = program(setting)
            assert value == exact.data[output]
            assert gradients.tolist() == [exact.adjoint[node] for node in moving]
            assert program.observed().tolist() == list(exact.data)

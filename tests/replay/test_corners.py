"""Corners of the array programs: graphs that are built alike and yet not the same, and numbers in unusual places."""

import pytest

from engine.recording import record
from engine.replay.program import compiled
from engine.replay.wiring import Goal, of_recording
from engine.value import Value
from tests.replay.graphs import leaves


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

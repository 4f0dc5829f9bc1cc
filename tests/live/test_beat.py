"""When the next pass of a run is due that is watched at a pace."""

import pytest

from engine.live import beat
from engine.live.beat import Beat


class Clock:
    """A time that goes on when it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(beat, "monotonic", made)
    return made


def test_passes_come_at_an_even_pace_although_the_run_is_a_little_late(clock: Clock) -> None:
    passes = Beat(pace=4.0)
    for late in (0.0, 0.01, 0.2, 0.0):
        left = passes.left()
        clock.now += left + late
        passes.strike()
    assert clock.now == 101.0
    assert passes.left() == 0.25


def test_what_is_late_by_more_is_not_made_up_for(clock: Clock) -> None:
    passes = Beat(pace=2.0)
    clock.now += 60.0
    begun = 0
    while passes.left() <= 0.0:
        passes.strike()
        begun += 1
    assert begun == 2
    assert passes.left() == 0.5


@pytest.mark.parametrize("pace", [None, 1.0])
def test_without_a_pace_nothing_waits(clock: Clock, pace: float | None) -> None:
    passes = Beat(pace)
    assert (passes.counts, passes.left()) == ((False, 0.0) if pace is None else (True, 1.0))
    passes.set(None)
    clock.now += 0.1
    passes.strike()
    assert passes.left() <= 0.0

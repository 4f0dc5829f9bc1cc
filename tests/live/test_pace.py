"""Frames are due as often as a screen shows them, and the events last as long as the program may."""

from itertools import pairwise

import pytest

from engine.language.limits import Limits
from engine.live import pace
from engine.live.pace import FASTEST, Pace


class Clock:
    """A time that passes as it is told; the processor works for a part of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, share: float) -> None:
        self.now, self.share = 0.0, share
        monkeypatch.setattr(pace, "monotonic", lambda: self.now)
        monkeypatch.setattr(pace, "process_time", lambda: self.now * self.share)


@pytest.mark.parametrize("share", [0.5, 0.9, 1.0])
@pytest.mark.parametrize("making", [0.0, 0.002, 0.05])
def test_the_events_last_to_the_end(monkeypatch: pytest.MonkeyPatch, share: float, making: float) -> None:
    clock, limits = Clock(monkeypatch, share), Limits.stream()
    paced, times = Pace(limits), []
    while clock.now * share < limits.cpu_seconds:
        clock.now += 0.001
        if paced.ready():
            paced.begin()
            clock.now += making
            times.append(clock.now)
            paced.made()
    assert paced.left == limits.events - 2 - len(times) >= 0
    gaps = [later - one for one, later in pairwise(times)]
    assert min(gaps) >= FASTEST
    assert gaps[10] <= max(FASTEST, 4 * making) + making + 0.0021, "at first as often as there is time for"
    assert times[-1] * share > limits.cpu_seconds - 4.0, "and until the end"


def test_a_frame_that_is_put_off_stays_late(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, 1.0)
    paced = Pace(Limits.stream())
    clock.now = 0.5
    assert paced.ready()
    paced.put_off()
    assert not paced.ready()
    assert paced.late() == 0.5
    clock.now = 0.51
    assert paced.ready()

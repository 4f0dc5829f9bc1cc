"""A training that a budget ends is told where it has more room; nothing else is."""

from dataclasses import replace

import pytest

from engine.language.errors import ProgramError
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.names import vocabulary
from engine.language.run import Options, run

TRAINS = "x = 1.0\nwhile True:\n    y = x * x\n    y.backward()"
CALLS = "x = 1.0\ndef turn():\n    (x * x).backward()\nfor i in range(10**9):\n    turn()"
OTHERS = ["while True:\n    pass", "x = 1.0\n(x * x).backward()\nwhile True:\n    pass"]
TIGHT = replace(Limits(), steps=20_000)


def hint(source: str, limits: Limits) -> str | None:
    with pytest.raises(ProgramError) as caught:
        run(check(source, limits, vocabulary()), limits, Options({}))
    return caught.value.diagnostics[0].hint


@pytest.mark.parametrize("source", [TRAINS, CALLS])
def test_a_loop_that_trains_has_room_in_a_stream(source: str) -> None:
    found = hint(source, TIGHT)
    assert found is not None
    assert "/api/v1/train" in found
    assert "80,000,000 steps" in found


@pytest.mark.parametrize("source", OTHERS)
def test_another_loop_is_told_what_it_was_told_before(source: str) -> None:
    assert hint(source, TIGHT) == "look for a loop that never ends, or let it take fewer turns"


def test_a_stream_is_not_sent_to_a_stream() -> None:
    assert hint("x = 1.0\nwhile True:\n    (x * x).backward()\n    xs = [0] * 60_000", Limits.stream()) is None

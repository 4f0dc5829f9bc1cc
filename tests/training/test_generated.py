"""Generated programs that train: replayed, they leave what they leave as they stand."""

import os

from hypothesis import HealthCheck, given, settings

from tests.training.both import compared, told
from tests.training.programs import programs

EXAMPLES = int(os.environ.get("REPLAYED_PROGRAMS", "120"))
GENERATED = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MORE = 0.2  # of the turns of all programs that are replayed


def test_a_program_that_trains_does_what_it_does_as_it_stands() -> None:
    turns = replayed = 0

    @given(programs())
    @GENERATED
    def holds(source: str) -> None:
        nonlocal turns, replayed
        trainers: list[object] = []
        plain = told(source, None)
        try:
            compared(plain, told(source, trainers, deterministic=True), 1e-13)  # type: ignore[arg-type]
        except AssertionError:
            print(source)
            raise
        for trainer in trainers:
            for fact in trainer.facts():  # type: ignore[attr-defined]
                turns, replayed = turns + fact["turns"], replayed + fact["replayed"]

    holds()
    assert replayed > MORE * turns, (replayed, turns)

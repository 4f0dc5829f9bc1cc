"""Planted mistakes are named, and right answers are never called wrong. `python -m tests.predict` counts 1,000."""

from collections import Counter
from random import Random

import pytest

from engine.predict.task import Task
from engine.predict.verdict import judge
from tests.predict.planted import KINDS, Case, cases, comes_to, gradient
from tests.replay.graphs import random_recording

COUNT = 160
NAMED = 0.95


def named(case: Case) -> bool:
    """Whether an answer is diagnosed as the mistake that was made, or as one that gives the same number."""
    verdict = judge(case.recording, Task(), case.node, repr(case.answer))
    if verdict.right or verdict.mistake is None:
        return False
    return verdict.mistake.kind == case.kind or comes_to(case, verdict.mistake) == pytest.approx(case.answer, rel=1e-6)


def test_planted_mistakes_are_named() -> None:
    found = list(cases(COUNT))
    missed = [(case.seed, case.kind) for case in found if not named(case)]
    assert set(Counter(case.kind for case in found)) == set(KINDS)
    assert len(missed) <= (1 - NAMED) * COUNT, missed


@pytest.mark.parametrize("seed", range(12))
def test_right_answers_are_never_called_wrong(seed: int) -> None:
    random, recording = Random(seed), random_recording(seed)
    for node, kind in enumerate(recording.nodes.kind):
        if kind == "constant":
            continue
        true, data = gradient(recording, node), recording.nodes.data[node]
        for digits in (3, 4, 6, 17):
            assert judge(recording, Task(), node, f"{true:.{digits}g}").right
            if kind == "operation":
                assert judge(recording, Task(hide="data"), node, f"{data:.{digits}g}").right
        off = true * (1 + random.choice((-1, 1)) * 0.0099)
        assert judge(recording, Task(), node, repr(off)).right
        assert judge(recording, Task(tolerance=0.0), node, repr(recording.nodes.adjoint[node])).right

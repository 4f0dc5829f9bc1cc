"""Wrong engines: planted causes, and how many are named. `python -m tests.watch` prints the table of all of them."""

from collections import Counter

import pytest

from tests.watch.dresses import DRESSES
from tests.watch.looking import look, numbers
from tests.watch.mutants import Mutant, mutants

ALL = mutants()
NAMED = 0.95
SAMPLE = [
    one for place, one in enumerate(ALL) if place % 12 == 0 or one.cause in {"order", "visited_twice", "recursion"}
]


def named(one: Mutant) -> str | None:
    """The first cause that is found; None where there is none."""
    found = look(one.source).findings
    return found[0].cause if found else None


def test_there_are_mutants_of_each_cause_in_each_dress_that_can_have_it() -> None:
    counted = Counter(one.cause for one in ALL)
    assert len(ALL) >= 300
    assert len(DRESSES) >= 6
    assert min(counted.values()) >= 4
    assert len(counted) == 14


def test_planted_causes_are_named() -> None:
    wrong = {one: found for one in SAMPLE if (found := named(one)) or not alike(one)}
    right = [one for one, found in wrong.items() if found == one.cause]
    assert len(right) >= NAMED * len(wrong), [one[:3] for one in wrong if one not in right]


def alike(one: Mutant) -> bool:
    """Whether a mutant happens to leave the numbers of the right engine."""
    [dress] = [dress for dress in DRESSES if dress.name == one.dress]
    theirs, right = numbers(one.source), numbers(dress.source())
    return all(theirs[name] == pytest.approx(found) for name, found in right.items())

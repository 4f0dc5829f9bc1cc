"""What `make soak` calls flat, and that its load is mixed."""

import pytest

from tests.soak.__main__ import flat, load

HOURS = [0.0, 0.1, 0.2, 0.3]


@pytest.mark.parametrize(("found", "holds"), [([9.0, 9.5, 9.0, 9.2], True), ([5.0, 6.0, 7.0, 8.0], False)])
def test_what_grows_is_not_flat(found: list[float], holds: bool) -> None:  # noqa: FBT001
    proof = flat("memory", "MiB", HOURS, found, 1.0)
    assert proof.holds == holds


def test_a_slope_is_stated() -> None:
    assert "slope +10.00 an hour" in flat("memory", "MiB", HOURS, [5.0, 6.0, 7.0, 8.0], 1.0).found


def test_the_load_is_mixed_and_no_round_is_like_the_last() -> None:
    one, other = load(0), load(1)
    assert {shot.kind for shot in one} == {"small", "middling", "endless", "odd"}
    assert not {shot.request for shot in one if shot.kind != "odd"} & {shot.request for shot in other}

"""A server that is killed loses no link it has told of; `make faults` does the same with many more."""

from tests.links.killing import killing

LINKS = 120
KILLS = 1


def test_a_server_that_is_killed_loses_no_link_it_has_told_of(url: str) -> None:
    outcome = killing(url, LINKS, KILLS)
    assert outcome.lost == ()
    assert (outcome.answered, outcome.kills) == (LINKS, KILLS)

"""Which passes of a training program are watched: the first two, or one that is asked for, with the one before it."""

import json
from typing import Any

import msgspec
import pytest

from engine.document import run
from engine.language.grammar.checked import check
from engine.language.run import Options
from engine.watch.turns import Window
from engine.watch.watching import watch
from tests.watch.looking import LIMITS, NAMES, look
from tests.watch.seeds import training

TURNS = 6
SOURCE = training(TURNS).replace("MLP(2, [4, 4, 1])", "MLP(2, [2, 1])")


def own(source: str, turn: int | None = None) -> Any:  # noqa: ANN401 - JSON
    reply = run(msgspec.json.encode({"verb": "own", "source": source, "turn": turn}))
    assert reply[:1] == b"+"
    return json.loads(reply[1:])


@pytest.mark.parametrize("turn", [None, 1, 2, 4, TURNS])
def test_any_pass_is_drawn_as_it_is_where_all_are_watched(turn: int | None) -> None:
    everything = look(SOURCE).theirs
    assert everything
    whole = [one for one in everything.walks if len(one.deposits) > 30]
    answer = own(SOURCE, turn)
    expected = whole[(turn or 2) - 1]
    assert expected.root is not None
    assert answer["passes"][0]["data"] == everything.nodes[expected.root].data
    given = [deposit["after"] for step in answer["steps"] for deposit in step["deposits"]]
    assert given == [one.after for one in expected.deposits]
    assert answer["engine"]["right"]
    assert (answer["engine"]["turns"], answer["engine"]["passes"]) == (TURNS, 1 if turn == 1 else 2)


def test_beyond_the_last_pass_the_last_is_drawn() -> None:
    assert own(SOURCE, 99)["passes"] == own(SOURCE, TURNS)["passes"]


def test_without_a_pass_everything_is_watched() -> None:
    source = (
        "class V:\n    def __init__(self, d): self.data = d\n    def __add__(self, o): return V(self.data + o.data)\n"
    )
    assert len(own(source + "a = V(1.0) + V(2.0)", 7)["nodes"]) == 3


def test_a_gradient_that_is_left_from_the_pass_before_is_seen_at_any_turn() -> None:
    wrong = SOURCE.replace("        p.grad = 0.0", "        pass")
    for turn in (None, 5):
        assert own(wrong, turn)["engine"]["causes"][0]["cause"] == "stale"


def test_what_is_not_watched_computes_the_same() -> None:
    plain = json.loads(run(msgspec.json.encode({"verb": "graph", "source": SOURCE}))[1:])["printed"]
    assert own(SOURCE, 4)["printed"] == plain


def test_passes_that_are_not_looked_at_leave_no_record() -> None:
    checked = check(SOURCE, LIMITS, NAMES)
    few, all_of_it = (watch(checked, LIMITS, Options({}), one).theirs for one in (Window.at(5), Window()))
    assert few
    assert all_of_it
    assert len(few.nodes) < len(all_of_it.nodes) / 2

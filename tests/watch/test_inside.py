"""What an engine's operations are made of: computed again by the rulebook, part by part."""

import json

import msgspec
import pytest

from engine.document import run
from engine.ops import OPS
from engine.watch.inside import MOST, Part, within
from tests.watch.looking import look
from tests.watch.seeds import BUILT
from tests.watch.written import PROGRAM, WRITTEN

EXPONENTIALS = ["mul", "exp", "sub", "mul", "exp", "add", "div"]  # (exp(2x) - 1) / (exp(2x) + 1)


def test_their_tanh_is_opened_to_its_exponentials() -> None:
    source = BUILT + PROGRAM
    seen = look(source).theirs
    assert seen
    [opened] = [node for node in seen.nodes if node.inside]
    assert (opened.label, [part.op for part in opened.inside]) == ("t", EXPONENTIALS)
    assert [source[slice(*part.span)] for part in opened.inside if part.span][-1].startswith("(math.exp(2*x) - 1)/")


@pytest.mark.parametrize("name", WRITTEN)
def test_parts_are_computed_of_what_they_say(name: str) -> None:
    seen = look(WRITTEN[name] + PROGRAM).theirs
    assert seen
    for node in seen.nodes:
        for place, part in enumerate(node.inside):
            assert OPS[part.op].forward(*(one.data for one in part.operands)) == part.data
            for one in part.operands:
                assert one.node is None or seen.nodes[one.node].data == one.data
                assert one.part is None or (one.part < place and node.inside[one.part].data == one.data)
        assert not node.inside or node.inside[-1].data == node.data
        assert len(node.inside) != 1


def test_the_answer_has_them() -> None:
    reply = run(msgspec.json.encode({"verb": "own", "source": BUILT + PROGRAM}))
    [opened] = [node for node in json.loads(reply[1:])["nodes"] if node.get("inside", [])]
    assert [part["op"] for part in opened.get("inside", [])] == EXPONENTIALS
    assert opened.get("inside", [])[0]["operands"][0] == {"node": None, "part": None, "data": 2.0}


def test_there_is_room_for_so_many() -> None:
    several = (Part("exp", (), 1.0, None, None),) * 7
    found = within((i, several) for i in range(MOST))
    assert list(found) == list(range(MOST // 7))

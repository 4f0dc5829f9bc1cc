"""Engines written for the purpose, and those of two texts: read, stepped and checked, beside PyTorch."""

import msgspec
import pytest
import torch

from engine.streaming import stream
from engine.watch.theirs import Theirs
from tests.live.readers import Reader
from tests.watch.looking import look
from tests.watch.seeds import BUILT, TAUGHT, training
from tests.watch.written import PROGRAM, WRITTEN

ENGINES = {**WRITTEN, "the third text": TAUGHT, "the fourth text": BUILT}
MADE = {"p", "q", "s", "t", "r"}
TURNS = 3


def named(theirs: Theirs) -> dict[str, int]:
    return {node.label: i for i, node in enumerate(theirs.nodes) if node.label}


def true() -> dict[str, tuple[float, float]]:
    """Number and gradient of every name of the program, by PyTorch."""
    x, y, z = (torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in (0.7, -1.3, 2.1))
    p = x * y + z
    q = p * p + x
    s = q * y
    t = s.tanh()
    r = t * p + q
    made = {"x": x, "y": y, "z": z, "p": p, "q": q, "s": s, "t": t, "r": r}
    slopes = torch.autograd.grad(r, list(made.values()))
    return {name: (made[name].item(), slope.item()) for name, slope in zip(made, slopes, strict=True)}


def test_there_are_twelve() -> None:
    assert len(WRITTEN) >= 12
    assert len(set(WRITTEN.values())) == len(WRITTEN)


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_is_read_as_it_is_and_right(name: str) -> None:
    seen = look(ENGINES[name] + PROGRAM)
    assert seen.theirs
    assert not seen.findings
    assert not seen.ended
    nodes = named(seen.theirs)
    found = {one: seen.theirs.nodes[i] for one, i in nodes.items()}
    for one, (data, grad) in true().items():
        assert found[one].data == pytest.approx(data)
        assert found[one].grad == pytest.approx(grad)
    assert {one for one, node in found.items() if node.operands} == MADE
    assert [edge.node for edge in found["s"].operands] == [nodes["q"], nodes["y"]]
    assert [found[one].method for one in ("s", "t", "r")] == ["__mul__", "tanh", "__add__"]
    [walk] = seen.theirs.walks
    assert walk.root in (nodes["r"], None)
    assert len([one for one in walk.deposits if one.flows]) >= sum(len(node.operands) for node in seen.theirs.nodes)


def test_the_program_that_a_text_ends_in_is_watched_turn_by_turn() -> None:
    seen = look(training(TURNS))
    assert seen.theirs
    assert not seen.findings
    assert len([one for one in seen.theirs.walks if any(deposit.flows for deposit in one.deposits)]) == TURNS
    assert seen.printed.startswith("0 1.3051719933955512\n")


def test_it_trains_in_a_stream() -> None:
    reply = stream(msgspec.json.encode({"source": training(40)}), Reader())
    assert reply[:1] == b"+"
    assert msgspec.json.decode(reply[1:])["printed"][0] == "0 1.3051719933955512"

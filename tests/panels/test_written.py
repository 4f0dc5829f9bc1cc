"""What the training panel writes: programs of the language, which train."""

import json
from typing import Any

import msgspec
import pytest

from engine.document import run
from engine.ops import OPS
from tests.node import node

SMALL: dict[str, Any] = {"turns": 10, "count": 6, "hidden": [2]}
OWN = {"inputs": [[0.5, -1], [1e-7, 2], [-0.5, 0.25]], "targets": [1, -1, 1]}
CLASSES = {"inputs": [[0, 0], [1, 1], [-1, 1]], "targets": [0, 1, 2]}
CURVE = {"inputs": [-1, 0, 1], "targets": [2.5, 0.5, 3]}
SETS: list[dict[str, Any]] = [
    *({"data": name} for name in ("xor", "moons", "circles", "spiral", "blobs", "line")),
    *({"data": "own", "own": points} for points in (OWN, CLASSES, CURVE)),
]
BENDS = [name for name, op in OPS.items() if len(op.params) == 1 and op.symbol == name]


def answers(asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    programs = node("programs.mjs", [{**SMALL, **choices} for choices in asked])
    assert isinstance(programs, list)
    replies = [run(msgspec.json.encode({"source": program})) for program in programs]
    for program, reply in zip(programs, replies, strict=True):
        assert reply.startswith(b"+"), f"{program}\n{reply.decode()}"
    return [json.loads(reply[1:]) for reply in replies]


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_every_set_is_learned(optimizer: str) -> None:
    for choices, document in zip(SETS, answers([{**one, "optimizer": optimizer} for one in SETS]), strict=True):
        first, last = document["passes"][0]["data"], document["passes"][-1]["data"]
        assert len(document["passes"]) == SMALL["turns"]
        assert last < first, choices
        assert len(document["printed"]) == 10


def test_every_operation_of_one_number_may_bend() -> None:
    for bend, document in zip(BENDS, answers([{"activation": name, "turns": 2} for name in BENDS]), strict=True):
        assert bend in {one["op"] for one in document["nodes"]}


def test_the_rate_is_an_input_that_can_be_moved() -> None:
    (document,) = answers([{"rate": 0.25, "turns": 1}])
    assert document["variables"]["lr"]["value"] == 0.25
    assert document["variables"]["lr"]["type"] == "value"


def test_a_million_points_are_refused_with_the_limits_name() -> None:
    programs = node("programs.mjs", [{"count": 1_000_000}])
    assert isinstance(programs, list)
    reply = run(msgspec.json.encode({"source": programs[0]}))
    (finding,) = json.loads(reply[1:])["diagnostics"]
    assert reply.startswith(b"-")
    assert (finding["limit"], finding["line"]) == ("sequence length", 2)

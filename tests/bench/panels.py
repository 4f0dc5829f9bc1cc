"""Curves and surfaces by replay, beside running the program once per point."""

import json
from collections.abc import Callable, Iterable

from engine.document import run
from engine.panels.program import Asked, Subject
from tests.bench.timing import USUAL, Row, aiming, paired, race, row

NODES = 1_000
POINTS = 400
SIZE = 64
TURNS = 7
SAMPLE = 20  # runs of the program that are timed, and counted for all points
BAR = 50.0
AIM = 100.0


def rows(nodes: int = NODES, points: int = POINTS, size: int = SIZE, turns: int = TURNS) -> Iterable[Row]:
    """The rows of the table."""
    source = program(nodes)
    curve = {"verb": "curve", "source": source, "input": "x", "from": -1.0, "to": 1.0, "count": points}
    ranges = {"x": "x", "x_from": -1.0, "x_to": 1.0, "y": "w", "y_from": 0.0, "y_to": 2.0}
    surface = {"verb": "surface", "source": source, "size": size, **ranges}
    shapes = (f"a curve of {points:,} points", curve, points), (f"a {size} × {size} surface", surface, size * size)
    for what, asked, count in shapes:
        ask = answered(asked, count)
        times = race({"ours": ask, "peer": one_by_one(source, min(SAMPLE, count))}, turns, USUAL)
        each = count / min(SAMPLE, count)
        peers = [seconds * each for seconds in times["peer"]]
        made = row(
            f"{what} of a program of {nodes:,} nodes, with slopes ({USUAL})",
            min(times["ours"]),
            ("running it once per point", min(peers)),
            BAR,
            ratio=paired(times["ours"], peers),
        )
        yield aiming(made, AIM)


def program(nodes: int) -> str:
    """A program that makes so many operations."""
    return f"x = 0.5\nw = 1.1\nh = x\nfor i in range({nodes // 3}):\n    h = tanh(w * h + x)\n"


def answered(asked: dict[str, object], count: int) -> Callable[[], None]:
    """The whole request: text in, answer out."""
    request = json.dumps(asked).encode()

    def ask() -> None:
        answer = json.loads(run(request)[1:])
        if answer["method"] != "replay" or answer["done"] != count:
            raise AssertionError("all points must be done, by replay")

    return ask


def one_by_one(source: str, times: int) -> Callable[[], None]:
    """The program, read once, and run with its gradients so many times."""
    subject = Subject(Asked(source))

    def each() -> None:
        for turn in range(times):
            subject.deadline = float("inf")
            subject.at({"x": turn / times})

    return each

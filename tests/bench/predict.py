"""Predictions: planted mistakes that are diagnosed, and how long a verdict takes beside the graph itself."""

import json
from collections.abc import Iterable
from functools import partial

from engine.document import run
from tests.bench.panels import program
from tests.bench.timing import USUAL, Row, paired, race, row
from tests.predict.planted import cases
from tests.predict.test_diagnosis import NAMED, named

MISTAKES = 1_000
NODES = 1_000
TURNS = 7
SLOWER = 0.2  # a verdict may take so many times as long as the graph


def rows(mistakes: int = MISTAKES, nodes: int = NODES, turns: int = TURNS) -> Iterable[Row]:
    """The rows of the table."""
    right = sum(map(named, cases(mistakes)))
    bar = NAMED * mistakes
    told = row(
        f"{mistakes:,} mistakes planted on random graphs: diagnosed", right, ("at least", bar), 1.0, ratio=right / bar
    )
    yield {**told, "unit": "mistakes"}
    source = program(nodes)
    asked: dict[str, dict[str, object]] = {"ours": {"verb": "answer", "node": 0, "answer": "0.37"}, "peer": {}}
    requests = {name: json.dumps({**one, "source": source}).encode() for name, one in asked.items()}
    times = race({name: partial(run, request) for name, request in requests.items()}, turns, USUAL)
    yield row(
        f"a verdict on a gradient in a graph of {nodes:,} nodes ({USUAL})",
        min(times["ours"]),
        ("the graph document", min(times["peer"])),
        SLOWER,
        ratio=paired(times["ours"], times["peer"]),
    )

"""Writing a graph in every format, beside the tenth of a second that a file may take."""

from collections.abc import Iterable
from functools import partial

from engine.export import FORMATS
from engine.export.format import Subject
from tests.bench.encoding import FACTS, graph
from tests.bench.timing import USUAL, Row, race, row

NODES = 1_000
TURNS = 7
MOST = 0.1  # seconds
PAINTED = {"png": 1.0}  # the same for what is painted


def rows(nodes: int = NODES, turns: int = TURNS) -> Iterable[Row]:
    """The rows of the table."""
    drawn = graph(nodes)
    subject = Subject("x = 1.0\n", drawn.recording, drawn, FACTS)
    times = race({name: partial(one.write, subject) for name, one in FORMATS.items()}, turns, USUAL)
    for name, one in FORMATS.items():
        work = f"{one.title}: {len(drawn.numbers):,} nodes and {len(drawn.edges.source):,} edges ({USUAL})"
        yield row(work, min(times[name]), ("what a file may take", PAINTED.get(name, MOST)), 1.0)

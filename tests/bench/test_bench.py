"""Every bench gives rows of the form that is promised; how fast they are is not a matter of tests."""

import gc
import json
import math
from collections.abc import Iterable, Iterator
from typing import Literal

import pytest
from micrograd.engine import Value as Micrograd

from engine import Value
from tests.bench import batch, embed, encoding, engine, exports, language, links, own, page, panels, predict, replay
from tests.bench.table import duration, grouped, verdict, written
from tests.bench.timing import KEYS, TUNED, USUAL, Row, aiming, collector, paired, race, row

NUMBERS: tuple[Literal["ours_s", "peer_s", "ratio", "bar"], ...] = ("ours_s", "peer_s", "ratio", "bar")
TINY = {
    "batch": lambda: batch.rows(programs=20, turns=1),
    "embed": lambda: embed.rows(turns=1, rest=0.0),
    "encoding": lambda: encoding.rows(nodes=20, turns=1),
    "engine": lambda: engine.rows(nodes=200, turns=1, processes=1),
    "exports": lambda: exports.rows(nodes=20, turns=1),
    "language": lambda: language.rows(training=1, turns=1),
    "links": lambda: links.rows(links=50, turns=200, pages=3),
    "own": lambda: own.rows(turns=1, files=2, every=150, seeds=0, trained=5),
    "page": lambda: page.rows(moves=10, typed=2, nodes=(10, 20, 30), rest=0.1),
    "replay": lambda: replay.rows(scale=0.02, turns=1, large=5_000),
    "predict": lambda: predict.rows(mistakes=10, nodes=30, turns=1),
    "panels": lambda: panels.rows(nodes=30, points=3, size=2, turns=1),
}
BROWSER = {"embed", "page"}


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    """Keep the tests out of collections, also after a bench that thaws what was frozen: it collects at every turn."""
    gc.freeze()
    yield
    gc.freeze()


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.browser] if name in BROWSER else []) for name in TINY]
)
def test_a_bench_gives_rows_of_the_promised_form(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "unfreeze", lambda: None)  # or it collects thousands of tests at every turn
    rows: Iterable[Row] = TINY[name]()
    found = list(rows)
    assert found
    for one in found:
        assert set(KEYS) <= one.keys() <= {*KEYS, "aim", "unit"}
        assert json.loads(json.dumps(one, allow_nan=False)) == one
        assert all(one[key] > 0 for key in NUMBERS)
        assert "aim" not in one or one["aim"] > one["bar"]
    assert len({(one["work"], one["peer"]) for one in found}) == len(found)


@pytest.mark.parametrize("name", language.PROGRAMS)
def test_a_program_computes_the_same_on_all_sides(name: str) -> None:
    source = language.PROGRAMS[name].replace("TURNS", "3")
    ours = language.ours(source)()
    assert ours.passes[-1].data == pytest.approx(language.cpython(source)(), rel=1e-12)
    assert ours.passes[-1].data == language.cpython(language.on_engine(source))()


@pytest.mark.parametrize("shape", engine.SHAPES)
def test_a_graph_is_the_same_on_both_engines(shape: str) -> None:
    roots = [engine.SHAPES[shape](of, 400)() for of in (Value, Micrograd)]
    for root in roots:
        root.backward()
    assert roots[0].data == pytest.approx(roots[1].data, rel=1e-12)
    assert math.isfinite(roots[0].data)
    assert 400 <= len(roots[0].history()) <= 400 + 2 * 4 + 1


def test_a_row_holds_where_the_ratio_reaches_the_bar() -> None:
    slower = row("w", 2.0, ("p", 1.0), 0.4)
    assert slower["ratio"] == 0.5
    assert slower["holds"]
    assert not row("w", 2.0, ("p", 1.0), 0.6)["holds"]
    assert row("w", 2.0, ("p", 1.0), 0.6, ratio=0.7)["holds"]
    assert verdict([slower, aiming(slower, 0.6)]) == "2 of 2 bars hold, and 0 of 1 aims are reached."


def test_a_race_runs_everybody_as_often_and_counts_no_warming_up() -> None:
    runs: list[str] = []
    found = race({name: lambda name=name: runs.append(name) for name in "ab"}, 3, TUNED)  # type: ignore[misc]
    assert [runs.count(name) for name in "ab"] == [4, 4]
    assert {name: len(times) for name, times in found.items()} == {"a": 3, "b": 3}


def test_the_collector_is_set_back() -> None:
    before = gc.get_threshold()
    with collector(USUAL):
        assert gc.get_threshold() == before
    assert gc.get_freeze_count()
    with collector(TUNED):
        assert gc.get_threshold() != before
        assert gc.get_freeze_count()
    assert gc.get_threshold() == before
    assert not gc.get_freeze_count()


def test_the_paired_ratio_is_a_median() -> None:
    assert paired([1.0, 1.0, 2.0], [3.0, 2.0, 2.0]) == 2.0


@pytest.mark.parametrize(
    ("seconds", "text"), [(2.0, "2 s"), (0.0123, "12.3 ms"), (4.56e-6, "4.56 µs"), (3e-9, "3 ns"), (1e-12, "0.001 ns")]
)
def test_a_duration_is_readable(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_the_document_says_what_holds() -> None:
    good, bad = row("good", 1.0, ("p", 3.0), 2.0), row("bad", 1.0, ("p", 1.0), 2.0)
    text = written({"The work.": [aiming(good, 4.0), {**bad, "unit": "bytes"}]}, "a machine")
    assert "| good | 1 s | p | 3 s | 3.00 | 2.00 holds | 4.00 not reached |" in text
    assert "| bad | 1 bytes | p | 1 bytes | 1.00 | 2.00 **fails** |  |" in text
    assert "1 of 2 bars hold" in text
    assert grouped(bad).startswith("  FAILS")

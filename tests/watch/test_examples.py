"""The engines among the examples: the right one is right in CPython too, each mistake is called by its name."""

import runpy
from pathlib import Path

import pytest

from engine.examples import ENGINES, Example
from tests.watch.looking import look

EACH = pytest.mark.parametrize("example", ENGINES, ids=lambda example: example.name)
CAUSES = {
    "own": None,
    "assigned": "overwritten",
    "no-order": "order",
    "no-visited": "visited_twice",
    "stale": "stale",
    "set": "local_derivative",
    "again": "stale",
}
PRINTED = {"own": "24.0 -20.0", "assigned": "12.0 -12.0", "no-order": "6.0 -8.0", "again": "12.0\n36.0"}


def test_each_engine_has_its_cause() -> None:
    assert [example.name for example in ENGINES] == list(CAUSES)


@EACH
def test_the_first_cause_is_the_one_that_the_example_is_about(example: Example) -> None:
    seen = look(example.source)
    assert next((one.cause for one in seen.findings), None) == CAUSES[example.name]
    assert len(seen.findings) <= 1


@pytest.mark.parametrize("name", PRINTED)
def test_it_computes_in_cpython_what_it_computes_here(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = next(example.source for example in ENGINES if example.name == name)
    file = tmp_path / "program.py"
    file.write_text(source, "utf-8")
    runpy.run_path(str(file))
    assert capsys.readouterr().out.strip() == PRINTED[name] == look(source).printed.strip()

"""What the proofs write: a section for each command, replaced by that command alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.document import Proof, duration, told

GOOD, BAD = Proof("it stands", "1", "≥ 1", holds=True), Proof("it falls", "2", "≤ 1", holds=False)


def test_a_section_is_written_and_replaced_by_its_command_alone(tmp_path: Path) -> None:
    document = tmp_path / "proved.md"
    assert told("soak", "Soaked.", [BAD], document) == 1
    assert told("load", "Loaded.", [GOOD], document) == 0
    assert told("soak", "Soaked again.", [GOOD], document) == 0
    text = document.read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# Proved",
        "## `make load`",
        "## `make soak`",
    ]
    assert "Soaked again." in text
    assert text.count("| it stands | 1 | ≥ 1 | holds |") == 2
    assert "fails" not in text
    assert text.endswith("|\n")


def test_what_is_there_is_written_before_the_rest_comes(tmp_path: Path) -> None:
    def rows() -> Iterator[Proof]:
        yield BAD
        assert "| it falls | 2 | ≤ 1 | **fails** |" in (tmp_path / "proved.md").read_text("utf-8")
        yield GOOD

    assert told("load", "Loaded.", rows(), tmp_path / "proved.md") == 1


def test_no_rows_are_no_proof(tmp_path: Path) -> None:
    assert told("load", "Loaded.", [], tmp_path / "proved.md") == 1


def test_without_a_document_rows_are_only_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert told("load", "Loaded.", [GOOD, BAD], None) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "  holds  it stands: 1 (bar: ≥ 1)",
        "  FAILS  it falls: 2 (bar: ≤ 1)",
    ]


@pytest.mark.parametrize(("seconds", "text"), [(2.0, "2.00 s"), (0.0123, "12.3 ms")])
def test_a_time_is_readable(seconds: float, text: str) -> None:
    assert duration(seconds) == text

"""What `show` gives: a picture for who asks, a table in a terminal, drawn by rich where it is."""

import io
import os
import pty
import subprocess
import sys

import pytest

import engine
from engine import Value, show
from engine.display import terminal
from engine.display.shown import subject_of
from engine.document import run
from engine.language.errors import ProgramError
from tests.invariants.sources import ROOT

WITHOUT = "import importlib.util; importlib.util.find_spec = lambda name: None"
SCRIPT = "from engine import show; show('a = 2.0\\nL = a * a')"


def product(label: str = "a") -> Value:
    a, b = Value(2.0, label), Value(-3.0, "b")
    result = a * b
    result.backward()
    return result


def test_a_value_and_a_program_are_shown_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)
    value, program = show(product()), show("a = 2.0\nb = -3.0\nL = a * b")
    assert [row[1:] for row in value.rows] == [row[1:] for row in program.rows]
    found = value._repr_mimebundle_()
    assert list(found) == ["text/html", "image/png", "text/plain"]
    assert list(value._repr_mimebundle_(include=["text/plain", "text/x"])) == ["text/plain"]
    assert list(value._repr_mimebundle_(exclude=["text/plain"])) == ["text/html", "image/png"]


def test_a_wrong_program_is_an_error() -> None:
    with pytest.raises(ProgramError):
        subject_of("y = tahn(1)")


def test_inputs_of_a_value_can_be_moved_by_their_names() -> None:
    subject = subject_of(product())
    assert subject.facts.keys == {0: "a", 1: "b"}


def test_a_script_prints_plain_text_where_nobody_looks() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "Name  Operation  Data  Grad",
        "a     input      2     4",
        "L     *          4     1",
    ]


@pytest.mark.parametrize(("program", "rich"), [(SCRIPT, "┃"), (f"{WITHOUT}\n{SCRIPT}", "Name  ")])
def test_a_terminal_gets_a_table_with_borders_where_rich_is(program: str, rich: str) -> None:
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, stdout=theirs, check=True)
    os.close(theirs)
    text = os.read(ours, 65_536).decode()
    os.close(ours)
    assert rich in text
    assert "Operation" in text


def test_labels_are_text_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = [("\x1b[31mred", "[bold]x[/bold]", "1", ""), ("x" * 500, "*", "2", "")]
    assert "\x1b" not in terminal.text(hostile)
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    terminal.printed(hostile)
    assert "[bold]x[/bold]" in screen.getvalue()
    assert "\x1b[31m" not in screen.getvalue()


def test_the_engine_has_nothing_of_other_names() -> None:
    with pytest.raises(AttributeError, match="sow"):
        engine.sow  # noqa: B018


def test_a_program_that_is_run_prints_as_before() -> None:
    assert run(b'{"source": "a = 2.0", "fields": ["nodes"]}').startswith(b'+{"nodes":')

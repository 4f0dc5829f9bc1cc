"""The log is a line an event, whatever the text in it wants to be."""

import io
import json
import logging
import re
import sys
from collections.abc import Iterator

import pytest

from app.telemetry.logs import FACTS, FORMS, MARK, Lines, Text, begin, moment, visible

HOSTILE = [
    "x\n2026-01-01T00:00:00.000Z INFO    request status=200",
    "x\r\nINFO",
    "\x1b[2J\x1b]0;title\x07",
    "\u2028second\u2029third\x85fourth\x0bfifth\x0csixth",
    "\u202egnitirw\u2066",
    "\ud800 half a letter",
    "\x00\x7f\x9b31m",
    '" level="error',
    "x" * 100_000,
]
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (INFO|ERROR) ")


def record(message: str, error: Exception | None = None, **facts: object) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("app.test", logging.ERROR if error else logging.INFO, "", 0, "%s", (message,), info)
    setattr(made, FACTS, facts)
    return made


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_a_part_of_one_json_line(text: str) -> None:
    line = Lines().format(record(text, word=text))
    assert line.isascii()
    assert line.splitlines() == [line]
    told = json.loads(line)
    assert (told["message"], told["word"], told["level"]) == (text, text, "info")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_a_part_of_one_line_to_read(text: str) -> None:
    line = Text().format(record(text, word=text, after=1))
    assert line.isprintable()
    assert LINE.match(line)
    assert line.endswith(" after=1")
    assert len(re.findall(r" after=", line)) == 1


def test_no_fact_looks_like_two() -> None:
    assert Text().format(record("request", a="1 b=2", c='"', d="plain")).endswith('request a="1 b=2" c="\\"" d=plain')


@pytest.mark.parametrize("text", HOSTILE)
def test_an_exception_begins_no_line_of_its_own(text: str) -> None:
    try:
        int(f"{text} is no number")
    except ValueError as error:
        found = record("it failed", error)
    first, *more = Text().format(found).split("\n")
    assert LINE.match(first)
    assert any("is no number" in line for line in more)
    assert all(line.startswith(MARK) and line.isprintable() for line in more)
    told = Lines().format(found)
    assert told.splitlines() == [told]
    assert "ValueError" in json.loads(told)["error"]


def test_what_can_be_seen_is_left_alone() -> None:
    assert visible("größer → 2 µs") == "größer → 2 µs"
    assert visible("a\tb\u202e") == "a\\tb\\u202e"


def test_times_are_utc() -> None:
    assert moment(1.25) == "1970-01-01T00:00:01.250Z"


@pytest.fixture
def untouched() -> Iterator[None]:
    """Leave logging as it was."""
    root, served = logging.getLogger(), logging.getLogger("uvicorn")
    before, level, raising, passing = root.handlers[:], root.level, logging.raiseExceptions, served.propagate
    served.propagate = True  # a server of another test may have changed that
    yield
    root.handlers[:] = before
    root.setLevel(level)
    logging.raiseExceptions = raising
    served.propagate = passing


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("form", FORMS)
def test_the_log_of_a_server_goes_to_one_place(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    begin(form)  # type: ignore[arg-type]
    logging.getLogger("app.somewhere").info("ours")
    logging.getLogger("uvicorn.error").info("the server's")
    logging.getLogger("others").info("not worth a line")
    logging.getLogger("others").warning("worth one")
    lines = written.getvalue().splitlines()
    assert [any(text in line for line in lines) for text in ("ours", "the server's", "worth one")] == [True] * 3
    assert len(lines) == 3


@pytest.mark.usefixtures("untouched")
def test_a_log_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stderr", Full())
    begin("json")
    logging.getLogger("app.somewhere").info("lost")

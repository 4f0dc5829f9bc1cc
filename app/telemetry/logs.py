"""The log: a line for each event, for people or as JSON.

What comes from outside is text in a line, whatever it holds: no letter of it begins a line of its own, moves a
terminal's cursor or turns the direction of writing.
"""

import logging
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from json import JSONEncoder

import orjson

from app.settings import Form

FACTS = "facts"  # of a record: what it tells beside its message
MARK = "  | "  # before each further line of a record for people

PLAIN = re.compile(r"[!-~]+")  # of which no part looks like another fact
OURS = ("app", "uvicorn")

_encode = JSONEncoder(separators=(",", ":"), default=str).encode  # in ASCII, and half a letter is a letter, too


class Lines(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        told: dict[str, object] = {
            "time": moment(record.created),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            **facts(record),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        with suppress(TypeError):  # where there is half a letter
            line = orjson.dumps(told, default=str).decode()
            if line.isascii():
                return line
        return _encode(told)


class Text(logging.Formatter):
    """A line to read; where an exception has more of them, each is marked."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        said = f"{moment(record.created)} {record.levelname:7} {visible(record.getMessage())}"
        line = " ".join([said, *(f"{name}={_quoted(str(value))}" for name, value in facts(record).items())])
        more = self.formatException(record.exc_info).splitlines() if record.exc_info else []
        return "\n".join([line, *(MARK + visible(one) for one in more)])


FORMS: dict[Form, type[logging.Formatter]] = {"text": Text, "json": Lines}


def begin(form: Form) -> None:
    """Write the log of this process, from here on, to where it says what goes wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMS[form]())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    logging.raiseExceptions = False  # a full disk is no reason to say more
    for told_nobody in ("_srcfile", "logThreads", "logMultiprocessing", "logProcesses", "logAsyncioTasks"):
        setattr(logging, told_nobody, None)  # finding that out would take as long as all the rest


def facts(record: logging.LogRecord) -> Mapping[str, object]:
    """What a record tells beside its message."""
    found: Mapping[str, object] = getattr(record, FACTS, {})
    return found


def visible(text: str) -> str:
    """A text on one line: what cannot be seen, or is more than a letter, is escaped."""
    return text if text.isprintable() else "".join(map(_letter, text))


def moment(seconds: float) -> str:
    """A time as it is written (RFC 3339)."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _quoted(text: str) -> str:
    return text if PLAIN.fullmatch(text) and '"' not in text else _encode(text)


def _letter(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode("ascii")

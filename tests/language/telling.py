"""How programs are held against what must happen: as in CPython, or a fault of a kind, at a line, in words."""

from typing import NamedTuple

import pytest

from engine.language.errors import Diagnostic, ProgramError
from engine.language.run import Options
from tests.language.agreement import disagreement, ours, ran
from tests.language.hostile import leaks


class Wrong(NamedTuple):
    """A program that goes wrong: the kind of mistake, its line, what the message and the hint must say."""

    source: str
    code: str
    line: int | None
    message: str
    hint: str = ""


def said(source: str, **inputs: float) -> str:
    """What a program prints."""
    return ran(source, Options(inputs=inputs)).printed


def fault(source: str, options: Options = Options(inputs={})) -> Diagnostic:  # noqa: B008  # frozen
    """What is wrong with a program."""
    with pytest.raises(ProgramError) as caught:
        ran(source, options)
    return caught.value.diagnostics[0]


def check_alike(source: str) -> None:
    """It comes to its end, and does what it does in CPython."""
    assert ours(source).failed is None, fault(source)
    assert not disagreement(source)


def check_wrong(row: Wrong) -> None:
    """It goes wrong as the row says."""
    found = fault(row.source)
    assert (found.code, found.line) == (row.code, row.line), found
    assert row.message in found.message, found
    assert row.hint in (found.hint or ""), found
    assert not leaks(f"{found.message}\n{found.hint}", row.source)

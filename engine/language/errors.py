"""What is wrong with a program, as data: the sentence, its place in the text, what to write instead.

    EngineError                 everything this package raises on purpose
    └── ProgramError            the program is at fault; carries its diagnostics
        ├── SyntaxRejected      refused before any of it ran
        ├── LimitExceeded       a budget ended it; `limit` names the budget
        └── RunError            it went wrong while running

Nothing here prints, and no text of Python's own exceptions gets in: who raises writes the sentence.
"""

import ast
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal, NamedTuple, Protocol, TypeAlias, runtime_checkable

from engine.language.fixes import Mend, change

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | dict[str, JSON] | None"
Severity: TypeAlias = Literal["error", "warning", "info"]
Span: TypeAlias = tuple[int, int]

PLAIN = ("severity", "code", "message", "hint", "limit", "line")  # what of a diagnostic is sent as it is
LONGEST = 1_000  # letters of a sentence
LINE_BREAK = re.compile(r"\r\n|\r|\n")


@runtime_checkable
class Placed(Protocol):
    """A syntax node that knows where it stands: lines from 1, columns in UTF-8 bytes, as `ast` counts them."""

    lineno: int
    col_offset: int
    end_lineno: int | None
    end_col_offset: int | None


Place: TypeAlias = Placed | Span | int | None
"""A node, a span in code points, or a line from 1."""


class Position(NamedTuple):
    """A place as editors count it (LSP): line from 0, character in UTF-16 units."""

    line: int
    character: int


class Range(NamedTuple):
    """From one position up to, not including, another."""

    start: Position
    end: Position

    def describe(self) -> dict[str, JSON]:
        """The range as the API sends it."""
        return {"start": self.start._asdict(), "end": self.end._asdict()}


class Fix(NamedTuple):
    """What to write in place of a part of the text, where that is certain."""

    span: Span
    range: Range
    text: str

    def describe(self) -> dict[str, JSON]:
        """The change as the API sends it."""
        return {"span": list(self.span), "range": self.range.describe(), "text": self.text}


class Refusal(NamedTuple):
    """A node that is not allowed, and why: a diagnostic before its place is worked out."""

    node: Placed
    code: str
    message: str
    hint: str | None = None
    limit: str | None = None
    swap: Mend | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what happened, where, what to write instead, and the budget's name if one was exceeded."""

    severity: Severity
    code: str
    message: str
    hint: str | None
    limit: str | None
    line: int | None
    span: Span | None
    range: Range | None
    fix: Fix | None = None

    def describe(self) -> dict[str, JSON]:
        """The diagnostic as the API sends it."""
        return {
            **{name: getattr(self, name) for name in PLAIN},
            "span": self.span and list(self.span),
            "range": self.range and self.range.describe(),
            "fix": self.fix and self.fix.describe(),
        }


class Source:
    """A program's text, and the way from `ast`'s places to code points, lines and editor positions.

    Every query is a binary search at most, whatever the text.
    """

    __slots__ = ("_astral", "_bytes", "_lines", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
        self._bytes = None if text.isascii() else list(accumulate(map(_utf8_length, text), initial=0))
        self._astral = [] if text.isascii() else [at for at, letter in enumerate(text) if letter > "\uffff"]

    def span(self, node: Placed) -> Span:
        """The half-open code point offsets of a node's text."""
        if node.end_lineno is None or node.end_col_offset is None:
            start = self._offset(node.lineno, node.col_offset)
            return start, start
        if self._bytes is None:  # then columns in bytes are columns in letters
            lines = self._lines
            return lines[node.lineno - 1] + node.col_offset, lines[node.end_lineno - 1] + node.end_col_offset
        start = self._offset(node.lineno, node.col_offset)
        return start, max(start, self._offset(node.end_lineno, node.end_col_offset))

    def line_of(self, offset: int) -> int:
        """The line, from 1, that holds the code point at `offset`."""
        return bisect_right(self._lines, offset)

    def line_start(self, line: int) -> int:
        """The offset of a line's first letter; beyond the last line, of the last one's."""
        return self._line_bounds(line)[0]

    def line_span(self, line: int) -> Span:
        """The text of a line without its indentation and its line break."""
        start, end = self._line_bounds(line)
        row = self.text[start:end]
        return end - len(row.lstrip()) if row.strip() else start, start + len(row.rstrip())

    def range(self, span: Span) -> Range:
        """A span as editors count it."""
        return Range(self._position(span[0]), self._position(span[1]))

    def diagnostic(
        self,
        severity: Severity,
        code: str,
        message: str,
        place: Place = None,
        *,
        hint: str | None = None,
        limit: str | None = None,
    ) -> Diagnostic:
        """A finding at a node (of a statement: its first line), a span or a line."""
        span, message, hint = self._place(place), sendable(message), None if hint is None else sendable(hint)
        at = (None, None, None) if span is None else (self.line_of(span[0]), span, self.range(span))
        return Diagnostic(severity, code, message, hint, limit, *at)

    def refuse(self, refusal: Refusal) -> Diagnostic:
        """A refusal as an error with its place."""
        node, code, message, hint, limit, swap = refusal
        return self.mended(self.diagnostic("error", code, message, node, hint=hint, limit=limit), swap)

    def mended(self, finding: Diagnostic, swap: Mend | None) -> Diagnostic:
        """The finding with the change that mends it, if that is certain."""
        found = finding.span and swap and change(self.text, finding.span, swap)
        return replace(finding, fix=Fix(found[0], self.range(found[0]), found[1])) if found else finding

    def _place(self, place: Place) -> Span | None:
        if place is None or isinstance(place, tuple):
            return place
        if isinstance(place, int):
            return self.line_span(place)
        start, end = self.span(place)
        if isinstance(place, ast.stmt):
            end = min(end, max(start, self.line_span(place.lineno)[1]))
        return start, end

    def _offset(self, line: int, column: int) -> int:
        start, end = self._line_bounds(line)
        if self._bytes is None:
            return min(start + column, end)
        return min(bisect_right(self._bytes, self._bytes[start] + column) - 1, end)

    def _line_bounds(self, line: int) -> Span:
        line = min(max(line, 1), len(self._lines))
        start = self._lines[line - 1]
        if line == len(self._lines):
            return start, len(self.text)
        end = self._lines[line] - 1
        return start, end - (end > start and self.text[end - 1 : end + 1] == "\r\n")

    def _position(self, offset: int) -> Position:
        line = self.line_of(offset)
        start = self._lines[line - 1]
        wide = bisect_right(self._astral, offset - 1) - bisect_right(self._astral, start - 1)
        return Position(line - 1, offset - start + wide)


def sendable(text: str) -> str:
    """A sentence as an answer can hold it: names in it may be of any length, and have half of a surrogate pair."""
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return short.encode("utf-8", "replace").decode("utf-8")


class EngineError(Exception):
    """Anything this package raises on purpose."""


class ProgramError(EngineError):
    """The program is at fault; `diagnostics` say how, in the order of the text."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("; ".join(finding.message for finding in diagnostics))
        self.diagnostics = tuple(diagnostics)


class SyntaxRejected(ProgramError):
    """The program is not one of the language: nothing of it ran."""


class LimitExceeded(ProgramError):
    """A budget ended the program."""

    @property
    def limit(self) -> str:
        """The public name of the budget."""
        return self.diagnostics[0].limit or ""


class RunError(ProgramError):
    """The program went wrong while it ran."""

    @property
    def code(self) -> str:
        """The kind of mistake: type, value, name, index, key, zero_division, attribute, arity and others."""
        return self.diagnostics[0].code


def _utf8_length(letter: str) -> int:
    return 1 if letter < "\x80" else 2 if letter < "\u0800" else 3 if letter < "\U00010000" else 4

"""What to say where Python cannot read a program: the mistake that was most likely made, in our own sentences.

Python only says where it gave up. The reason is looked for in the words around that place; what Python says of it
picks a sentence, and is never shown.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from engine.language.errors import Source, Span
from engine.language.fixes import Swap
from engine.language.grammar.mistakes import LETTERS, MISTAKES, REASONS, Letter, find
from engine.language.grammar.words import CLOSING, Word, unbalanced, words

COMPOUND = frozenset(("if", "elif", "else", "for", "while", "def", "class"))
CONDITION = frozenset(("if", "elif", "while", "assert"))

LONGEST = 2_000
"""A statement of more words than this is not searched for mistakes of the table."""


class Finding(NamedTuple):
    """What is wrong, where, and what to write."""

    message: str
    hint: str | None
    span: Span
    swap: Swap | None = None


class Unreadable:
    """A program that Python cannot read: its words, and where Python gave up."""

    def __init__(self, source: Source, error: SyntaxError, offset: int) -> None:
        self.source = source
        self.error = error
        self.offset = offset

    @cached_property
    def words(self) -> list[Word]:
        """All words of the program."""
        return list(words(self.source.text))

    @cached_property
    def line(self) -> list[Word]:
        """The words of the statement in which Python gave up; a line break inside brackets does not end it."""
        line: list[Word] = []
        depth = 0
        for word in self.words:
            if word.kind == "bracket":
                depth += 1 if word.text in "([{" else -1
            if word.kind != "newline":
                line.append(word)
            elif depth <= 0:
                if line and line[-1].end >= self.offset:
                    break
                line = []
        return line

    def says(self, pattern: str) -> bool:
        """Whether Python's own reason is of this kind."""
        return re.search(pattern, self.error.msg) is not None

    @property
    def here(self) -> Span:
        """The place where Python gave up."""
        return self.offset, min(self.offset + 1, len(self.source.text))


Explanation: TypeAlias = Callable[[Unreadable], Iterator[Finding]]


def explain(source: Source, error: SyntaxError, offset: int) -> Finding:
    """Say what is wrong with a program that Python gave up reading at `offset`."""
    program = Unreadable(source, error, offset)
    return next(finding for explanation in EXPLANATIONS for finding in explanation(program))


def _span(found: list[Word]) -> Span:
    return found[0].start, found[-1].end


def _indentation(program: Unreadable) -> Iterator[Finding]:
    if isinstance(program.error, TabError):
        yield Finding("tabs and spaces are mixed", "indent with spaces only", program.here)
    elif program.says("expected an indented block"):
        yield Finding("the lines of a block must be indented", "put four spaces in front of this line", program.here)
    elif program.says("unexpected indent"):
        yield Finding("this line is indented more than the one above it", "take the spaces in front away", program.here)
    elif program.says("unindent does not match"):
        yield Finding("the indentation of this line fits no line above it", "line it up with its block", program.here)


def _letter(program: Unreadable) -> Iterator[Finding]:
    for at, letter in ((at, letter) for word in program.line for at, letter in _odd_letters(word)):
        code = f"U+{ord(letter):04X}"
        if not letter.isprintable():
            yield Finding(f"an invisible letter ({code}) stands here", "take it out", (at, at + 1), Swap(letter, ""))
        what, hint, text = LETTERS.get(letter, Letter(f"a letter without a meaning here ({code})", "take it out"))
        yield Finding(f"`{letter}` is {what}", hint, (at, at + 1), None if text is None else Swap(letter, text))


def _odd_letters(word: Word) -> Iterator[tuple[int, str]]:
    """The letters that no name may have: a word's only one, or one inside a name (`x²`)."""
    if word.kind == "odd":
        yield word.start, word.text
    elif word.kind == "name" and not word.text.isidentifier():
        yield from ((at, one) for at, one in enumerate(word.text, word.start) if not f"a{one}".isidentifier())


def _text(program: Unreadable) -> Iterator[Finding]:
    for word in program.words:
        if word.kind == "unclosed" and word.start <= program.offset:
            body = word.text.lstrip("rbfuRBFU")
            quote = body[0] * 3 if body.startswith(body[0] * 3) else body[0]
            hint = f"end it with `{quote}`" if quote != body[0] else f"end it with `{quote}` on the same line"
            if quote == "'":
                hint += "; a text that contains `'` goes between two `\"`"
            message = f"the text that begins on line {program.source.line_of(word.start)} never ends"
            yield Finding(message, hint, (word.start, word.start + len(word.text.splitlines()[0])))


def _counting_loop(program: Unreadable) -> Iterator[Finding]:
    line = program.line
    if line and line[0].text == "for" and any(word.text == ";" for word in line):
        yield Finding("a `for` loop runs over the elements of something", "write `for i in range(n):`", _span(line[:1]))


def _braces(program: Unreadable) -> Iterator[Finding]:
    line = program.line
    opens = [word for word in line if word.text == "{"]
    if line and opens and (line[0].text in COMPOUND or line[0].text == "}"):
        yield Finding(
            "a block is not written in braces", "end the line with `:` and indent the lines below it", _span(opens[:1])
        )


def _brackets(program: Unreadable) -> Iterator[Finding]:
    bracket = unbalanced([word for word in program.words if word.kind == "bracket"])
    if bracket is None:
        return
    opened, closed = bracket
    if closed is None and opened is not None and opened.start <= program.offset:
        line = program.source.line_of(opened.start)
        hint = f"write `{CLOSING[opened.text]}` where it ends"
        yield Finding(f"the `{opened.text}` opened on line {line} is never closed", hint, _span([opened]))
    elif closed is not None and opened is not None:
        line = program.source.line_of(opened.start)
        message = f"`{closed.text}` does not close the `{opened.text}` opened on line {line}"
        right = CLOSING[opened.text]
        yield Finding(message, f"write `{right}`", _span([closed]), Swap(closed.text, right))
    elif closed is not None:
        yield Finding(f"`{closed.text}` closes nothing", "take it away, or open it before", _span([closed]))


def _condition(program: Unreadable) -> Iterator[Finding]:
    line = program.line
    if not line or line[0].text not in CONDITION:
        return
    calls: list[bool] = []
    for before, word in pairwise(line):
        if word.kind == "bracket" and word.text in "([{":
            calls.append(before.is_value or before.text in ")]")
        elif word.kind == "bracket" and calls:
            calls.pop()
        elif word.text == ":" and not calls:
            return
        elif word.text == "=" and not any(calls):
            yield Finding("`=` assigns; it does not compare", "to compare write `==`", _span([word]), Swap("=", "=="))


def _patterns(program: Unreadable) -> Iterator[Finding]:
    if len(program.line) > LONGEST:
        return
    for mistake in MISTAKES:
        found = find(mistake, program.line)
        if found is not None:
            texts, span = [word.text for word in found], _span(found)
            old, new = program.source.text[slice(*span)], mistake.instead
            swap = None if new is None else Swap(old, new.format(*texts))
            yield Finding(mistake.message.format(*texts), mistake.hint.format(*texts), span, swap)


def _colon(program: Unreadable) -> Iterator[Finding]:
    line = program.line
    if not line or line[0].text not in COMPOUND:
        return
    depth = 0
    for word in line:
        if word.kind == "bracket":
            depth += 1 if word.text in "([{" else -1
        if word.text == ":" and depth == 0:
            return
    message = f"the line that begins with `{line[0].text}` has no `:`"
    yield Finding(message, "write `:` at its end", (line[-1].start, line[-1].end), Swap("", ":"))


def _braced_text(program: Unreadable) -> Iterator[Finding]:
    """Find the f-string that cannot be read: Python does not always say where it stands."""
    if not program.says("f-string"):
        return
    for word in program.words:
        if word.kind == "string" and "f" in word.text[:2].lower() and not _reads(word.text):
            message = "what stands between `{` and `}` in this text cannot be read"
            yield Finding(message, "write one expression there; for a brace itself write it twice", _span([word]))


def _reads(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _reasons(program: Unreadable) -> Iterator[Finding]:
    for reason, message, hint in REASONS:
        if program.says(reason):
            yield Finding(message, hint, program.here)


def _otherwise(program: Unreadable) -> Iterator[Finding]:
    line = program.line
    if line and line[0].text in ("else", "elif"):
        yield Finding(f"this `{line[0].text}` belongs to no `if` above it", "line it up with its `if`", _span(line[:1]))
    at = [word for word in line if word.start <= program.offset <= word.end]
    yield Finding("this line cannot be read as Python", None, _span(at[-1:]) if at else program.here)


EXPLANATIONS: tuple[Explanation, ...] = (
    _indentation,
    _braced_text,
    _letter,
    _text,
    _counting_loop,
    _braces,
    _brackets,
    _condition,
    _patterns,
    _colon,
    _reasons,
    _otherwise,
)
"""The likeliest first; the last one always has something to say."""

"""What to write in place of a part of a program, where that is certain: a hint that an editor can follow by itself."""

from typing import NamedTuple


class Swap(NamedTuple):
    """A part of a finding's text, and what to write for it."""

    old: str
    new: str


class Ahead(NamedTuple):
    """A line to be put in front of the program."""

    line: str


Mend = Swap | Ahead


def change(text: str, span: tuple[int, int], mend: Mend) -> tuple[tuple[int, int], str] | None:
    """What mends a finding as a span and its new text; None if it is not certain which part of `span` a swap means.

    That is the end, or the only one that reads so. A word gets blanks where it would touch another.
    """
    return ((0, 0), f"{mend.line}\n") if isinstance(mend, Ahead) else _swapped(text, span, mend)


def _swapped(text: str, span: tuple[int, int], swap: Swap) -> tuple[tuple[int, int], str] | None:
    part, (old, new) = text[slice(*span)], swap
    if not part.endswith(old) and part.count(old) != 1:
        return None
    start = span[0] + part.rindex(old)
    end = start + len(old)
    before = " " if _touch(text[:start][-1:], new[:1]) else ""
    after = " " if _touch(new[-1:], text[end : end + 1]) else ""
    return (start, end), f"{before}{new}{after}"


def _touch(left: str, right: str) -> bool:
    """Whether two letters side by side would be read as one word."""
    return bool(left and right) and f"a{left}{right}".isidentifier()

"""The methods of texts: Python's, every letter charged and every length checked."""

from collections.abc import Callable, Mapping

from engine.language.containers import Method
from engine.language.faults import Fault
from engine.language.iterate import items
from engine.language.machine import Machine
from engine.language.values import Thing, kind


def join(m: Machine, between: str, parts: Thing) -> str:
    """`join`."""
    words = items(m, parts)
    for word in words:
        if not isinstance(word, str):
            raise Fault("type", f"`join` needs texts, and one is {kind(word)}", "turn it into text with `str(…)`")
    length = sum(map(len, words)) + len(between) * max(len(words) - 1, 0)
    m.meter.letters(length)
    return between.join(words)


def split(m: Machine, word: str, between: str | None = None, /) -> list[str]:
    """`split`."""
    if between is not None:
        texts(between)
    if between == "":
        raise Fault("value", "`split` needs a text to split by, and this one is empty", "`list(…)` gives the letters")
    m.meter.charge(len(word))
    return word.split(between)


def replace(m: Machine, word: str, old: str, new: str, /) -> str:
    """`replace`."""
    texts(old, new)
    m.meter.charge(len(word))
    m.meter.letters(len(word) + (word.count(old) * max(len(new) - len(old), 0)))
    return word.replace(old, new)


def texts(*words: Thing) -> None:
    """Refuse what is no text."""
    for word in words:
        if not isinstance(word, str):
            raise Fault("type", f"this needs a text, and not {kind(word)}")


def word(change: Callable[..., Thing]) -> Method:
    """A method that changes a text."""

    def method(m: Machine, word: str) -> Thing:
        m.meter.letters(len(word))
        return change(word)

    return method


def test(check: Callable[[str, str], bool]) -> Method:
    """A method that compares a text with another."""

    def method(m: Machine, word: str, other: str) -> bool:
        texts(other)
        m.meter.charge(1 + len(other) // 64)
        return check(word, other)

    return method


TEXT: Mapping[str, Method] = {
    "join": join,
    "split": split,
    "replace": replace,
    "strip": word(str.strip),
    "upper": word(str.upper),
    "lower": word(str.lower),
    "startswith": test(str.startswith),
    "endswith": test(str.endswith),
}

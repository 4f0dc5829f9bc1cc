"""What a hostile program is, and how a leak in an answer is recognised."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Attack(NamedTuple):
    """A hostile program and what must happen to it.

    `expect` is "refused" (before anything runs), "ends" (an answer of any kind, within the limits), "right" (a graph),
    or what running it ends in: the code of the error, or the name of the budget.
    """

    name: str
    family: str
    text: str
    expect: str


LEAKS = re.compile(
    r"""0x[0-9a-f]{6,} | \bTraceback\b | \bFile\ " | \b[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit)\b | NoneType
      | <class\ '\w+\. | <unknown> | <fstring> | <module> | <built-in | \bast\. | \bsite-packages\b | \.pyc?\b
      | (?:^|\s|["'`(])/(?:usr|work|root|home|tmp|opt|srv)\b | \bengine\.(?:language|value|ops)\b | \bbuiltins\b
      | \bobject\ at\b | \bmappingproxy\b | \b(?:frozenset|Closure|Bound|UNBOUND)\b | \bnot\ supported\ between\b
      | \bunsupported\ operand\b | \bpositional\ arguments?\ but\b | \bis\ not\ (?:callable|iterable)\b""",
    re.VERBOSE | re.MULTILINE,
)


def leaks(text: str, program: str = "") -> list[str]:
    """What of Python or of this machine shows in a text, and was not in the program itself."""
    return [found.group() for found in LEAKS.finditer(text) if found.group() not in program]


def words(text: str) -> list[str]:
    return text.split()


def rows(family: str, expect: str, programs: dict[str, str]) -> Iterator[Attack]:
    return (Attack(name, family, text, expect) for name, text in programs.items())


def ids(attacks: Iterable[Attack]) -> list[str]:
    return [f"{attack.family}-{attack.name}" for attack in attacks]

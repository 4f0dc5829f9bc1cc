"""A program's text as words: just enough to guess what a learner meant where Python cannot read it.

Any text splits into words, in time linear in its length. Nothing is decided here about what the words may mean.
"""

import re
from collections.abc import Iterator
from keyword import iskeyword
from typing import Literal, NamedTuple, TypeAlias, cast

Kind: TypeAlias = Literal["name", "number", "string", "unclosed", "bracket", "operator", "newline", "odd"]

WORD = re.compile(
    r"""
      (?P<blank>   [ \t\f]++ | \\(?:\r\n|\r|\n) | \#[^\r\n]*+ )
    | (?P<newline> \r\n | \r | \n )
    | (?P<string>  (?i:[rbfu]{1,2})? (?: \"{3} (?:[^"\\]|\\.|"(?!""))*+ \"{3} | '{3} (?:[^'\\]|\\.|'(?!''))*+ '{3}
                   | (?!\"{3}) " (?:[^"\\\r\n]|\\(?:\r\n|.))*+ " | (?!'{3}) ' (?:[^'\\\r\n]|\\(?:\r\n|.))*+ ' ) )
    | (?P<unclosed>(?i:[rbfu]{1,2})? (?: (?:\"{3}|'{3}) .*+ | ["'][^\r\n]*+ ) )
    | (?P<number>  0[xX][0-9a-fA-F_]++ | (?:[0-9][0-9_]*+\.?[0-9_]*+|\.[0-9][0-9_]*+) (?:[eE][+-]?[0-9][0-9_]*+)? )
    | (?P<name>    [^\W\d]\w*+ )
    | (?P<bracket> [()\[\]{}] )
    | (?P<operator>\*\*=?|//=?|>>=?|<<=?|===|!==|[=!]=|<[=>]|>=|->|=[<>]|:=|&&|\|\||\+\+|--|[-+*/%@&|^]=?|[<>=.,:;~!?])
    | (?P<odd>     . )
    """,
    re.VERBOSE | re.DOTALL,
)
OPENING = {")": "(", "]": "[", "}": "{"}
CLOSING = {opening: closing for closing, opening in OPENING.items()}


class Word(NamedTuple):
    """A piece of the text that belongs together."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind the last letter."""
        return self.start + len(self.text)

    @property
    def is_value(self) -> bool:
        """Whether the word can stand for a value by itself."""
        return self.kind in ("number", "string") or (self.kind == "name" and not iskeyword(self.text))


class Bracket(NamedTuple):
    """A bracket without its partner: `opened` was never closed, or `closed` fits nothing or not what is open."""

    opened: Word | None
    closed: Word | None


def words(text: str) -> Iterator[Word]:
    """Split a text, without its blanks and comments."""
    for found in WORD.finditer(text):
        kind = str(found.lastgroup)
        if kind != "blank":
            yield Word(cast("Kind", kind), found.group(), found.start())


def unbalanced(program: list[Word]) -> Bracket | None:
    """The first bracket that is closed wrongly, else the last one that is never closed."""
    stack: list[Word] = []
    for word in program:
        if word.kind != "bracket":
            continue
        if word.text in CLOSING:
            stack.append(word)
        elif stack and stack[-1].text == OPENING[word.text]:
            stack.pop()
        else:
            return Bracket(stack[-1] if stack else None, word)
    return Bracket(stack[-1], None) if stack else None


def deepest(program: list[Word]) -> Word | None:
    """The bracket inside the most others."""
    depth, found, most = 0, None, 0
    for word in program:
        if word.kind == "bracket":
            depth += 1 if word.text in CLOSING else -1
            if depth > most:
                found, most = word, depth
    return found

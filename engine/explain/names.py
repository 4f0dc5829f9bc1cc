"""What nodes are called where they are spoken of: by label, by the text that made them, else by number.

A name means one node: the second node labelled `c` is `c#2`, and a piece of text that several nodes come from names
none of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.explain.figures import number, shorten, visible
from engine.explain.notation import ATOM, LATEX, LOOSE, TEXT, Written, write

MOST, SHORT = 24, 12  # characters of a label, of a piece of source
SPARE = "vnuwtz"
WORD = re.compile(r"[^\W\d]\w*(\[\d+\]|\.[^\W\d]\w*)*(#\d+)?")
PIECE = re.compile(r"[A-Za-z0-9_.+\-*/()\[\], ]+")
AGAIN = re.compile(r"(.+)#(\d+)")
CALL = re.compile(rf"{WORD.pattern}\([^()]*\)")
TOKEN = re.compile(r"[A-Za-z_]\w*|\d+\.?\d*|\*\*|//|.")
UNREAD = re.compile(r"\*\*(?! *\w)|\*\*.*\*\*|//|^ *$")  # what a token by itself does not say
LETTER = re.compile(r"([A-Za-z])(\d+)?")
SIGNS = {"*": r"\cdot", "**": "^"}
ESCAPES = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
}

Row = tuple[int, str, str | None, tuple[int, int] | None, float]  # number, kind, label, span, data


@dataclass(frozen=True, slots=True)
class Name:
    """A name as text and as LaTeX; `given` is what the program itself calls the node, a constant has its `value`."""

    plain: str
    given: bool
    value: float | None = None

    @property
    def word(self) -> bool:
        """Whether it holds together by itself: a piece of arithmetic does not."""
        return WORD.fullmatch(self.plain.replace("…", "_")) is not None

    @property
    def own(self) -> bool:
        """Whether it is more than a piece of source, and can stand left of a `=`."""
        return self.given or self.word

    @property
    def text(self) -> Written:
        """As text."""
        if self.value is not None:
            return write(self.value, {}, TEXT)
        return Written(self.plain, ATOM if self.word or CALL.fullmatch(self.plain) else LOOSE)

    @property
    def latex(self) -> Written:
        """As LaTeX."""
        if self.value is not None:
            return write(self.value, {}, LATEX)
        return Written(latex_name(self.plain), self.text.strength)

    @property
    def closed(self) -> str:
        """As text, in brackets where it is a piece of source."""
        return self.plain if self.word else TEXT.bracketed(self.plain)

    @property
    def closed_latex(self) -> str:
        """As LaTeX, in brackets where it is a piece of source."""
        return self.latex.text if self.word else LATEX.bracketed(self.latex.text)


def named(rows: Iterable[Row], boxes: Mapping[int, str], source: str) -> dict[int, Name]:
    """A name for each node; `boxes` have their keys."""
    rows = list(rows)
    pieces = {row[0]: _piece(row, source) for row in rows}
    frequency = Counter(pieces.values())
    seen: Counter[str] = Counter()
    names = {box: Name(visible(shorten(key, MOST)), given=True) for box, key in boxes.items()}
    letter = _letter(label for _, _, label, _, _ in rows if label)
    for node, kind, label, _, data in rows:
        piece = pieces[node]
        if kind == "constant":
            names[node] = Name(number(data), given=True, value=data)
        elif label:
            text = visible(shorten(label, MOST))
            seen[text] += 1
            names[node] = Name(text if seen[text] == 1 else f"{text}#{seen[text]}", given=True)
        else:
            names[node] = Name(piece if piece and frequency[piece] == 1 else f"{letter}{node}", given=False)
    return names


def _letter(labels: Iterable[str]) -> str:
    """What numbered names begin with: a letter that no name of the program has before a number."""
    taken = {label[0] for label in labels if label[1:].isdecimal()}
    return next((letter for letter in SPARE if letter not in taken), SPARE[0])


def _piece(row: Row, source: str) -> str:
    """The piece of source that a nameless node was made by, if it is short and says it all."""
    _, kind, label, span, _ = row
    if kind == "constant" or label or span is None or span[1] - span[0] > SHORT:
        return ""
    text = source[slice(*span)]
    return text if visible(text) == text else ""


def latex_name(text: str) -> str:
    """A name as LaTeX: letters as variables, words upright, arithmetic as formulas, the rest as text."""
    if letter := LETTER.fullmatch(text):
        return f"{letter[1]}_{{{letter[2]}}}" if letter[2] else letter[1]
    if again := AGAIN.fullmatch(text):
        return f"{{{latex_name(again[1])}^{{({again[2]})}}}}"
    if PIECE.fullmatch(text) and not UNREAD.search(text):
        return " ".join(_token(piece) for piece in TOKEN.findall(text) if not piece.isspace())
    return rf"\text{{{escaped(text)}}}"


def _token(piece: str) -> str:
    if piece in SIGNS:
        return SIGNS[piece]
    if len(piece) > 1:
        return f"{{{piece}}}" if piece[0].isdigit() else rf"\mathrm{{{escaped(piece)}}}"
    return escaped(piece)


def escaped(text: str) -> str:
    """A text that LaTeX takes as it is."""
    return "".join(ESCAPES.get(sign, sign) for sign in text)

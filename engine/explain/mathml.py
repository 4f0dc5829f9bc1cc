r"""Presentation MathML, read off the LaTeX of `engine.explain`: the few commands that it uses, and nothing else.

A formula becomes a tree of elements first (the page builds its own from the same tree), then text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d[\d.]*|\s+|.", re.DOTALL)
SIGNS = {
    r"\cdot": "·",
    r"\partial": "∂",
    r"\pi": "π",
    r"\sigma": "σ",
    r"\infty": "∞",
    r"\le": "≤",
    r"\ge": "≥",
    r"\ne": "≠",
    r"\vdots": "⋮",
    r"\lfloor": "⌊",
    r"\rfloor": "⌋",
    r"\{": "{",
    r"\}": "}",
    r"\,": " ",
}
LETTERS = {r"\partial", r"\pi", r"\sigma", r"\infty"}
QUOTED = {r"\text": "mtext", r"\operatorname": "mi", r"\mathrm": "mi"}
UNESCAPED = {r"\textbackslash": "\\", r"\textasciicircum": "^", r"\textasciitilde": "~"}
SCRIPTS = {"^": "msup", "_": "msub"}
MINUS = "-"
CLOSING = frozenset(")]|}⌋")


@dataclass(frozen=True, slots=True)
class Element:
    """An element with either text or other elements in it."""

    tag: str
    inside: "str | Sequence[Element]" = ()
    normal: bool = False  # upright, though it is one letter

    def __str__(self) -> str:
        text = escape(self.inside) if isinstance(self.inside, str) else "".join(map(str, self.inside))
        attributes = ' mathvariant="normal"' if self.normal else ""
        return f"<{self.tag}{attributes}>{text}</{self.tag}>"


SPACE = Element("mtext", "\u2009")


def mathml(latex: str) -> str:
    """A formula as a MathML element, for pages."""
    row = str(_row(Reader(TOKEN.findall(latex))))
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{row}</math>'


class Reader:
    """Tokens, one after the other."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def peek(self) -> str:
        """The next token that is not space; empty at the end."""
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        """The next token, which is then behind us."""
        token = self.peek()
        self.place += 1
        return token

    def quoted(self) -> str:
        """The text in the braces that come next, escapes undone."""
        self.take()
        text, depth = "", 1
        while self.place < len(self.tokens):
            piece = self.tokens[self.place]
            self.place += 1
            depth += {"{": 1, "}": -1}.get(piece, 0)
            if depth == 0:
                break
            text += _unescaped(piece)
        return text


def _unescaped(piece: str) -> str:
    """What a token inside text stands for; braces there only end a command's name."""
    if piece in UNESCAPED:
        return UNESCAPED[piece]
    if piece in ("{", "}"):
        return ""
    return " " if piece == r"\," else piece.removeprefix("\\") if len(piece) > 1 else piece


def _row(reader: Reader, *ends: str) -> Element:
    """What comes until one of `ends`, as a row."""
    parts: list[Element] = []
    while (token := reader.peek()) and token not in ends:
        if token in SCRIPTS:
            reader.take()
            base = parts.pop() if parts else Element("mrow")
            parts.append(Element(SCRIPTS[token], (base, _part(reader))))
        elif token == MINUS and _awaits_operand(parts):
            parts.append(Element("mrow", (_part(reader), _part(reader))))  # alone in a row a minus is a sign
        else:
            part = _part(reader)
            parts += [SPACE, part] if parts and _names(parts[-1], part) else [part]
    return parts[0] if len(parts) == 1 else Element("mrow", parts)


def _awaits_operand(parts: Sequence[Element]) -> bool:
    """Whether an operator has just been written, so that a minus is the sign of what comes next."""
    return bool(parts) and parts[-1].tag == "mo" and parts[-1].inside not in CLOSING


def _names(function: Element, argument: Element) -> bool:
    """Whether a function's name stands before an argument without brackets."""
    while not isinstance(argument.inside, str) and argument.inside:
        argument = argument.inside[0]
    return function.tag == "mi" and len(function.inside) > 1 and argument.tag != "mo"


def _part(reader: Reader) -> Element:
    """The next piece of a formula."""
    token = reader.take()
    match token:
        case "{":
            inside = _row(reader, "}")
            reader.take()
            return inside
        case r"\mathrel":
            return Element("mo", reader.quoted() + _sign(reader.take()))
        case r"\frac":
            return Element("mfrac", (_part(reader), _part(reader)))
        case r"\sqrt":
            return Element("msqrt", (_part(reader),))
        case r"\left":
            opening = Element("mo", _sign(reader.take()))
            inside = _row(reader, r"\right")
            reader.take()
            return Element("mrow", (opening, inside, Element("mo", _sign(reader.take()))))
        case r"\begin":
            return _table(reader)
    return _quoted(token, reader.quoted()) if token in QUOTED else _leaf(token)


def _quoted(token: str, text: str) -> Element:
    """Text as it stands; a letter that is meant upright says so."""
    return Element(QUOTED[token], text, normal=QUOTED[token] == "mi" and len(text) == 1)


def _leaf(token: str) -> Element:
    if token[0].isdigit():
        return Element("mn", token)
    if token[0] == "\\":
        known = token in SIGNS
        return Element("mi" if token in LETTERS or (not known and token[1:].isalpha()) else "mo", _sign(token))
    return Element("mi" if token.isalpha() else "mo", token)


def _sign(token: str) -> str:
    return SIGNS.get(token, token.removeprefix("\\"))


def _table(reader: Reader) -> Element:
    """An environment: rows of cells."""
    name = reader.quoted()
    rows, cells = [], []
    while True:
        cells.append(Element("mtd", (_row(reader, "&", "\\\\", r"\end"),)))
        end = reader.take()
        if end != "&":
            rows.append(Element("mtr", cells))
            cells = []
        if end in (r"\end", ""):
            break
    reader.quoted()
    table = Element("mtable", rows)
    return Element("mrow", (Element("mo", "{"), table)) if name == "cases" else table

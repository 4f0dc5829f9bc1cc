"""A flowchart for Mermaid, which Markdown pages draw: no larger than Mermaid draws by itself."""

from engine.explain.figures import shorten, visible
from engine.export.cards import Card, cards
from engine.export.format import Format, Subject
from engine.export.svg import NEGATIVE, POSITIVE, rows, slope
from engine.export.view import Edge

DRAWN = 200  # nodes; Mermaid refuses a text of more than 500 edges, or of more than 50,000 characters
SHAPES = {
    "input": ("([", "])"),
    "parameter": ("{{", "}}"),
    "constant": ("(", ")"),
    "operation": ("[", "]"),
    "scope": ("[[", "]]"),
}
MOST = 40  # characters of a line


def write(subject: Subject) -> bytes:
    """The flowchart: what is drawn, or less of it, where that is too much."""
    drawn = subject.within(DRAWN)
    edges = rows(drawn)
    lines = [
        "flowchart LR",
        *(node(number, card) for number, card in cards(drawn).items()),
        *map(edge, edges),
        *(paint(place, one) for place, one in enumerate(edges)),
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def node(number: int, card: Card) -> str:
    """A node with its texts, a line each, in the shape of its kind."""
    head = "  ".join(filter(None, (card.head, card.symbol)))
    left, right = SHAPES[card.kind]
    return f'  n{number}{left}"{"<br>".join(escaped(line) for line in (head, *card.lines) if line)}"{right}'


def edge(one: Edge) -> str:
    """An edge with its local slope; a broken one where no gradient goes."""
    if one.flow is None:
        return f"  n{one.source} -.-> n{one.target}"
    said = f'|"{escaped(slope(one))}"|' if one.local is not None else ""
    return f"  n{one.source} -->{said} n{one.target}"


def paint(place: int, one: Edge) -> str:
    """The colour of an edge, by the sign of what flows back."""
    color = POSITIVE if (one.flow or 0.0) > 0 else NEGATIVE if (one.flow or 0.0) < 0 else "gray"
    return f"  linkStyle {place} stroke:{color}"


def escaped(text: str) -> str:
    """A text in which nothing means anything to Mermaid: all but letters and digits by their numbers."""
    seen = visible(shorten(text, MOST))
    return "".join(one if one.isalnum() or one in " ." else f"#{ord(one)};" for one in seen)


FORMAT = Format(name="mermaid", title="Mermaid flowchart", media_type="text/vnd.mermaid", suffix="mmd", write=write)

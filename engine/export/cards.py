"""The nodes of a static picture, each a card: its texts, the room they need, how it is drawn.

Kinds differ in shape: inputs are round, parameters cut at the corners, constants small, operations have a band, and
collapsed scopes a second border.
"""

from dataclasses import dataclass

from engine.explain.figures import shorten
from engine.export.markup import line, safe, width
from engine.export.text import figure, role, sentence
from engine.export.view import Box, View

PADDING, HEIGHT, PILL = 14.0, 66.0, 28.0  # pixels of the picture; the pill is a constant's height
LONGEST = 18  # characters of a label
CORNERS = {"input": 18.0, "parameter": 12.0, "constant": PILL / 2, "operation": 5.0, "scope": 5.0}


@dataclass(frozen=True, slots=True)
class Card:
    """What a node or a box shows: head and symbol side by side, lines below; `name` is for those who hear it."""

    kind: str
    name: str
    head: str
    symbol: str
    lines: tuple[str, ...]
    output: bool

    @property
    def room(self) -> float:
        """The width that its texts need."""
        head = "  ".join(filter(None, (self.head, self.symbol)))
        return max(map(width, (head, *self.lines))) + 2 * PADDING

    @property
    def height(self) -> float:
        """Its height."""
        return PILL if self.kind == "constant" else HEIGHT


def cards(view: View) -> dict[int, Card]:
    """A card for each node and box, from old to new."""
    nodes = ((number, _node(view, row)) for row, number in enumerate(view.numbers))
    return dict(sorted([*nodes, *((box.id, _box(view, box)) for box in view.boxes)], key=lambda pair: pair[0]))


def _node(view: View, row: int) -> Card:
    nodes = view.nodes
    kind, label = nodes.kind[row], nodes.label[row]
    data, name, output = figure(nodes.data[row]), sentence(nodes, row), view.numbers[row] == view.output
    lines = (f"data {data}", f"grad {figure(nodes.grad[row])}")
    if kind == "constant":
        return Card(kind, name, "", "", (data,), output)
    if kind == "operation":
        return Card(kind, name, shorten(label or "", LONGEST), role(nodes, row), lines, output)
    return Card(kind, name, shorten(label or kind, LONGEST), "", lines, output)


def _box(view: View, box: Box) -> Card:
    name = view.scopes[box.scope]
    lines = (box.scope.kind, f"{box.size} nodes")
    return Card("scope", ", ".join((name, *lines)), shorten(name, LONGEST), "", lines, box.id == view.output)


def draw(card: Card, x: float, y: float, half: float) -> str:
    """A card around its middle, `half` as wide to either side."""
    width = "3" if card.output else "1.25"
    return (
        f'<g role="graphics-object" aria-label="{safe(card.name)}" transform="translate({x:.1f},{y:.1f})">'
        f'<path d="{_outline(card, half)}" fill-opacity="0.05" stroke="currentColor" stroke-width="{width}"/>'
        f"{_inside(card, half)}{_texts(card, half)}</g>"
    )


def _texts(card: Card, half: float) -> str:
    if card.kind == "constant":
        return line(0, 4.5, card.lines[0], text_anchor="middle")
    left, right, top = PADDING - half, half - PADDING, -HEIGHT / 2
    return "".join(
        [
            line(left, top + 17, card.head, font_weight="600"),
            line(right, top + 17, card.symbol, font_weight="700", text_anchor="end"),
            *(line(left, top + 40 + 17 * row, text) for row, text in enumerate(card.lines)),
        ]
    )


def _outline(card: Card, half: float) -> str:
    corner = CORNERS[card.kind]
    across, down = 2 * (half - corner), card.height - 2 * corner
    turn, c = ("l" if card.kind == "parameter" else f"a{corner:g},{corner:g} 0 0 1 "), f"{corner:g}"
    return (
        f"M{corner - half:.1f},{-card.height / 2:g}h{across:.1f}{turn}{c},{c}v{down:g}{turn}-{c},{c}"
        f"h{-across:.1f}{turn}-{c},-{c}v{-down:g}{turn}{c},-{c}z"
    )


def _inside(card: Card, half: float) -> str:
    """The band of an operation, the second border of a collapsed scope."""
    top, r, band = -HEIGHT / 2, CORNERS[card.kind], 24
    if card.kind == "operation":
        path = (
            f"M{-half:.1f},{top + band:g}v{r - band:g}a{r:g},{r:g} 0 0 1 {r:g},-{r:g}"
            f"h{2 * (half - r):.1f}a{r:g},{r:g} 0 0 1 {r:g},{r:g}v{band - r:g}z"
        )
        return f'<path d="{path}" fill-opacity="0.13"/>'
    if card.kind == "scope":
        size = f'width="{2 * half - 6:.1f}" height="{HEIGHT - 6:g}"'
        return f'<rect x="{3 - half:.1f}" y="{top + 3:g}" {size} rx="2" fill="none" stroke="currentColor"/>'
    return ""

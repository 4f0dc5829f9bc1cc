"""A graph for Graphviz."""

from engine.explain.figures import number, shorten, visible
from engine.export.cards import Card, cards
from engine.export.format import Format, Subject
from engine.export.svg import NEGATIVE, POSITIVE, rows, slope
from engine.export.view import Edge

SHAPES = {"input": "ellipse", "parameter": "octagon", "constant": "plaintext", "operation": "box", "scope": "folder"}
HEAD = """\
digraph {
  rankdir=LR
  node [fontname="monospace", fontsize=11]
  edge [fontname="monospace", fontsize=9]
"""
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})  # Graphviz reads HTML's entities in every text
MOST = 60  # characters of a line


def write(subject: Subject) -> bytes:
    """The graph: what is drawn, operands left of what is computed from them."""
    nodes = (node(number, card) for number, card in cards(subject.view).items())
    edges = (edge(one) for one in rows(subject.view))
    return "".join([HEAD, *nodes, *edges, "}\n"]).encode("utf-8", "replace")


def node(number: int, card: Card) -> str:
    """A node with its texts, a line each."""
    head = "  ".join(filter(None, (card.head, card.symbol)))
    lines = "\\n".join(escaped(line) for line in (head, *card.lines) if line)
    bold = ", penwidth=2.5" if card.output else ""
    return f'  n{number} [label="{lines}", shape={SHAPES[card.kind]}{bold}]\n'


def edge(one: Edge) -> str:
    """An edge with its local slope, as wide as others and coloured by the sign of what flows back."""
    if one.flow is None:
        return f"  n{one.source} -> n{one.target} [style=dashed]\n"
    color = POSITIVE if one.flow > 0 else NEGATIVE if one.flow < 0 else "gray"
    tooltip = f"flow {number(one.flow)}"
    return f'  n{one.source} -> n{one.target} [label="{slope(one)}", color="{color}", tooltip="{tooltip}"]\n'


def escaped(text: str) -> str:
    """A text that Graphviz takes as it is."""
    return visible(shorten(text, MOST)).translate(ESCAPES)


FORMAT = Format(name="dot", title="Graphviz graph (DOT)", media_type="text/vnd.graphviz", suffix="dot", write=write)

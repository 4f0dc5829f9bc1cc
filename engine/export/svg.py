"""A static picture of a graph: one SVG that needs nothing else, for a page without scripts, a file, a notebook.

Presentation attributes only, so that it shows where a policy forbids inline styles. Text and outlines take the colour
of the text around the picture, and the two hues stand on light and on dark. An edge is as wide as its flow is large and
its hue tells the sign; its local slope stands where it ends. Nodes and edges have names for those who hear the picture.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.explain.figures import number
from engine.export.cards import HEIGHT, Card, cards, draw
from engine.export.format import Format
from engine.export.layout import Point, layout
from engine.export.markup import CHARACTER, line, safe
from engine.export.view import Edge, View

NARROWEST, ROW, MARGIN = 84.0, 90.0, 20.0  # pixels of the picture: a card's width, from row to row, around it all
BEND, LEVEL = 52.0, 22.0  # between columns: the room where edges bend; where they end level, beside the number there
THIN, THICK = 1.25, 5.0
POSITIVE, NEGATIVE, NEITHER = "#cf7a1c", "#8b74c9", "currentColor"
EMPTY = "There is no Value to draw."
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="graphics-document" aria-label="Computation graph" '
    'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" fill="currentColor" '
    'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="12">'
    "<title>Computation graph</title><desc>{description}</desc>"
)


class Picture(NamedTuple):
    """A picture, and how large it is in pixels."""

    text: str
    width: float
    height: float


def encode(view: View, narrowest: float = NARROWEST) -> str:
    """The picture of a view, with cards no narrower than that."""
    return drawn(view, narrowest).text


def drawn(view: View, narrowest: float = NARROWEST) -> Picture:
    """The picture of a view, with its size."""
    shown = cards(view)
    edges = rows(view)
    arranged = layout(list(shown), ((edge.source, edge.target) for edge in edges))
    card = max((one.room for one in shown.values() if one.kind != "constant"), default=narrowest)
    card = math.ceil(max(card, narrowest))
    level = math.ceil(max(map(len, map(slope, edges)), default=0) * CHARACTER + LEVEL)
    pitch = card + BEND + level

    def at(place: Point) -> Point:
        return MARGIN + card / 2 + place[0] * pitch, MARGIN + HEIGHT / 2 + place[1] * ROW

    middle = {node: at(place) for node, place in arranged.places.items()}
    half = {node: (one.room if one.kind == "constant" else card) / 2 for node, one in shown.items()}
    bends = {ends: [at(place) for place in places] for ends, places in arranged.bends.items()}
    columns, lines = arranged.size
    size = (max(columns * pitch - BEND - level, 240) + 2 * MARGIN, max(lines * ROW - ROW, 0) + HEIGHT + 2 * MARGIN)
    text = "".join(
        [
            HEAD.format(width=size[0], height=size[1], description=_description(view)),
            '<g font-size="11" text-anchor="end">',
            *_edges(edges, shown, _routes(edges, middle, half, bends, level)),
            "</g>",
            *(draw(one, *middle[node], half[node]) for node, one in shown.items()),
            "" if shown else line(MARGIN, MARGIN + HEIGHT / 2, EMPTY),
            "</svg>",
        ]
    )
    return Picture(text, *size)


def rows(view: View) -> list[Edge]:
    """The edges of a view, one by one."""
    edges = view.edges
    return list(map(Edge, edges.source, edges.target, edges.key, edges.local, edges.flow))


def slope(edge: Edge) -> str:
    """The local slope as it stands on an edge."""
    return "" if edge.local is None else f"∂ {number(edge.local)}"


def _description(view: View) -> str:
    seen = len(view.numbers) + len(view.boxes)
    left_out = f" of {len(view.recording)} recorded" if view.truncated else ""
    return f"{seen} nodes{left_out}; operands stand left of what is computed from them." if seen else EMPTY


def _routes(
    edges: Sequence[Edge],
    middle: Mapping[int, Point],
    half: Mapping[int, float],
    bends: Mapping[tuple[int, int], Sequence[Point]],
    level: float,
) -> list[list[Point]]:
    """Per edge the points it passes: out of its source, level through the columns it crosses, level into its target.

    The edges into one node end beside each other, the one from above on top.
    """
    entering: dict[int, list[tuple[float, int]]] = {}
    for index, edge in enumerate(edges):
        inner = bends.get((edge.source, edge.target)) or [middle[edge.source]]
        entering.setdefault(edge.target, []).append((inner[-1][1], index))
    routes: list[list[Point]] = [[]] * len(edges)
    widest = max(half.values(), default=0)
    for target, sources in entering.items():
        x, y = middle[target]
        for place, (_, index) in enumerate(sorted(sources)):
            source = edges[index].source
            end = y + ((place + 1) / (len(sources) + 1) - 0.5) * HEIGHT
            inner = [
                (bend_x + side * widest, bend_y)
                for bend_x, bend_y in bends.get((source, target), ())
                for side in (-1, 1)
            ]
            routes[index] = [
                (middle[source][0] + half[source], middle[source][1]),
                *inner,
                (x - half[target] - level, end),
                (x - half[target], end),
            ]
    return routes


def _edges(edges: Sequence[Edge], shown: Mapping[int, Card], routes: Sequence[Sequence[Point]]) -> list[str]:
    sizes = [abs(edge.flow) for edge in edges if edge.flow is not None and math.isfinite(edge.flow)]
    most = max(sizes, default=0.0)
    return [_edge(edge, shown, route, most) for edge, route in zip(edges, routes, strict=True)]


def _edge(edge: Edge, shown: Mapping[int, Card], route: Sequence[Point], most: float) -> str:
    name = f"{_short(shown[edge.source])} to {_short(shown[edge.target])}"
    if edge.flow is None:
        name, paint = f"{name}, no gradient", 'stroke="currentColor" stroke-opacity="0.5" stroke-dasharray="3 3"'
    else:
        local = "" if edge.local is None else f"local derivative {number(edge.local)}, "
        name = f"{name}, {local}flow {number(edge.flow)}"
        hue = POSITIVE if edge.flow > 0 else NEGATIVE if edge.flow < 0 else NEITHER
        paint = f'stroke="{hue}" stroke-width="{_width(edge.flow, most):.2f}"'
    x, y = route[-1]
    return (
        f'<g role="graphics-symbol"><title>{safe(name)}</title>'
        f'<path d="{_path(route)}" fill="none" {paint}/>'
        f"{line(x - 9, y - 5, slope(edge))}</g>"
    )


def _short(card: Card) -> str:
    return card.head or card.symbol or card.lines[0]


def _width(flow: float, most: float) -> float:
    if math.isnan(flow) or not most:
        return THIN
    return THIN + (THICK - THIN) * math.sqrt(min(1.0, abs(flow) / most))


def _path(route: Sequence[Point]) -> str:
    """A smooth line that leaves and arrives level, with its head."""
    x, y = route[0]
    steps = [f"M{x:.1f},{y:.1f}"]
    for to_x, to_y in route[1:]:
        turn = (x + to_x) / 2
        steps.append(
            f"H{to_x:.1f}" if y == to_y else f"C{turn:.1f},{y:.1f} {turn:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
        )
        x, y = to_x, to_y
    return "".join([*steps, "m-6,-4l6,4l-6,4"])


FORMAT = Format(
    name="svg",
    title="Picture (SVG)",
    media_type="image/svg+xml",
    suffix="svg",
    write=lambda subject: encode(subject.view).encode("utf-8", "replace"),
)

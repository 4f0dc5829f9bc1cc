"""A document for LaTeX: every step as a formula, and the graph drawn with TikZ. Each part can be taken by itself."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from textwrap import indent

from engine.explain.graph import Graph
from engine.explain.lines import lines
from engine.explain.notation import latex_number
from engine.explain.steps import steps
from engine.export.format import Format, Subject
from engine.export.layout import layout
from engine.export.steps import graph_of_view
from engine.export.svg import NEGATIVE, POSITIVE, rows
from engine.export.view import Edge, View

DRAWN = 120  # nodes: more do not fit on any page, and TeX measures nothing longer than six metres
COLUMN, ROW = 3.4, 1.7  # centimetres
LONGEST = 12  # lines of one formula: TeX breaks pages only between formulas
STYLES = {
    "input": "rounded rectangle",
    "parameter": "chamfered rectangle",
    "constant": "rectangle, draw=none",
    "operation": "rectangle",
    "scope": "rectangle, double",
}
HEAD = rf"""% A program of the Autograd Playground.
% Letters beyond Latin and Greek need LuaLaTeX or XeLaTeX, and a font that has them.
\documentclass{{article}}
\usepackage[a4paper, landscape, margin=15mm]{{geometry}}
\usepackage{{amsmath, amssymb, graphicx, newunicodechar, tikz}}
\usetikzlibrary{{arrows.meta, shapes.misc}}
\definecolor{{positive}}{{HTML}}{{{POSITIVE[1:].upper()}}}
\definecolor{{negative}}{{HTML}}{{{NEGATIVE[1:].upper()}}}
"""
# Letters of names that TeX's own fonts have in formulas only.
GREEK = (
    "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon varphi chi "
    "psi omega"
)
CAPITALS = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
SIGNS = {
    **{sign: f"\\{name}" for sign, name in zip("αβγδεζηθικλμνξπρστυφχψω", GREEK.split(), strict=True)},
    **{sign: f"\\{name}" for sign, name in zip("ΓΔΘΛΞΠΣΥΦΨΩ", CAPITALS.split(), strict=True)},
    **{sign: f"\\mathrm{{{letter}}}" for sign, letter in zip("οΑΒΕΖΗΙΚΜΝΟΡΤΧ", "oABEZHIKMNOPTX", strict=True)},
    "ς": r"\varsigma",
}
PICTURE = r"""\begin{center}
\resizebox{!}{\ifdim\totalheight>.9\textheight .9\textheight\else\totalheight\fi}{%
\resizebox{\ifdim\width>\linewidth \linewidth\else\width\fi}{!}{%
\begin{tikzpicture}[>=Stealth, every node/.style={align=center, font=\small}, box/.style={draw, inner sep=4pt}]
"""
END = "\\end{tikzpicture}}}\n\\end{center}\n"


def write(subject: Subject) -> bytes:
    """The document."""
    drawn = subject.within(DRAWN)
    graph = graph_of_view(drawn, subject.source)
    body = "".join([*formulas(graph), *picture(drawn, graph)]).replace("\ufffd", "?")  # which LuaTeX does not read
    return f"{HEAD}{letters(body)}\\begin{{document}}\n{body}\\end{{document}}\n".encode("utf-8", "replace")


def letters(body: str) -> str:
    """What says how the letters of the names in it are written that only formulas have."""
    used = sorted(SIGNS.keys() & set(body))
    return "".join(f"\\newunicodechar{{{sign}}}{{\\ensuremath{{{SIGNS[sign]}}}}}\n" for sign in used)


def formulas(graph: Graph) -> Iterator[str]:
    """The forward pass and the backward pass, a line each step of arithmetic."""
    cut = {node for node, found in graph.nodes.items() if found.kind == "operation" and found.op is None}
    every = [step for step in steps(graph) if step.node not in cut]  # of these not all operands are drawn
    for title, phase in (("Forward", "forward"), ("Backward", "backward")):
        written = [line.latex for step in every if step.phase == phase for line in lines(graph, step)]
        if written:
            yield f"\\section*{{{title}}}\n"
        for begin in range(0, len(written), LONGEST):
            body = " \\\\\n".join(written[begin : begin + LONGEST])
            yield f"\\begin{{gather*}}\n{indent(body, '  ')}\n\\end{{gather*}}\n"


def picture(view: View, graph: Graph) -> Iterator[str]:
    """The graph, operands left of what is computed from them."""
    if not graph.nodes:
        return
    edges = rows(view)
    places = layout(list(graph.nodes), ((edge.source, edge.target) for edge in edges)).places
    yield "\\section*{Graph}\n" + PICTURE
    for node, (column, row) in places.items():
        style = STYLES[graph.nodes[node].kind] + (", very thick" if node == graph.output else "")
        at = f"({column * COLUMN:.2f}, {-row * ROW:.2f})"
        yield f"  \\node[box, {style}] (n{node}) at {at} {{{card(view, graph, node)}}};\n"
    times = Counter((edge.source, edge.target) for edge in edges)
    yield from (arrow(edge, again=times[edge.source, edge.target] > 1) for edge in edges)
    yield END


def card(view: View, graph: Graph, node: int) -> str:
    """What stands in a node: its name and operation, its number, its gradient."""
    found = graph.nodes[node]
    if found.kind == "scope":
        return f"${found.name.latex.text}$"
    row, nodes = bisect_left(view.numbers, node), view.nodes
    grad = nodes.grad[row]
    texts = [] if found.kind == "constant" else [f"${found.name.latex.text}$"]
    texts.append(f"${latex_number(nodes.data[row])}$")
    texts += [] if grad is None else [f"$\\nabla {latex_number(grad)}$"]
    return " \\\\ ".join(texts)


def arrow(edge: Edge, *, again: bool) -> str:
    """An edge with its local slope, in the colour of what flows back; bent where another one goes the same way."""
    if edge.flow is None:
        return f"  \\draw[->, dashed] (n{edge.source}) -- (n{edge.target});\n"
    hue = "positive" if edge.flow > 0 else "negative" if edge.flow < 0 else "gray"
    bend = " --" if not again else " to[bend left=15]" if edge.key else " to[bend right=15]"
    place = " node[pos=0.6, sloped, above, font=\\tiny]"
    said = "" if edge.local is None else f"{place} {{$\\partial\\,{latex_number(edge.local)}$}}"
    return f"  \\draw[->, {hue}] (n{edge.source}){bend}{said} (n{edge.target});\n"


FORMAT = Format(name="latex", title="LaTeX document", media_type="text/x-tex", suffix="tex", write=write)

"""A step as lines of notation: the rule in symbols, with numbers put in, and the result.

`dL/da += dL/dd · b = -2 · -3 = 6` is one line, once as text and once as LaTeX.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.explain.figures import number
from engine.explain.graph import Edge, Graph
from engine.explain.names import Name
from engine.explain.notation import LATEX, TEXT, Style, Written, latex_number, write
from engine.explain.steps import Deposit, Step
from engine.explain.tree import TIMES, Tree, reason, resolved, tree

MANY = 6  # more deposits than that, which only boxes make, are counted and not listed
ABOVE = "above"  # the name under which a product has the gradient from above


@dataclass(frozen=True, slots=True)
class Line:
    """Symbols, the same with numbers put in, and what comes of it; empty where a box hides it."""

    symbols: str
    numbers: str
    result: str
    latex: str

    @property
    def text(self) -> str:
        """The whole line."""
        return " = ".join(part for part in (self.symbols, self.numbers, self.result) if part)


def lines(graph: Graph, step: Step) -> list[Line]:
    """The lines of a step: one forward and for the seed, backward one for each deposit."""
    if step.kind == "seed":
        seed = graph.nodes[step.node].name
        return [Line(gradient(graph, seed), "", "1", f"{gradient_latex(graph, seed)} = 1")]
    if step.kind == "make":
        return [made(graph, step)] if graph.nodes[step.node].op else []
    return [_deposit(graph, deposit) for deposit in step.deposits if deposit.amount is not None]


def latex(found: Sequence[Line]) -> str:
    """Lines as one formula."""
    if len(found) == 1:
        return found[0].latex
    rows = r" \\ ".join([line.latex for line in found[:MANY]] + [r"\vdots"] * (len(found) > MANY))
    return rf"\begin{{gathered}} {rows} \end{{gathered}}" if found else ""


def gradient(graph: Graph, name: Name) -> str:
    """The gradient of a node in symbols: `dL/da`."""
    return f"d{_output(graph).closed}/d{name.closed}"


def gradient_latex(graph: Graph, name: Name) -> str:
    """The same as LaTeX."""
    return rf"\frac{{\partial {_output(graph).closed_latex}}}{{\partial {name.closed_latex}}}"


def _output(graph: Graph) -> Name:
    return graph.nodes[graph.output if graph.output is not None else -1].name


def made(graph: Graph, step: Step) -> Line:
    """How an operation is computed: `d = a · b = 2 · -3 = -6`."""
    node = graph.nodes[step.node]
    if node.op is None or node.data is None:
        raise ValueError("a box has no rule")
    rule: Tree = (node.op.name, *node.op.params)
    names = {param: graph.nodes[one.edge.source].name for param, one in zip(node.op.params, step.deposits, strict=True)}
    data = dict(zip(node.op.params, (one.data for one in step.deposits), strict=True))
    known = {param: value for param, value in data.items() if value is not None}
    whole = len(known) == len(data)

    def parts(style: Style, of: dict[str, Written], own: Written) -> tuple[str, str]:
        symbols = write(rule, of, style).text
        numbers = write(resolved_to(rule, known), {}, style).text if whole else ""
        return (f"{own.text} = {symbols}" if node.name.own else symbols), numbers

    symbols, numbers = parts(TEXT, {param: name.text for param, name in names.items()}, node.name.text)
    tex, tex_numbers = parts(LATEX, {param: name.latex for param, name in names.items()}, node.name.latex)
    result = number(node.data)
    return Line(symbols, numbers, result, " = ".join(filter(None, (tex, tex_numbers, latex_number(node.data)))))


def resolved_to(rule: Tree, numbers: dict[str, float]) -> Tree:
    """A rule with numbers put in, and nothing made simpler."""
    if isinstance(rule, str):
        return numbers[rule]
    return (rule[0], *(resolved_to(part, numbers) for part in rule[1:])) if isinstance(rule, tuple) else rule


def _point(graph: Graph, edge: Edge) -> tuple[dict[str, float | None], dict[str, float]]:
    """The operands' numbers at an operation, and those of them that are constants."""
    op = graph.nodes[edge.target].op
    operands = [graph.nodes[one.source] for one in graph.into[edge.target]]
    pairs = list(zip(op.params, operands, strict=True)) if op else []
    fixed = {param: node.data for param, node in pairs if node.kind == "constant" and node.data is not None}
    return {param: node.data for param, node in pairs}, fixed


def _rule(graph: Graph, edge: Edge) -> Tree:
    op = graph.nodes[edge.target].op
    if op is None:
        raise ValueError("a box has no rule")
    return tree(op.derivatives[edge.key])


def _slope(graph: Graph, edge: Edge, rule: Tree, style: Style) -> str:
    op = graph.nodes[edge.target].op
    params = op.params if op else ()
    names = {param: graph.nodes[one.source].name for param, one in zip(params, graph.into[edge.target], strict=True)}
    target = graph.nodes[edge.target].name
    if style is TEXT:
        above = Written(gradient(graph, target))
        return write(rule, {param: name.text for param, name in names.items()} | {ABOVE: above}, style).text
    above = Written(gradient_latex(graph, target))
    return write(rule, {param: name.latex for param, name in names.items()} | {ABOVE: above}, style).text


def slope(graph: Graph, deposit: Deposit) -> Line:
    """The slope along an edge: `∂d/∂a = b = -3`."""
    edge = deposit.edge
    target, operand = graph.nodes[edge.target].name, graph.nodes[edge.source].name
    rule = resolved(_rule(graph, edge), *_point(graph, edge))
    value = deposit.local if deposit.local is not None else 0.0
    said = "" if isinstance(rule, int | float) else _slope(graph, edge, rule, TEXT)
    tex = [rf"\frac{{\partial {target.closed_latex}}}{{\partial {operand.closed_latex}}}", latex_number(value)]
    if said:
        tex.insert(1, _slope(graph, edge, rule, LATEX))
    symbols = " = ".join(filter(None, (f"∂{target.closed}/∂{operand.closed}", said)))
    return Line(symbols, "", number(value), " = ".join(tex))


def why(graph: Graph, edge: Edge) -> str:
    """The comparison that decided the slope along an edge; empty where none did."""
    found = reason(_rule(graph, edge), *_point(graph, edge))
    return "" if found is None else _slope(graph, edge, found, TEXT)


def kinked(graph: Graph, edge: Edge) -> bool:
    """Whether there is no slope along an edge, and a convention stands in."""
    op = graph.nodes[edge.target].op
    numbers = [data for data in _point(graph, edge)[0].values() if data is not None]
    return op is not None and len(numbers) == len(op.params) and op.kinked(*numbers)


def _deposit(graph: Graph, deposit: Deposit) -> Line:
    edge, amount = deposit.edge, deposit.amount if deposit.amount is not None else 0.0
    operand = graph.nodes[edge.source].name
    head, tex_head = gradient(graph, operand), gradient_latex(graph, operand)
    if deposit.upstream is None or deposit.local is None:
        return Line(f"{head} += {number(amount)}", "", "", rf"{tex_head} \mathrel{{+}}= {latex_number(amount)}")
    product: Tree = (TIMES, ABOVE, resolved(_rule(graph, edge), *_point(graph, edge)))
    numbers: Tree = (TIMES, deposit.upstream, deposit.local)
    symbols = f"{head} += {_slope(graph, edge, product, TEXT)}"
    tex = (_slope(graph, edge, product, LATEX), write(numbers, {}, LATEX).text, latex_number(amount))
    return Line(
        symbols, write(numbers, {}, TEXT).text, number(amount), rf"{tex_head} \mathrel{{+}}= " + " = ".join(tex)
    )

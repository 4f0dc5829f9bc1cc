"""Mistakes in words: the templates of a language, filled. None of them says the number that is asked for."""

from collections.abc import Sequence
from pathlib import Path

from engine.explain.figures import number
from engine.explain.graph import Edge, Graph
from engine.explain.lines import lines, made, slope
from engine.explain.steps import Deposit, Step
from engine.explain.templates import fill, words
from engine.predict.gradients import received
from engine.predict.mistakes import Mistake
from engine.predict.task import Task
from engine.predict.verdict import Verdict
from engine.recording import Recording

FOLDER = Path(__file__).parent / "words"
MANY = 12  # lines that say how a gradient comes about


def sentence(graph: Graph, recording: Recording, task: Task, verdict: Verdict, language: str) -> str:
    """What there is to say of an answer."""
    said = words(language, FOLDER)
    if verdict.mistake is None:
        return said["right" if verdict.right else "unread"]
    mistake = verdict.mistake
    found = fill(said[template(recording, task, mistake)], **facts(graph, recording, mistake))
    if mistake.node == verdict.node:
        return found
    return f"{found} {fill(said['carried'], asked=graph.nodes[verdict.node].name.plain)}"


def template(recording: Recording, task: Task, mistake: Mistake) -> str:
    """Which of a kind's templates fits."""
    match mistake:
        case Mistake(kind="sign", edge=int()):
            return "sign_edge"
        case Mistake(kind="overwritten", only=True):
            return "overwritten_only"
        case Mistake(kind="local_derivative") if len(received(recording, mistake.node)) > 1:
            return "local_derivatives"
        case Mistake(kind="unexplained") if task.hide == "data":
            return "unexplained_data"
        case Mistake(kind="unexplained") if len(received(recording, mistake.node)) > 1:
            return "unexplained_parts"
        case Mistake(kind="unreached") if task.hide == "order":
            return "unreached_turn"
        case Mistake(kind="operand" | "wrong_node" as kind) if task.hide == "data":
            return f"{kind}_data"
        case _:
            return mistake.kind


def facts(graph: Graph, recording: Recording, mistake: Mistake) -> dict[str, str | int]:
    """What stands in the places of a template."""
    node = graph.nodes[mistake.node]
    own = received(recording, mistake.node)
    index = own[0].edge if mistake.edge is None and own else mistake.edge
    edge = None if index is None else edge_of(graph, recording, index)
    return {
        "node": node.name.plain,
        "output": "" if graph.output is None else graph.nodes[graph.output].name.plain,
        "count": len(own),
        "passed": "" if edge is None else graph.nodes[edge.target].name.plain,
        "slope": "" if edge is None else slope_of(graph, edge),
        "other": "" if mistake.other is None else graph.nodes[mistake.other].name.plain,
        "symbol": mistake.symbol or "",
        "factor": "" if mistake.factor is None else number(mistake.factor),
        "rule": made(graph, forward(graph, mistake.node)).symbols if node.op else "",
    }


def edge_of(graph: Graph, recording: Recording, index: int) -> Edge:
    """The edge of that place among all."""
    return graph.into[recording.edges.target[index]][recording.edges.key[index]]


def slope_of(graph: Graph, edge: Edge) -> str:
    """A slope by its rule, and by its number only where the rule is no more than that."""
    line = slope(graph, Deposit(edge, graph.nodes[edge.source].data, edge.local))
    return line.symbols if "=" in line.symbols else line.text


def forward(graph: Graph, node: int) -> Step:
    """How an operation is computed, as a step."""
    operands = [Deposit(one, graph.nodes[one.source].data, one.local) for one in graph.into[node]]
    return Step(0, "forward", "make", node, tuple(operands))


def derivation(graph: Graph, recording: Recording, task: Task, node: int) -> Sequence[str]:
    """How the right answer is found, line by line."""
    if task.hide == "data":
        return [line.text for line in lines(graph, forward(graph, node))]
    found, own = [], received(recording, node)
    for part in own[:MANY]:
        edge = edge_of(graph, recording, part.edge)
        deposit = Deposit(edge, graph.nodes[node].data, part.local, part.upstream, part.flow)
        found += [line.text for line in lines(graph, Step(0, "backward", "give", edge.target, (deposit,)))]
    if len(own) > MANY:
        found.append("…")
    if node == recording.output:
        found += [line.text for line in lines(graph, Step(0, "backward", "seed", node, ()))]
    return found

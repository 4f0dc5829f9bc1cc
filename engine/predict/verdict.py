"""Whether an answer is right, and if not, which mistake was made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite

from engine.explain.graph import Graph
from engine.predict import gradients, values
from engine.predict.mistakes import Mistake
from engine.predict.task import Task
from engine.predict.typed import near, typed
from engine.recording import Recording

EXACT = 1e-9
LARGEST = 1_000  # of the factors that somebody may have got wrong
FACTORS = tuple(sign * k for k in (2.0, 0.5, 3.0, 1 / 3, 4.0, 0.25, 10.0, 0.1, 100.0, 0.01) for sign in (1, -1))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What there is to say of an answer.

    read     whether it says a number at all
    right    whether that is the right one
    number   the right one; None for a question about the order
    mistake  what was done wrong, if it was
    """

    node: int
    read: bool
    right: bool
    number: float | None
    mistake: Mistake | None = None


def judge(recording: Recording, task: Task, node: int, answer: str) -> Verdict:
    """The verdict on a number."""
    number, given = right_number(recording, task, node), typed(answer)
    scale = size(recording, task, node)
    if given is None:
        return Verdict(node, read=False, right=False, number=number)
    if near(given, number, task.tolerance, scale):
        return Verdict(node, read=True, right=True, number=number)
    wrong = [one for one in candidates(recording, task, node) if not near(one.number, number, task.tolerance, scale)]
    mistake = matching(wrong, given, task.tolerance) or fallback(recording, task, node, given, number)
    return Verdict(node, read=True, right=False, number=number, mistake=mistake)


def right_number(recording: Recording, task: Task, node: int) -> float:
    """The right answer: what one pass brings, or the number of the forward run."""
    nodes = recording.nodes
    return nodes.data[node] if task.hide == "data" else nodes.adjoint[node] or 0.0


def size(recording: Recording, task: Task, node: int) -> float:
    """The largest number that the right answer is added up from."""
    if task.hide == "data":
        operands = recording.edges.source[recording.first[node] : recording.first[node + 1]]
        found = [abs(recording.nodes.data[one]) for one in operands]
    else:
        found = [abs(part.flow) for part in gradients.received(recording, node)]
    return max(filter(isfinite, found), default=0.0)


def candidates(recording: Recording, task: Task, node: int) -> Iterable[Mistake]:
    """The mistakes that could have been made, the likelier first."""
    kind = values if task.hide == "data" else gradients
    again = multiples(right_number(recording, task, node), node)
    return chain(kind.mistakes(recording, node), again, kind.strangers(recording, node))


def multiples(number: float, node: int) -> Iterable[Mistake]:
    """The right answer a few times."""
    return [Mistake("factor", number * factor, node, factor=factor) for factor in FACTORS]


def matching(found: Sequence[Mistake], given: float, tolerance: float) -> Mistake | None:
    """The first mistake that gives exactly the answer, else the first that nearly does."""
    for width in (EXACT, tolerance):
        for one in found:
            if near(given, one.number, width):
                return one
    return None


def fallback(recording: Recording, task: Task, node: int, given: float, number: float) -> Mistake:
    """What is left to say where no mistake gives the answer."""
    if task.hide == "grad" and node == recording.output:
        return Mistake("seed", given, node)
    if task.hide == "grad" and not gradients.received(recording, node):
        return Mistake("unreached", given, node)
    factor = given / number if number else 0.0
    if 1 < abs(factor) <= LARGEST and near(factor, round(factor), EXACT):
        return Mistake("factor", given, node, factor=factor)
    return Mistake("unexplained", given, node)


def judge_turn(graph: Graph, recording: Recording, given: Sequence[int], node: int) -> Verdict:
    """The verdict on which operation gives next, after those that have given: one whose users all have."""
    mistake = misplaced(graph, recording, given, node)
    return Verdict(node, read=True, right=mistake is None, number=None, mistake=mistake)


def misplaced(graph: Graph, recording: Recording, given: Sequence[int], node: int) -> Mistake | None:
    """Why it is not the node's turn."""
    if node in given:
        return Mistake("again", 0.0, node)
    if node not in recording.order:
        return Mistake("unreached" if recording.nodes.op[node] else "leaf", 0.0, node)
    waits = [user for user in users(graph, node) if user not in given]
    return Mistake("early", 0.0, node, other=waits[0]) if waits else None


def users(graph: Graph, node: int) -> Sequence[int]:
    """The operations that give to a node, as the pass went."""
    return [user for user in graph.order if any(edge.source == node for edge in graph.into[user])]

"""Learners who make one mistake: a backward pass of our own over random graphs, with the mistake planted in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from random import Random

from engine.predict.mistakes import Mistake
from engine.recording import Recording
from tests.replay.graphs import random_recording

KINDS = ("value", "sign", "local_derivative", "upstream", "slope", "overwritten", "operand", "factor")
SAME = 1e-7


@dataclass(frozen=True, slots=True)
class Case:
    """A learner's answer for a node, and what went wrong on the way."""

    seed: int
    recording: Recording
    node: int
    kind: str
    answer: float


def gradient(recording: Recording, node: int, wrong: Mistake | None = None) -> float:
    """The gradient of a node as somebody gets it who makes that mistake, step by step from the output down."""
    edges, wrong = recording.edges, wrong or Mistake("unexplained", 0.0, -1)
    got: dict[int, dict[int, float]] = {recording.output or 0: {-1: 1.0}}
    for target in sorted(recording.order, reverse=True):
        above = total(got.get(target, {}), target, wrong)
        for edge in range(recording.first[target], recording.first[target + 1]):
            local = edges.local[edge]
            if local is not None:
                here = edge == wrong.edge
                factors = [local, above]
                if here and wrong.kind in ("upstream", "slope"):
                    factors.pop(("slope", "upstream").index(wrong.kind))
                elif here and wrong.kind == "sign":
                    factors.append(-1.0)
                elif here and wrong.kind == "operand":
                    factors[0] = wrong.number
                product = 1.0
                for factor in factors:
                    product *= factor
                got.setdefault(edges.source[edge], {})[edge] = product
    return total(got.get(node, {}), node, wrong)


def total(got: dict[int, float], node: int, wrong: Mistake) -> float:
    """What came to a node, added up; or not, where paths overwrite each other."""
    if wrong.kind == "overwritten" and wrong.node == node:
        return got[wrong.edge or 0] if wrong.only else sum(one for edge, one in got.items() if edge != wrong.edge)
    return sum(got.values())


def places(recording: Recording, node: int) -> list[tuple[int, int]]:
    """The edges that gradients come along, on the way from the output to a node: operand and edge."""
    live, found, reached = set(recording.order), list[tuple[int, int]](), {node}
    for target in sorted(live):
        for edge in range(recording.first[target], recording.first[target + 1]):
            if recording.edges.local[edge] is not None and recording.edges.source[edge] in reached:
                reached.add(target)
                found.append((recording.edges.source[edge], edge))
    return found


def plant(recording: Recording, node: int, kind: str, random: Random) -> float | None:
    """The answer of somebody who makes a mistake of that kind; None where none can be made."""
    ways = places(recording, node)
    own = [edge for source, edge in ways if source == node]
    local = {edge: recording.edges.local[edge] or 0.0 for _, edge in ways}
    match kind:
        case "value":
            return recording.nodes.data[node]
        case "local_derivative":
            return sum(local[edge] for edge in own) if own else None
        case "factor":
            return gradient(recording, node) * random.choice((2, 0.5, 3, 10, 0.1, -2))
        case "sign" if random.random() < 0.5:
            return -gradient(recording, node)
    if kind == "overwritten":
        sources = [source for source, _ in ways]
        ways = [way for way in ways if sources.count(way[0]) > 1]
    ways = [way for way in ways if way[0] == node] or ways  # most mistakes are made at the last step
    if random.random() < 0.2:
        ways = [way for way in places(recording, node) if kind != "overwritten"] or ways
    if not ways:
        return None
    source, edge = random.choice(ways)
    number = 0.0
    if kind == "operand":
        target = recording.edges.target[edge]
        number = misread(recording, target, recording.edges.key[edge], random)
    return gradient(recording, node, Mistake(kind, number, source, edge, only=random.random() < 0.5))  # type: ignore[arg-type]


def misread(recording: Recording, target: int, key: int, random: Random) -> float:
    """The slope of an operation by the right rule and a wrong number: operands exchanged, or one for the result."""
    op, first = recording.nodes.op[target], recording.first[target]
    assert op is not None
    numbers = [recording.nodes.data[one] for one in recording.edges.source[first : first + len(op.params)]]
    if len(numbers) == 2 and random.random() < 0.7:
        numbers.reverse()
        return float(op.slopes[key](*numbers, op.forward(*numbers)))
    result = recording.nodes.data[target]
    place = random.randrange(len(numbers))
    tried = ([*numbers, numbers[place]], [*numbers[:place], result, *numbers[place + 1 :], result])
    try:
        return float(op.slopes[key](*random.choice(tried)))
    except (ArithmeticError, ValueError, TypeError):
        return float("nan")


def cases(count: int, start: int = 0) -> Iterator[Case]:
    """So many wrong answers on random programs; those that happen to be right are left out."""
    made, seed = 0, start
    while made < count:
        seed += 1
        random = Random(f"predict {seed}")
        recording = random_recording(seed, steps=random.choice((6, 12, 25)))
        askable = [node for node, kind in enumerate(recording.nodes.kind) if kind != "constant"]
        node, kind = random.choice(askable), KINDS[made % len(KINDS)]
        answer = plant(recording, node, kind, random)
        true = gradient(recording, node)
        if (
            answer is None
            or not isfinite(answer)
            or abs(answer - true) <= 0.02 * abs(true) + SAME
            or abs(true) < SAME
            or abs(answer) > 1e9
        ):
            continue
        made += 1
        yield Case(seed, recording, node, kind, answer)


def comes_to(case: Case, found: Mistake) -> float:
    """What somebody gets who makes the mistake that was diagnosed."""
    recording, node = case.recording, case.node
    match found.kind:
        case "value":
            return recording.nodes.data[node]
        case "sign" if found.edge is None:
            return -gradient(recording, node)
        case "factor":
            return gradient(recording, node) * (found.factor or 0.0)
        case "wrong_node":
            return gradient(recording, found.other or 0)
        case "local_derivative":
            own = [recording.edges.local[edge] or 0.0 for source, edge in places(recording, node) if source == node]
            return min((sum(own), *own), key=lambda one: abs(one - case.answer))
        case "upstream" | "slope" | "overwritten" | "sign":
            return gradient(recording, node, found)
        case _:
            return float("nan")  # it comes to what was answered only if it is what was planted

"""The steps of a view as JSON: as data, in symbols, in words of a language, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec

from engine.explain.figures import NON_FINITE
from engine.explain.graph import Drawn, Graph, graph_of_drawn
from engine.explain.ledger import Entry
from engine.explain.lines import latex, lines
from engine.explain.mathml import mathml
from engine.explain.sentences import entry_sentence, sentence
from engine.explain.steps import Deposit, Step, ready, steps
from engine.explain.templates import Words, words
from engine.export.nodelink import JSON, plain
from engine.export.view import View

NEXT = 12  # of the operations that wait at a step, as many are listed


@dataclass(frozen=True, slots=True)
class Box:
    """A collapsed scope as the explanation needs it."""

    id: int
    key: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which steps, in which language, in how many bytes; `turn` is the number of the pass that is shown."""

    lang: str
    start: int
    count: int
    turn: int
    room: int


def encode(view: View, source: str, asked: Asked) -> bytes:
    """The steps that were asked for, one at least and as many as there is room for, and how many there are."""
    graph = graph_of_view(view, source)
    every = steps(graph)
    waiting = Waiting(graph)
    rows: list[msgspec.Raw] = []
    room = asked.room
    for step in every[asked.start : asked.start + asked.count]:
        row = msgspec.json.encode(plain(_row(graph, step, waiting, asked.turn, words(asked.lang))))
        room -= len(row) + 1
        if room < 0 and rows:
            break
        rows.append(msgspec.Raw(row))
    return msgspec.json.encode({"total": len(every), "start": asked.start, "lang": asked.lang, "steps": rows})


def told(view: View, source: str, lang: str, most: int) -> list[str]:
    """The first steps as sentences: the story of the graph, for who reads it instead of watching."""
    graph = graph_of_view(view, source)
    return [sentence(graph, step, words(lang)) for step in steps(graph)[:most]]


def graph_of_view(view: View, source: str) -> Graph:
    """What of a view is explained."""
    drawn = Drawn(
        numbers=view.numbers,
        nodes=view.nodes,
        edges=view.edges,
        boxes=[Box(box.id, view.scopes[box.scope], box.scope.kind) for box in view.boxes],
        order=view.order,
        output=view.output,
        accumulation=view.recording.accumulation,
    )
    return graph_of_drawn(drawn, source)


class Waiting:
    """Which operations could give at each step: counted once, listed where asked."""

    def __init__(self, graph: Graph) -> None:
        self.order = graph.order
        since = ready(graph)
        self.since = [since[node] for node in graph.order]
        came = [0] * (len(graph.order) + 1)
        for turn in self.since:
            came[turn] += 1
        self.came = came
        for turn in range(1, len(came)):
            came[turn] += came[turn - 1]

    def at(self, index: int) -> tuple[Sequence[int], int]:
        """The first of them, in the order in which they give, and how many there are."""
        turn = index - len(self.order) - 1
        if turn < 0:
            return (), 0
        first = islice((self.order[k] for k in range(turn, len(self.order)) if self.since[k] <= turn), NEXT)
        return tuple(first), self.came[turn] - turn


def _row(graph: Graph, step: Step, waiting: Waiting, turn: int, said: Words) -> JSON:
    written = lines(graph, step)
    formula = latex(written)
    pending, count = waiting.at(step.index)
    return {
        "index": step.index,
        "phase": step.phase,
        "kind": step.kind,
        "node": step.node,
        "edges": [_edge(deposit) for deposit in step.deposits],
        "lines": [{"symbols": one.symbols, "numbers": one.numbers, "result": one.result} for one in written],
        "sentence": sentence(graph, step, said),
        "latex": formula,
        "mathml": mathml(formula) if formula else "",
        "ledger": _ledger(graph, step, turn, said),
        "pending": list(pending),
        "pending_total": count,
    }


def _edge(deposit: Deposit) -> JSON:
    edge = deposit.edge
    return {
        "source": edge.source,
        "target": edge.target,
        "key": edge.key,
        "data": _number(deposit.data),
        "local": _number(deposit.local),
        "upstream": _number(deposit.upstream),
        "deposit": _number(deposit.amount),
        "before": _number(deposit.before),
        "after": _number(deposit.after),
    }


def _ledger(graph: Graph, step: Step, turn: int, said: Words) -> list[JSON]:
    """What a step writes into the ledgers of its operands, or of the output."""
    if step.kind == "seed":
        made = [(step.node, Entry(turn, None, 1.0, 1.0))]
    else:
        made = [(one.edge.source, Entry(turn, one.edge, one.amount, one.after)) for one in step.deposits]
    return [
        {
            "node": node,
            "pass": turn,
            "amount": _number(entry.amount),
            "total": _number(entry.total),
            "sentence": entry_sentence(graph, node, entry, said),
        }
        for node, entry in made
        if entry.total is not None
    ]


def _number(value: float | None) -> JSON:
    return NON_FINITE.get(repr(value), value)

"""Steps and ledgers in words: the templates of a language filled with the lines of notation."""

import math
from collections.abc import Iterator

from engine.explain.figures import number
from engine.explain.graph import Graph, uses
from engine.explain.ledger import Entry
from engine.explain.lines import MANY, kinked, lines, slope, why
from engine.explain.steps import Deposit, Step
from engine.explain.templates import Words, fill


def sentence(graph: Graph, step: Step, words: Words) -> str:
    """What a step does, for people: rule, numbers and result, and what is special about it."""
    tell = {"make": _made, "seed": _seeded, "give": _given}[step.kind]
    return " ".join(tell(graph, step, words))


def _made(graph: Graph, step: Step, words: Words) -> Iterator[str]:
    if _is_cut(graph, step.node):
        yield fill(words["cut_make"], name=_name(graph, step.node))
        return
    if graph.nodes[step.node].op is None:
        operands = list(dict.fromkeys(_name(graph, one.edge.source) for one in step.deposits))
        listed = ", ".join(operands[:MANY] + ["…"] * (len(operands) > MANY))
        template = words["box_make" if operands else "box_make_alone"]
        yield fill(template, **_box(graph, step.node, words), operands=listed)
        return
    yield fill(words["make"], line=lines(graph, step)[0].text)
    yield from _limits(graph.nodes[step.node].data, words)
    slopes = dict.fromkeys(slope(graph, one).text for one in step.deposits if one.local is not None)
    if slopes:
        yield fill(words["slopes"], slopes=", ".join(slopes))


def _seeded(graph: Graph, step: Step, words: Words) -> Iterator[str]:
    yield fill(words["seed"], line=lines(graph, step)[0].text, name=_name(graph, step.node))


def _given(graph: Graph, step: Step, words: Words) -> Iterator[str]:
    node = graph.nodes[step.node]
    if _is_cut(graph, step.node):
        yield fill(words["cut_give"], name=node.name.plain)
    elif node.op is None or node.handed is None:
        yield fill(words["box_give"], **_box(graph, step.node, words))
    else:
        yield fill(words["give"], name=node.name.plain, upstream=number(node.handed))
    written = iter(lines(graph, step))
    times = uses(graph, step.node)
    made = [one for one in step.deposits if one.amount is not None]
    last = made[:MANY][-1] if len(made) > MANY else None
    for deposit in step.deposits:
        source = deposit.edge.source
        if deposit.amount is None:
            if graph.nodes[source].kind == "constant":
                yield fill(words["constant"], operand=_name(graph, source))
            continue
        if times[source] > 1 and graph.nodes[source].kind != "constant":
            yield fill(words["twice"], operand=_name(graph, source), count=times.pop(source))
        yield fill(words["deposit"], line=next(written).text)
        yield from _remarks(graph, deposit, words)
        if deposit is last:
            break
    if len(made) > MANY:
        yield fill(words["more"], count=len(made) - MANY)


def _remarks(graph: Graph, deposit: Deposit, words: Words) -> Iterator[str]:
    """What is special about a deposit."""
    edge, amount = deposit.edge, deposit.amount
    operand = graph.nodes[edge.source]
    if operand.kind == "scope":
        yield fill(words["box_take"], **_box(graph, edge.source, words))
    if graph.nodes[edge.target].op is not None and deposit.local is not None and amount is not None:
        local = number(deposit.local)
        if kinked(graph, edge):
            yield fill(words["kink"], local=local)
        elif reason := why(graph, edge):
            yield fill(words["reason"], local=local, reason=reason)
    yield from _limits(amount, words)
    if deposit.before is not None and deposit.after is not None and amount is not None:
        before, after = number(deposit.before), number(deposit.after)
        yield fill(words["again"], operand=operand.name.plain, before=before, amount=number(amount), after=after)


def _limits(value: float | None, words: Words) -> Iterator[str]:
    if value is not None and math.isnan(value):
        yield words["nan"]
    elif value is not None and math.isinf(value):
        yield words["infinite"]


def _name(graph: Graph, node: int) -> str:
    return graph.nodes[node].name.plain


def _is_cut(graph: Graph, node: int) -> bool:
    """Whether not all that an operation was made of is drawn."""
    return graph.nodes[node].op is None and graph.nodes[node].scope is None


def _box(graph: Graph, node: int, words: Words) -> dict[str, str]:
    return {"scope": words[f"scope_{graph.nodes[node].scope}"], "name": _name(graph, node)}


def entry_sentence(graph: Graph, node: int, entry: Entry, words: Words) -> str:
    """One deposit of a ledger in words."""
    name, total = _name(graph, node), "" if entry.total is None else number(entry.total)
    if entry.edge is None:
        return fill(words["ledger_seed"], turn=entry.turn, name=name, total=total)
    user = _name(graph, entry.edge.target)
    if entry.amount is None or entry.total is None:
        return fill(words["ledger_unknown"], turn=entry.turn, user=user)
    return fill(words["ledger_entry"], turn=entry.turn, user=user, amount=number(entry.amount), name=name, total=total)


def empty_sentence(graph: Graph, node: int, words: Words) -> str:
    """What is said of a node without deposits."""
    constant = graph.nodes[node].kind == "constant"
    return fill(words["ledger_constant" if constant else "ledger_empty"], name=_name(graph, node))

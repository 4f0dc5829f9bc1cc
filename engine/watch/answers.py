"""What there is to say of a watched engine, as plain data: its graph beside the truth, its steps, and the causes."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from engine.watch.findings import Finding
from engine.watch.sentences import sentence
from engine.watch.theirs import Deposit, Theirs
from engine.watch.truth import Slopes, gradients, slopes
from engine.watch.watching import Watched

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
SCHEMA = "own/1"


def described(seen: Watched, language: str, most: int) -> dict[str, JSON]:
    """The answer: of the first pass in which something is wrong, else of the last; with at most so many nodes."""
    theirs = seen.theirs
    causes = [cause(one, theirs, language) for one in seen.findings]
    answer: dict[str, JSON] = {
        "schema": SCHEMA,
        "right": theirs is not None and not seen.ended and all(one.cause == "missing" for one in seen.findings),
        "causes": causes,
        "diagnostics": [one.describe() for one in seen.ended],
    }
    if theirs is None:
        return {**answer, "attributes": None, "passes": 0, "pass": None, "directed": True, "multigraph": True} | EMPTY
    attributes = {"number": theirs.number, "gradient": theirs.gradient, "links": list(theirs.links)}
    passes = [number for number, walk in enumerate(theirs.walks) if any(one.flows for one in walk.deposits)]
    chosen = next((one.walk for one in seen.findings if one.walk is not None), passes[-1] if passes else None)
    return {
        **answer,
        "attributes": attributes,
        "whole": theirs.whole,
        "passes": len(passes),
        "pass": chosen,
        "directed": True,
        "multigraph": True,
        **drawn(theirs, chosen, most),
    }


EMPTY: dict[str, JSON] = {"whole": True, "output": None, "truncated": False, "nodes": [], "edges": [], "steps": []}


def drawn(theirs: Theirs, chosen: int | None, most: int) -> dict[str, JSON]:
    """Nodes, edges and steps of one pass; without one, of all that was made."""
    of, deposits = slopes(theirs), theirs.walks[chosen].deposits if chosen is not None else ()
    sources = [one.flows[0].source for one in deposits if one.flows]
    root = theirs.walks[chosen].root if chosen is not None else None
    root = max(sources, default=None) if root is None else root
    true = {} if root is None else gradients(theirs, of, root)
    there = sorted({*true, *(one.node for one in deposits)} if deposits else range(len(theirs.nodes)))
    shown = set(there[-most:])
    return {
        "output": root,
        "truncated": len(shown) < len(there),
        "nodes": [node(theirs, i, true.get(i)) for i in sorted(shown)],
        "edges": [edge for i in sorted(shown) for edge in edges(theirs, of, i, shown, true)],
        "steps": [step(number, one) for number, one in enumerate(deposits) if one.node in shown],
    }


def node(theirs: Theirs, i: int, true: float | None) -> dict[str, JSON]:
    """A node: `grad` is the engine's, `adjoint` the true gradient."""
    one = theirs.nodes[i]
    return {
        "id": i,
        "kind": "operation" if one.operands else "input",
        "op": one.op,
        "label": one.label,
        "data": one.data,
        "grad": one.grad,
        "adjoint": true,
        "line": one.line,
        "method": one.method,
        "defined": one.defined,
        "scopes": [{"name": name, "line": line} for name, line in one.scopes],
    }


def edges(theirs: Theirs, of: Slopes, i: int, shown: set[int], true: Mapping[int, float]) -> list[JSON]:
    """The edges into a node: `local` and `flow` are the true ones."""
    operands = theirs.nodes[i].operands
    times = [edge.node for edge in operands]
    found: list[JSON] = []
    for key, edge in enumerate(operands):
        if edge.node in shown:
            local = of[i, edge.node] / times.count(edge.node)
            flow = true[i] * local if i in true else None
            found.append(
                {"source": edge.node, "target": i, "key": key, "local": local, "flow": flow, "linked": edge.linked}
            )
    return found


def step(number: int, one: Deposit) -> dict[str, JSON]:
    """A gradient that was written."""
    flow = one.flows[0] if one.flows else None
    return {
        "step": number,
        "kind": one.kind,
        "node": one.node,
        "before": one.before,
        "after": one.after,
        "added": one.kept == 1.0,
        "source": flow.source if flow else None,
        "upstream": flow.upstream if flow else None,
        "local": flow.local if flow else None,
        "line": one.line,
        "span": list(one.span),
        "function": one.function,
        "visit": one.visit,
    }


def cause(one: Finding, theirs: Theirs | None, language: str) -> dict[str, JSON]:
    """A cause: its name, the line, the operation, the steps, and the sentence."""
    at = one.other if one.other is not None else one.node
    return {
        "cause": one.cause,
        "line": one.line,
        "op": theirs.nodes[at].op if theirs and at is not None else one.text,
        "node": one.node,
        "pass": one.walk,
        "step": one.step,
        "later": one.later,
        "theirs": one.theirs,
        "true": one.true,
        "message": sentence(one, theirs, language),
    }

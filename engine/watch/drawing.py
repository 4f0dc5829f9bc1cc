"""One pass of a watched engine as rows of a graph document: nodes, edges, and the calls and turns around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from engine.language.errors import JSON
from engine.origin import Scope, named
from engine.watch.inside import within
from engine.watch.passes import Checked
from engine.watch.theirs import Edge, Flow, Theirs
from engine.watch.truth import Slopes, slopes


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn of an engine: what one pass has to do with, or all that it made where there was no pass.

    output  where the pass began
    true    the true gradients, written those that the pass makes, wrong the nodes where they differ
    nodes   the numbers of those that are drawn, the newest where there are too many
    """

    theirs: Theirs
    of: Slopes
    walk: int | None
    output: int | None
    true: Mapping[int, float]
    written: Mapping[int, float]
    wrong: frozenset[int]
    nodes: Sequence[int]
    truncated: bool


def drawing(theirs: Theirs, walk: int | None, most: int) -> Drawing:
    """A pass, with at most so many nodes."""
    of, everything = slopes(theirs), range(len(theirs.nodes))
    if walk is None:
        output = everything[-1] if everything else None
        return Drawing(theirs, of, None, output, {}, {}, frozenset(), everything[-most:], len(everything) > most)
    held = Checked(theirs, of, walk, theirs.walks[walk])
    nodes = sorted({*held.true, *held.fresh, *(theirs.circle or ())})
    wrong = frozenset(filter(held.differs, held.due()))
    return Drawing(theirs, of, walk, held.root, held.true, held.fresh, wrong, nodes[-most:], len(nodes) > most)


def rows(drawn: Drawing) -> dict[str, JSON]:
    """Nodes, edges and scopes."""
    theirs = drawn.theirs
    scopes = named(theirs.nodes[i].scope for i in drawn.nodes)
    data, grads, shown = numbers(drawn), gradients(drawn), frozenset(drawn.nodes)
    given = flows(drawn)
    opened = within((i, theirs.nodes[i].inside) for i in drawn.nodes)
    inside = {i: {"inside": [part.describe() for part in opened[i]]} for i in drawn.nodes if opened.get(i)}
    initial = {i: {"initial": number} for i, number in theirs.initial.items()}
    nodes = [
        node(drawn, i, scopes) | {"data": data[i], "grad": grads[i]} | initial.get(i, {}) | inside.get(i, {})
        for i in drawn.nodes
    ]
    edges = [
        edge(drawn, i, key, operand, given)
        for i in drawn.nodes
        for key, operand in enumerate(theirs.nodes[i].operands)
        if operand.node in shown
    ]
    return {"nodes": nodes, "edges": edges, "scopes": [scope(one, scopes) for one in scopes]}


def node(drawn: Drawing, i: int, scopes: Mapping[Scope, str]) -> dict[str, JSON]:
    """A node without its numbers: `adjoint` is the true gradient, `wrong` says that the engine's is another."""
    one = drawn.theirs.nodes[i]
    return {
        "id": i,
        "kind": "operation" if one.operands else "parameter" if one.held else "input",
        "op": None,
        "symbol": one.op,
        "label": one.label,
        "key": drawn.theirs.keys.get(i),
        "adjoint": drawn.true.get(i),
        "wrong": i in drawn.wrong,
        "span": None,
        "line": one.line,
        "method": one.method,
        "defined": one.defined,
        "scope": None if one.scope is None else scopes[one.scope],
    }


def numbers(drawn: Drawing) -> dict[int, float]:
    """The numbers of the nodes, as they were in the pass."""
    found = {i: drawn.theirs.nodes[i].data for i in drawn.nodes}
    for i, before, number in drawn.theirs.moved:
        if i in found and drawn.walk is not None and before <= drawn.walk:
            found[i] = number
    return found


def gradients(drawn: Drawing) -> dict[int, float | None]:
    """The engine's gradients of the nodes when the pass is over."""
    found = {i: drawn.theirs.nodes[i].grad for i in drawn.nodes}
    ended = len(drawn.theirs.walks) if drawn.walk is None else drawn.walk + 1
    for walk in reversed(drawn.theirs.walks[ended:]):
        found |= {one.node: one.before for one in reversed(walk.deposits) if one.node in found}
    return found


def flows(drawn: Drawing) -> dict[tuple[int, int], float]:
    """What the engine gave in the pass, by user and operand."""
    found: dict[tuple[int, int], float] = {}
    deposits = () if drawn.walk is None else drawn.theirs.walks[drawn.walk].deposits
    for one in deposits:
        for flow in one.flows:
            place = flow.source, one.node
            found[place] = found.get(place, 0.0) + amount(flow)
    return found


def amount(flow: Flow) -> float:
    """How much comes from a node."""
    local = flow.local or 0.0
    return local if flow.upstream is None else flow.upstream * local


def edge(drawn: Drawing, i: int, key: int, operand: Edge, given: Mapping[tuple[int, int], float]) -> dict[str, JSON]:
    """An edge: `local` is the true slope, `flow` what the engine gave, shared by edges between the same nodes."""
    times = sum(one.node == operand.node for one in drawn.theirs.nodes[i].operands)
    flow = given.get((i, operand.node))
    return {
        "source": operand.node,
        "target": i,
        "key": key,
        "local": drawn.of[i, operand.node] / times,
        "flow": None if flow is None else flow / times,
        **({} if operand.linked else {"linked": False}),
    }


def closing(drawn: Drawing) -> JSON:
    """The link that closes a circle, from what is newer to what is made of it; None where there is none to draw."""
    circle = drawn.theirs.circle
    if circle is None or not {*circle} <= {*drawn.nodes}:
        return None
    return {"source": circle[1], "target": circle[0]}


def scope(one: Scope, ids: Mapping[Scope, str]) -> dict[str, JSON]:
    """A call or a turn."""
    parent = None if one.parent is None else ids[one.parent]
    return {"id": ids[one], "name": one.name, "kind": one.kind, "line": one.line, "parent": parent}


def structure(drawn: Drawing) -> str:
    """A hash of how the graph hangs together, equal while only numbers and lines change."""
    topology = [[edge.node for edge in drawn.theirs.nodes[i].operands] for i in drawn.nodes]
    return blake2b(repr((drawn.output, topology)).encode(), digest_size=16).hexdigest()

"""The graph document: node-link JSON, strict, in one pass from the columns of a recording.

`encode` writes what `POST /api/v1/graph` answers; networkx, D3 and cytoscape take it as it is. Numbers that JSON does
not have travel as the texts "NaN", "Infinity" and "-Infinity".

A node carries `data_end` only where `.data` was assigned after the graph was made, and `initial` only where an input
does not hold the number that the program gives it. A collapsed scope is a node of the
kind "scope": its `label` is the scope's name, its `key` the id by which a request's `expand` opens it, its `scope` the
one around it, its `line` where it was entered, and `nodes`, which only it has, how many recorded nodes it stands for.
It has no numbers of its own. Its edges: `engine.export.view`.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import msgspec

from engine.explain.figures import NON_FINITE
from engine.export.view import Box, View
from engine.origin import Scope
from engine.recording import Edges

SCHEMA = "graph/1"

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
Number: TypeAlias = float | str | None


class Pass(Protocol):
    """One backward pass: the serial of its root, the root's number, the line that asked for it."""

    @property
    def root(self) -> int: ...  # noqa: D102 - the class says it
    @property
    def data(self) -> float: ...  # noqa: D102
    @property
    def line(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an answer says beside the graph: all that comes from the run and not from the recording.

    variables    the module's names at the end, with type, value and drawn node
    passes       the backward passes, oldest first
    lines        which lines ran, and how often
    printed      the lines printed
    diagnostics  warnings and notes
    keys         the keys of inputs, by serial
    initial      by serial, the program's own number of an input that holds another
    because      why the graph says nothing of other inputs (line and reason); None where it does
    """

    variables: JSON
    passes: Sequence[Pass]
    lines: JSON
    printed: Sequence[str]
    diagnostics: JSON
    keys: Mapping[int, str]
    initial: Mapping[int, float] = field(default_factory=dict)
    because: JSON = None


class NodeRow(msgspec.Struct, gc=False):
    """A node as it travels."""

    id: int
    kind: str
    op: str | None
    symbol: str | None
    label: str | None
    key: str | None
    data: Number
    grad: Number
    adjoint: Number
    span: tuple[int, int] | None
    line: int | None
    scope: str | None


class MovedRow(NodeRow, gc=False, omit_defaults=True):
    """A node that held other numbers than `data`, as it travels."""

    data_end: Number = None
    initial: Number = None


class BoxRow(NodeRow, gc=False):
    """A collapsed scope as it travels."""

    nodes: int


class EdgeRow(msgspec.Struct, gc=False):
    """An edge as it travels."""

    source: int
    target: int
    key: int
    local: Number
    flow: Number


def encode(view: View, facts: Facts, fields: Collection[str] = ()) -> bytes:
    """The graph document of a view; only these fields of it, if any are named."""
    nodes = _nodes(view, facts)
    if view.boxes:
        nodes = sorted([*nodes, *(_box(view, box) for box in view.boxes)], key=lambda row: row.id)
    document = {
        "directed": True,
        "multigraph": True,
        "graph": {
            "schema": SCHEMA,
            "output": view.output,
            "structure": view.recording.structure,
            "order": view.order,
            "steps": view.steps,
            "truncated": view.truncated,
            "replayable": facts.because is None,
            "reruns_because": facts.because,
        },
        "nodes": nodes,
        "edges": _edges(view.edges),
        "scopes": [_scope(view, scope) for scope in view.scopes],
        "variables": plain(facts.variables),
        "passes": [{"output": view.id_of(one.root), "data": plain(one.data), "line": one.line} for one in facts.passes],
        "lines": facts.lines,
        "printed": facts.printed,
        "diagnostics": facts.diagnostics,
    }
    return written({name: document[name] for name in document if name in fields} if fields else document)


def written(document: Mapping[str, object]) -> bytes:
    """A document as JSON, whatever texts are in it."""
    try:
        return msgspec.json.encode(document)
    except UnicodeEncodeError:  # some text has half of a surrogate pair in it
        return msgspec.json.encode(plain(msgspec.to_builtins(document)))


def _nodes(view: View, facts: Facts) -> list[NodeRow]:
    nodes = view.nodes
    keys: dict[int | None, str] = dict(facts.keys.items())
    initial: dict[int | None, float] = dict(facts.initial.items())
    columns = (
        view.numbers,
        nodes.kind,
        [None if op is None else op.name for op in nodes.op],
        [None if op is None else op.symbol for op in nodes.op],
        nodes.label,
        map(keys.get, nodes.serial),
        sound(nodes.data),
        sound(nodes.grad),
        sound(nodes.adjoint),
        [site and site.span for site in nodes.site],
        [site and site.line for site in nodes.site],
        [None if scope is None else view.scopes[scope] for scope in nodes.scope],
    )
    if not initial and nodes.data_end.count(None) == len(nodes.data_end):
        return list(map(NodeRow, *columns))
    return list(map(MovedRow, *columns, sound(nodes.data_end), sound([*map(initial.get, nodes.serial)])))


def _box(view: View, box: Box) -> BoxRow:
    scope = box.scope
    return BoxRow(
        id=box.id,
        kind="scope",
        op=None,
        symbol=None,
        label=scope.name,
        key=view.scopes[scope],
        data=None,
        grad=None,
        adjoint=None,
        span=None,
        line=scope.line,
        scope=None if scope.parent is None else view.scopes[scope.parent],
        nodes=box.size,
    )


def _edges(edges: Edges) -> list[EdgeRow]:
    return list(map(EdgeRow, edges.source, edges.target, edges.key, sound(edges.local), sound(edges.flow)))


def _scope(view: View, scope: Scope) -> dict[str, JSON]:
    return {
        "id": view.scopes[scope],
        "name": scope.name,
        "kind": scope.kind,
        "line": scope.line,
        "parent": None if scope.parent is None else view.scopes[scope.parent],
    }


def sound(column: Sequence[float | None]) -> Sequence[Number]:
    """A column as JSON can say it: as it is, if all of it is finite."""
    try:
        total: float = sum(column)  # type: ignore[arg-type]  # a column without gaps adds up faster
    except TypeError:
        total = sum(filter(None, column))
    if math.isfinite(total):  # NaN and the infinities survive a sum
        return column
    return [one if one is None or math.isfinite(one) else NON_FINITE[repr(one)] for one in column]


def plain(thing: JSON) -> JSON:
    """A thing as strict JSON and UTF-8 can say it."""
    match thing:
        case float():
            return thing if math.isfinite(thing) else NON_FINITE[repr(thing)]
        case str():
            return thing if thing.isascii() else thing.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list() | tuple():
            return [plain(one) for one in thing]
        case dict():
            return {str(plain(name)): plain(one) for name, one in thing.items()}
        case _:
            return thing

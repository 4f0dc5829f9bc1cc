import json
import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import networkx as nx
import pytest

from engine.export.nodelink import JSON, Facts, encode, plain, sound
from engine.export.view import view
from engine.ops import OPS
from engine.recording import record
from engine.value import Value, apply
from tests.export.trees import Writer, loop

Document = dict[str, Any]


class Pass(NamedTuple):
    root: int
    data: float
    line: int | None


def facts(
    variables: JSON = None,
    passes: Sequence[Pass] = (),
    lines: JSON = None,
    printed: Sequence[str] = (),
    keys: Mapping[int, str] = MappingProxyType({}),
) -> Facts:
    return Facts(variables=variables, passes=passes, lines=lines, printed=printed, diagnostics=[], keys=keys)


def strict(answer: bytes) -> Document:
    """The document, read by a reader that knows no NaN."""

    def refuse(text: str) -> float:
        raise ValueError(text)

    found: Document = json.loads(answer.decode("utf-8", "strict"), parse_constant=refuse)
    return found


def document(output: Value | None, said: Facts | None = None) -> Document:
    return strict(encode(view(record(output), drawn_nodes=2_000), said or facts()))


def test_fields_that_are_asked_for_come_alone() -> None:
    shown = view(record(Value(2.0) * 3.0), drawn_nodes=2_000)
    whole = strict(encode(shown, facts(printed=["a"])))
    for names in (["printed"], ["nodes", "edges"], []):
        assert strict(encode(shown, facts(printed=["a"]), names)) == {name: whole[name] for name in names or whole}


SEED = """
{"directed": true, "multigraph": true,
 "graph": {"schema": "graph/1", "output": 6, "structure": "8acd77ec439ea883273658cf35871699", "order": [6, 5, 4],
           "steps": 7, "truncated": false, "replayable": true,
           "reruns_because": null},
 "nodes": [
  {"id": 0, "kind": "input", "op": null, "symbol": null, "label": "a", "key": "a", "data": 2.0, "grad": 6.0,
   "adjoint": 6.0, "span": [0, 1], "line": 1, "scope": null},
  {"id": 1, "kind": "input", "op": null, "symbol": null, "label": "b", "key": "b", "data": -3.0, "grad": -4.0,
   "adjoint": -4.0, "span": [1, 2], "line": 2, "scope": null},
  {"id": 2, "kind": "input", "op": null, "symbol": null, "label": "c", "key": "c", "data": 10.0, "grad": -2.0,
   "adjoint": -2.0, "span": [2, 3], "line": 3, "scope": null},
  {"id": 3, "kind": "input", "op": null, "symbol": null, "label": "f", "key": "f", "data": -2.0, "grad": 4.0,
   "adjoint": 4.0, "span": [3, 4], "line": 4, "scope": null},
  {"id": 4, "kind": "operation", "op": "mul", "symbol": "*", "label": null, "key": null, "data": -6.0, "grad": -2.0,
   "adjoint": -2.0, "span": [4, 5], "line": 5, "scope": null},
  {"id": 5, "kind": "operation", "op": "add", "symbol": "+", "label": null, "key": null, "data": 4.0, "grad": -2.0,
   "adjoint": -2.0, "span": [5, 6], "line": 6, "scope": null},
  {"id": 6, "kind": "operation", "op": "mul", "symbol": "*", "label": "L", "key": null, "data": -8.0, "grad": 1.0,
   "adjoint": 1.0, "span": [6, 7], "line": 7, "scope": null}],
 "edges": [
  {"source": 0, "target": 4, "key": 0, "local": -3.0, "flow": 6.0},
  {"source": 1, "target": 4, "key": 1, "local": 2.0, "flow": -4.0},
  {"source": 4, "target": 5, "key": 0, "local": 1.0, "flow": -2.0},
  {"source": 2, "target": 5, "key": 1, "local": 1.0, "flow": -2.0},
  {"source": 5, "target": 6, "key": 0, "local": -2.0, "flow": -2.0},
  {"source": 3, "target": 6, "key": 1, "local": 4.0, "flow": 4.0}],
 "scopes": [],
 "variables": {"L": {"type": "value", "value": -8.0, "node": 6}},
 "passes": [{"output": 6, "data": -8.0, "line": null}],
 "lines": {"executed": [1, 2, 3, 4, 5], "counts": {}},
 "printed": [],
 "diagnostics": []}
"""


def seed() -> Value:
    write = Writer()
    a, b, c, f = (write(Value(x, name)) for name, x in {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}.items())
    product = write(a * b)
    total = write(product + c)
    output = write(total * f)
    output.label = "L"
    output.backward()
    return output


def test_the_seeds_expression_is_the_document_of_the_design_byte_for_byte() -> None:
    recording = record(seed())
    answer = encode(
        view(recording, drawn_nodes=2_000),
        facts(
            variables={"L": {"type": "value", "value": -8.0, "node": 6}},
            passes=[Pass(6, -8.0, None)],
            lines={"executed": [1, 2, 3, 4, 5], "counts": {}},
            keys=dict(enumerate("abcf")),
        ),
    )
    assert answer.decode() == json.dumps(json.loads(SEED), separators=(",", ":"))


def test_networkx_reads_it_as_it_is() -> None:
    x = Value(3.0, "x")
    output = x * x + 2.0
    output.backward()
    graph = nx.node_link_graph(document(output))
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.graph["output"] == 3
    assert graph.nodes[0]["grad"] == 6.0
    assert sorted(graph.edges(keys=True)) == [(0, 1, 0), (0, 1, 1), (1, 3, 0), (2, 3, 1)]
    assert graph[0][1][1]["local"] == 3.0
    assert list(nx.topological_sort(graph))[-1] == 3


def test_no_value_is_an_empty_graph() -> None:
    empty = document(None, facts(printed=["1"]))
    assert empty["graph"]["output"] is None
    assert (empty["graph"]["order"], empty["graph"]["steps"]) == ([], 0)
    assert (empty["nodes"], empty["edges"], empty["printed"]) == ([], [], ["1"])


def test_numbers_that_json_does_not_have_travel_as_text() -> None:
    bad = apply(OPS["log"], Value(-1.0))
    output = bad + Value(math.inf) * Value(-math.inf)
    output.backward()
    found = document(output, facts(variables={"x": [math.nan, {"y": -math.inf}]}, passes=[Pass(1, math.nan, 2)]))
    texts = {node["data"] for node in found["nodes"]}
    assert {"NaN", "Infinity", "-Infinity"} <= texts
    assert found["variables"] == {"x": ["NaN", {"y": "-Infinity"}]}
    assert found["passes"] == [{"output": None, "data": "NaN", "line": 2}]
    assert {edge["flow"] for edge in found["edges"]} >= {"Infinity", "-Infinity"}


def test_a_column_is_passed_on_unless_something_in_it_is_not_finite() -> None:
    fine = (1.0, None, -0.0, 1e300)
    assert sound(fine) is fine
    assert sound((1e308, 1e308, None)) == [1e308, 1e308, None]
    assert sound((math.inf, -math.inf, math.nan, None, 2.0)) == ["Infinity", "-Infinity", "NaN", None, 2.0]


@pytest.mark.parametrize("hostile", ["\ud800", "a\udfffb", '"\\', "\0\x1f\u2028", "😀", "</script>", "\ud83d\ude00"])
def test_any_text_comes_out_as_strict_utf_8(hostile: str) -> None:
    found = document(Value(1.0, hostile) + 1.0, facts(printed=[hostile], variables={hostile: {"value": hostile}}))
    sane = hostile.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert found["nodes"][0]["label"] == sane
    assert found["printed"] == [sane]
    assert found["variables"] == {sane: {"value": sane}}


def test_the_bytes_of_unharmed_text_do_not_depend_on_the_way_taken() -> None:
    thing: JSON = {"a": [1, 2.5, True, None, "é"], "b": {"c": -0.0}}
    assert plain(thing) == thing


def test_data_assigned_later_travels_beside_the_data_used() -> None:
    w = Value(2.0, "w")
    output = w * 3.0
    w.data = 5.0
    recording = record(output, assigned=[(w, 1, 2.0)])
    nodes = strict(encode(view(recording, drawn_nodes=10), facts()))["nodes"]
    assert (nodes[0]["data"], nodes[0]["data_end"]) == (2.0, 5.0)
    assert all("data_end" not in node for node in nodes[1:])


def test_scopes_and_boxes_travel() -> None:
    recording = loop(3, 5)
    whole = strict(encode(view(recording, drawn_nodes=1_000), facts()))
    assert whole["scopes"][:2] == [
        {"id": "i#1", "name": "i", "kind": "turn", "line": 1, "parent": None},
        {"id": "f#1", "name": "f", "kind": "call", "line": 1, "parent": "i#1"},
    ]
    assert {node["scope"] for node in whole["nodes"]} == {None, *(f"{name}#{i}" for name in "if" for i in (1, 2, 3))}
    boxed = strict(encode(view(recording, drawn_nodes=10, expand=["i#2"]), facts()))
    assert boxed["graph"]["truncated"]
    assert [node["id"] for node in boxed["nodes"]] == sorted(node["id"] for node in boxed["nodes"])
    box = next(node for node in boxed["nodes"] if node["label"] == "f")
    assert box == {
        **dict.fromkeys(("op", "symbol", "data", "grad", "adjoint", "span")),
        "id": box["id"],
        "kind": "scope",
        "label": "f",
        "key": "f#2",
        "line": 1,
        "scope": "i#2",
        "nodes": 15,
    }
    assert nx.is_directed_acyclic_graph(nx.node_link_graph(boxed))


def test_passes_name_the_node_they_started_from() -> None:
    x = seed()
    recording = record(x)
    answer = encode(view(recording, drawn_nodes=10), facts(passes=[Pass(4, -6.0, 3), Pass(99, 1.0, 4)]))
    assert strict(answer)["passes"] == [
        {"output": 4, "data": -6.0, "line": 3},
        {"output": None, "data": 1.0, "line": 4},
    ]

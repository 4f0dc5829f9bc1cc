"""Every example gives in the playground what it gives in CPython: prints, variables, data and grads, bit for bit."""

import json
from typing import Any

from engine import document
from engine.examples import EXAMPLES, Example
from tests.each import each
from tests.reference import described, run_reference


@each("example", EXAMPLES)
def test_the_playground_agrees_with_cpython(example: Example) -> None:
    reply = document.run(json.dumps({"verb": "graph", "source": example.source}).encode())
    assert reply[:1] == b"+", reply
    answer, expected = json.loads(reply[1:]), run_reference(example.source)
    assert answer["printed"] == expected.printed.splitlines()
    variables = {name: (one["type"], one["value"]) for name, one in answer["variables"].items()}
    assert shown(variables) == shown({name: described(x) for name, x in expected.variables.items()})
    assert expected.output is not None
    (root,) = (node for node in answer["nodes"] if node["id"] == answer["graph"]["output"])
    assert (root["data"], root["adjoint"]) == (expected.output.data, 1.0)
    assert leaves(answer["nodes"]) <= {
        *(("input", key, expected.data[key], expected.grads[key]) for key in expected.data),
        *(("parameter", *parameter) for parameter in expected.parameters),
    }
    assert not [one for one in answer["diagnostics"] if one["severity"] == "error"]


def leaves(nodes: list[dict[str, Any]]) -> set[tuple[str, str, float, float]]:
    """The drawn inputs and parameters: kind, key or label, the number held at the end, gradient."""
    return {
        (node["kind"], node["key"] or node["label"], held(node), node["grad"])
        for node in nodes
        if node["kind"] in ("input", "parameter")
    }


def held(node: dict[str, Any]) -> float:
    """The number a leaf holds at the end."""
    end = node.get("data_end")
    return float(node["data"] if end is None else end)


def shown(variables: dict[str, tuple[str, object]]) -> dict[str, tuple[str, object]]:
    """Variables by type and value; of functions, classes and instances the type, as their text is ours."""
    silent = ("function", "class", "instance")
    return {name: (kind, None if kind in silent else value) for name, (kind, value) in variables.items()}

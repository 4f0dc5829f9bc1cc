"""The array program that a panel shows: its lines stand for the operations of the graph document, and it is faster."""

import json
from typing import Any

from engine.document import run
from engine.examples import EXAMPLES, Example
from tests.each import each

NET = "X, y = moons(40, 0.1)\nnet = MLP(2, [6, 1])\nloss = mse([net(x) for x in X], y)\nloss.backward()"
DEEP = "x = 2.0\ny = x\nfor i in range(3000):\n    y = y + x * i"


def ask(verb: str, source: str) -> dict[str, Any]:
    reply = run(json.dumps({"verb": verb, "source": source, "expand": ["MLP#1"]}).encode())
    assert reply.startswith(b"+"), reply
    found: dict[str, Any] = json.loads(reply[1:])
    return found


@each("example", EXAMPLES)
def test_every_example_has_one(example: Example) -> None:
    found = ask("arrays", example.source)
    kinds = {one["id"]: one["kind"] for one in ask("graph", example.source)["nodes"]}
    assert found["scalar_s"] > 0
    assert found["array_s"] > 0
    for line in found["lines"]:
        assert line["count"] >= len(line["nodes"]) > 0
        assert {kinds.get(node, "operation") for node in line["nodes"]} == {"operation"}
        assert line["scalars"]


def test_a_net_is_a_few_lines_and_much_faster() -> None:
    found = ask("arrays", NET)
    assert found["way"] == "arrays"
    assert len(found["lines"]) < 10
    assert found["operations"] > 40 * 6 * 4
    assert found["array_s"] * 20 < found["scalar_s"]
    first = found["lines"][0]
    assert first["shape"] == [40, 6]
    assert first["count"] == 240
    assert "@" in first["text"]
    name, _, text = first["scalars"][0].partition(" = ")
    assert name == f"#{first['nodes'][0]}"
    assert text.startswith("layers[0].neurons[0].b + layers[0].neurons[0].w[0] * ")


def test_a_long_sum_is_cut_short() -> None:
    for line in ask("arrays", DEEP)["lines"]:
        assert all(len(text) < 400 for text in line["scalars"])

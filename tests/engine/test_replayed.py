"""A graph replayed by the page, beside what the engine answers when it is asked for the same inputs."""

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest

from engine.document import run
from engine.examples import EXAMPLES
from engine.ops import OPS
from engine.optim import SGD, Adam
from engine.value import Value
from tests.node import node

Document = dict[str, Any]
COLUMNS = {"nodes": ("data", "grad", "adjoint"), "edges": ("local", "flow"), "passes": ("data",)}
SEED = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
ARITHMETIC = [
    SEED,
    "x = 3.0\ny = 0.7\nfor i in range(40):\n    y = relu(y * x - y / 1.7) + x * 0.3 - y / (x + 0.1)\ny",
    "x = -1.5\nz = relu(-relu(x * 0.1) / 3) + relu(x - x)\nL = z * z + x",
]
ACCUMULATED = [
    "a = 2.0\ny = 3 * a**2\ny.backward()\ny.backward()",
    "a = 2.0\nb = 3.0\ny = (a * b).tanh() + a\nfor i in range(5):\n    y.backward()",
    "a = 2.0\ny = a * a\ny.backward()\ny.backward()\ny.zero_grad()\ny.backward()",
    "a = 2.0\ny = a * a * 0.3\ny.backward()\ny.zero_grad()",
    "a = 2.0\na.backward()\na.backward()",
]


def answered(source: str, inputs: dict[str, float] | None = None, accumulation: str = "pytorch") -> Document:
    asked = {"verb": "graph", "source": source, "inputs": inputs or {}, "accumulation": accumulation}
    answer = run(orjson.dumps(asked))
    assert answer.startswith(b"+"), answer
    document: Document = json.loads(answer[1:])
    return document


def inputs(document: Document) -> dict[str, float]:
    return {one["key"]: float(one["data"]) for one in document["nodes"] if one["key"] is not None}


def constants(document: Document) -> list[object]:
    return [one["data"] for one in document["nodes"] if one["kind"] == "constant"]


def elsewhere(document: Document) -> dict[str, float]:
    return {key: x * 1.0625 + 0.03125 for key, x in inputs(document).items()}


def replayed(pairs: list[tuple[Document, dict[str, float]]]) -> list[Document | None]:
    told = [[document, {key: x if math.isfinite(x) else None for key, x in moved.items()}] for document, moved in pairs]
    answers = node("replays.mjs", told)
    assert isinstance(answers, list)
    return answers


def numbers(document: Document) -> Iterator[tuple[str, float | None]]:
    for table, columns in COLUMNS.items():
        for place, row in enumerate(document[table]):
            for column in columns if row.get("output", 0) is not None else ():  # a pass from a root that is not drawn
                yield f"{table}[{place}].{column}", None if row[column] is None else float(row[column])


def same(ours: Document, theirs: Document, tolerance: float) -> None:
    """Every number, and everything beside the numbers that the inputs cannot change."""
    assert [row["id"] for row in ours["nodes"]] == [row["id"] for row in theirs["nodes"]]
    for (place, x), (_, y) in zip(numbers(ours), numbers(theirs), strict=True):
        if x is None or y is None or math.isnan(y):
            assert (x is None) == (y is None), place
            assert x is None or math.isnan(x), (place, x, y)
        else:
            assert math.isclose(x, y, rel_tol=tolerance, abs_tol=tolerance), (place, x, y)


def recomputable(document: Document) -> bool:
    graph = document["graph"]
    assigned = any("data_end" in one for one in document["nodes"])
    return graph["output"] is not None and not graph["truncated"] and graph.get("replayable", True) and not assigned


def test_a_replayed_example_is_what_the_engine_answers() -> None:
    documents = [answered(one.source) for one in EXAMPLES]
    answers = replayed([(one, elsewhere(one)) for one in documents])
    compared = 0
    for example, document, answer in zip(EXAMPLES, documents, answers, strict=True):
        assert answer is None or recomputable(document), example.name
        theirs = answered(example.source, elsewhere(document))
        if answer is not None and ("replayable" in document["graph"] or constants(document) == constants(theirs)):
            same(answer, theirs, 1e-12)
            compared += 1
    assert compared > len(EXAMPLES) / 3


@pytest.mark.parametrize("accumulation", ["pytorch", "micrograd"])
def test_arithmetic_is_the_same_to_the_last_bit_by_either_rule(accumulation: str) -> None:
    documents = [answered(source, accumulation=accumulation) for source in ARITHMETIC]
    for source, document, answer in zip(
        ARITHMETIC, documents, replayed([(one, elsewhere(one)) for one in documents]), strict=True
    ):
        assert answer is not None
        same(answer, answered(source, elsewhere(document), accumulation), 0.0)


@pytest.mark.parametrize("accumulation", ["pytorch", "micrograd"])
def test_passes_that_added_up_add_up_again(accumulation: str) -> None:
    documents = [answered(source, accumulation=accumulation) for source in ACCUMULATED]
    for source, document, answer in zip(
        ACCUMULATED, documents, replayed([(one, elsewhere(one)) for one in documents]), strict=True
    ):
        assert answer is not None, source
        same(answer, answered(source, elsewhere(document), accumulation), 1e-12)


def test_grads_that_came_about_otherwise_are_not_replayed() -> None:
    sources = [
        "a = 2.0\ny = a * a\nz = y * a\ny.backward()\nz.backward()",  # a pass from elsewhere is still in them
        "a = 2.0\ny = a * a\ny.backward()\na.grad = 7.0",
        "a = 2.0\ny = a * a\ny.backward()\na.data = 3.0",
    ]
    assert replayed([(answered(source), {"a": 3.0}) for source in sources]) == [None] * len(sources)


def test_every_operation_is_replayed_onto_its_samples_and_kinks() -> None:
    told, wanted = [], []
    for op in OPS.values():
        names = op.params
        source = "\n".join([*(f"{name} = {x}" for name, x in zip(names, op.samples[0], strict=True)), ""])
        source += f"L = {op.formula if op.spellings else op.name + '(' + ', '.join(names) + ')'}"
        document = answered(source)
        for point in [*op.samples, *(op.kink.points if op.kink else ())]:
            moved = dict(zip(names, point, strict=True))
            told.append((document, moved))
            wanted.append(answered(source, moved))
    for answer, expected in zip(replayed(told), wanted, strict=True):
        assert answer is not None
        same(answer, expected, 1e-12)


def test_where_nothing_moves_the_document_stays_as_it_is() -> None:
    document = answered(SEED)
    assert (
        replayed([(document, {}), (document, inputs(document)), (document, {"__proto__": 3.0, "no": 1.0})])
        == [document] * 3
    )


@pytest.mark.parametrize(
    ("optimizer", "rate", "make"),
    [
        ("sgd", 0.01, lambda parameters: SGD(parameters, 0.01)),
        ("momentum", 0.002, lambda parameters: SGD(parameters, 0.002, momentum=0.9)),
        ("adam", 0.1, lambda parameters: Adam(parameters, 0.1)),
    ],
)
def test_a_descent_goes_where_the_engines_optimizer_goes(
    optimizer: str, rate: float, make: Callable[[list[Value]], SGD | Adam]
) -> None:
    def valley(x: Value, y: Value) -> Value:
        return (1 - x) * (1 - x) + 5 * (y - x * x) * (y - x * x)

    x, y = Value(-1.0), Value(0.5)
    moving = make([x, y])
    path = []
    for _ in range(31):
        loss = valley(x, y)
        moving.zero_grad()
        loss.backward()
        path.append([x.data, y.data, loss.data, x.grad, y.grad])
        moving.step()
    document = answered("x = 3.0\ny = 2.0\nL = (1 - x) * (1 - x) + 5 * (y - x * x) * (y - x * x)")
    descent = {"optimizer": optimizer, "rate": rate, "steps": 30, "moved": {"x": -1.0, "y": 0.5}}
    ours = node("descent.mjs", [document, descent])
    assert isinstance(ours, list)
    rows = [[*place["at"].values(), place["value"], *place["slopes"].values()] for place in ours]
    assert rows == [pytest.approx(row, rel=1e-12, abs=1e-12) for row in path]

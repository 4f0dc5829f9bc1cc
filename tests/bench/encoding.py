"""Writing the graph document: straight from the recording, beside a FastAPI response model of the same document."""

import asyncio
import json
from collections.abc import Callable, Iterable, MutableMapping
from random import Random
from typing import Any

from fastapi import FastAPI

from app.documents import Edge, GraphDocument, GraphFacts, Lines, Node
from engine.export.nodelink import SCHEMA, Facts, encode
from engine.export.view import View, view
from engine.leaf import Parameter
from engine.origin import Site
from engine.recording import record
from engine.value import Value
from tests.bench.timing import USUAL, Row, paired, race, repeated, row

NODES = 1_000
TURNS = 21
MANY = 5  # times that are measured together: after a collection the first finds nothing near the processor
BAR = 10.0
FACTS = Facts(variables={}, passes=(), lines={"executed": [], "counts": {}}, printed=(), diagnostics=[], keys={})
REQUEST = {
    "type": "http",
    "method": "GET",
    "path": "/",
    "raw_path": b"/",
    "root_path": "",
    "query_string": b"",
    "headers": [],
    "http_version": "1.1",
    "scheme": "http",
}


def rows(nodes: int = NODES, turns: int = TURNS) -> Iterable[Row]:
    """The row of the table."""
    drawn = graph(nodes)
    with asyncio.Runner() as runner:
        ask = asked(drawn, runner)
        theirs = json.loads(ask())
        for node in theirs["nodes"]:
            del node["data_end"], node["initial"]  # null throughout, where we say nothing
        if json.loads(encode(drawn, FACTS)) != theirs:
            raise AssertionError("both sides must send the same document")
        sides = {"ours": lambda: encode(drawn, FACTS), "peer": ask}
        times = race({name: repeated(side, MANY) for name, side in sides.items()}, turns, USUAL)
    yield row(
        f"encoding a graph of {len(drawn.numbers):,} nodes and {len(drawn.edges.source):,} edges ({USUAL})",
        min(times["ours"]) / MANY,
        ("FastAPI response model", min(times["peer"]) / MANY),
        BAR,
        ratio=paired(times["ours"], times["peer"]),
    )


def graph(nodes: int) -> View:
    """A graph as neurons make it: parameters, products, sums, with places."""
    random = Random(0)
    count = 0

    def placed(value: Value) -> Value:
        nonlocal count
        value.origin = (Site((7 * count, 7 * count + 5), 1 + count % 40), None, count)
        count += 1
        return value

    sums = [placed(Value(random.gauss(0, 1))) for _ in range(10)]
    while count < nodes - 2:
        weight = placed(Parameter(random.gauss(0, 1), f"layers[0].neurons[{count % 7}].w[{count % 16}]"))
        product = placed(weight * random.choice(sums[-10:]))
        sums.append(placed(sums[-1] + product))
    sums[-1].backward()
    return view(record(sums[-1]), drawn_nodes=2 * nodes)


def modelled(drawn: View) -> GraphDocument:
    """The same document as the models that the service declares, an object a node and an edge."""
    nodes, edges = drawn.nodes, drawn.edges
    return GraphDocument(
        directed=True,
        multigraph=True,
        graph=GraphFacts.model_validate(
            {
                "schema": SCHEMA,
                "output": drawn.output,
                "structure": drawn.recording.structure,
                "order": list(drawn.order),
                "steps": drawn.steps,
                "truncated": drawn.truncated,
                "replayable": True,
                "reruns_because": None,
            }
        ),
        nodes=[
            Node(
                id=number,
                kind=kind,
                op=None if op is None else op.name,
                symbol=None if op is None else op.symbol,
                label=label,
                key=None,
                data=data,
                grad=grad,
                adjoint=adjoint,
                span=None if site is None else site.span,
                line=None if site is None else site.line,
                scope=None,
            )
            for number, kind, op, label, data, grad, adjoint, site in zip(
                drawn.numbers,
                nodes.kind,
                nodes.op,
                nodes.label,
                nodes.data,
                nodes.grad,
                nodes.adjoint,
                nodes.site,
                strict=True,
            )
        ],
        edges=[
            Edge(source=source, target=target, key=key, local=local, flow=flow)
            for source, target, key, local, flow in zip(
                edges.source, edges.target, edges.key, edges.local, edges.flow, strict=True
            )
        ],
        scopes=[],
        variables={},
        passes=[],
        lines=Lines(executed=[], counts={}),
        printed=[],
        diagnostics=[],
    )


def asked(drawn: View, runner: asyncio.Runner) -> Callable[[], bytes]:
    """What a FastAPI route with that response model sends, without a network."""
    app = FastAPI()

    @app.get("/")
    async def answer() -> GraphDocument:
        return modelled(drawn)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    def ask() -> bytes:
        sent: list[MutableMapping[str, Any]] = []

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        runner.run(app(dict(REQUEST), receive, send))
        return b"".join(message.get("body", b"") for message in sent)

    return ask

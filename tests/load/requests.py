"""What is asked under load: small programs, middling ones, and such as never end; none of them twice."""

import json
from collections.abc import Iterator
from itertools import count

from tests.bench.clients import get, post

GRAPH = "/api/v1/graph"
HEALTH = get("/healthz")
SEED = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
MIDDLING = "a = {number}.5\nb = a\nfor i in range(400):\n    b = b * 1.0001 + a\nb.backward()"  # some 20 ms
NUMBERS = count()


def program(source: str, **asked: object) -> bytes:
    """A request for the graph of a program."""
    return post(GRAPH, json.dumps({"source": source, **asked}).encode())


def small() -> Iterator[bytes]:
    """The seed expression, with another input each time: no kept answer helps."""
    return (program(SEED, inputs={"a": next(NUMBERS) / 1024}) for _ in count())


def middling() -> Iterator[bytes]:
    """Programs of many milliseconds."""
    return (program(MIDDLING.format(number=next(NUMBERS))) for _ in count())


def endless() -> Iterator[bytes]:
    """Programs that end when they are ended."""
    return (program(f"while True:\n    pass  # {next(NUMBERS)}") for _ in count())

"""What a link remembers of an answer: enough to know whether an engine answers the same.

That is what a reader sees: the nodes and edges with their numbers, and what was printed; of a wrong program, what is
wrong and in which line. How an answer is written down may change without a word. Numbers count to twelve digits,
because the last ones are the machine's.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson

from app.schemas import Diagnostic

NODE = ("id", "kind", "op", "label", "data", "grad")
EDGE = ("source", "target", "key", "local")


def of_document(document: Any) -> str:  # noqa: ANN401  # JSON
    """The digest of a graph document."""
    parts = [[[_number(one[name]) for name in NODE] for one in document["nodes"]]]
    parts.append([[_number(one[name]) for name in EDGE] for one in document["edges"]])
    return _digest([*parts, document["printed"]])


def of_problems(problems: Iterable[Diagnostic]) -> str:
    """The digest of what is wrong with a program."""
    return _digest([[one.code, one.line] for one in problems])


def _number(value: object) -> object:
    return f"{value:.12g}" if isinstance(value, float) else value


def _digest(facts: object) -> str:
    return hashlib.sha256(orjson.dumps(facts)).hexdigest()

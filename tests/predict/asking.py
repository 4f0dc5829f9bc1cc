"""Asking the engine about a task, as the service does."""

import json
from typing import Any

import msgspec

from engine.document import run

SOURCE = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nd = a*b + a\nL = (d + c) * f"


def asked(verb: str, source: str = SOURCE, **facts: object) -> tuple[bool, Any]:
    """Whether the reply is a good one, and the reply; strict JSON."""
    reply = run(msgspec.json.encode({"verb": verb, "source": source, **facts}))

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return reply[:1] == b"+", json.loads(reply[1:], parse_constant=refuse)


def answered(verb: str, source: str = SOURCE, **facts: object) -> Any:  # noqa: ANN401  # JSON
    """A good reply."""
    good, answer = asked(verb, source, **facts)
    assert good, answer
    return answer


def graph(source: str = SOURCE, inputs: dict[str, float] | None = None) -> Any:  # noqa: ANN401  # JSON
    """The graph document, gradients and all."""
    return answered("graph", source, inputs=inputs or {})

"""What there is to tell of one request: it travels in the request's scope, and whoever learns something adds it.

A request has a name. It is the sender's where that is one (`X-Request-ID`, else the trace of `traceparent`), so that
what several servers write of the same request can be found together; else it is made here.
"""

import re
import secrets
from dataclasses import dataclass, field
from typing import cast

from opentelemetry.trace import format_trace_id, get_current_span
from starlette.types import Scope

ENTRY = "entry"  # in a scope
REQUEST_ID = b"x-request-id"
TRACE_PARENT = b"traceparent"
NAME = re.compile(rb"[A-Za-z0-9._-]{1,64}")
TRACE = re.compile(rb"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
NAME_BYTES = 16


@dataclass(slots=True)
class Entry:
    """What is told of a request; `scope` is the one that was routed, which may be a copy of the one that came."""

    id: str
    scope: Scope
    kind: str = ""  # of the problem that was the answer, or part of it
    budgets: set[str] = field(default_factory=set)  # that its programs exceeded

    @property
    def route(self) -> str:
        """The template of its address; empty where no route has it."""
        route = self.scope.get("route")
        return "" if route is None else cast(str, route.path)


def entered(scope: Scope, *, traced: bool) -> Entry:
    """Begin to tell of a request; one that is traced is called after its trace."""
    scope[ENTRY] = entry = Entry(_given(scope) or (_trace() if traced else "") or secrets.token_hex(NAME_BYTES), scope)
    return entry


def entry_of(scope: Scope) -> Entry | None:
    """What is told of a request; None where nobody will."""
    return scope.get(ENTRY)


def _given(scope: Scope) -> str:
    """The name that a request came with; empty where it has none."""
    traced = b""
    for name, value in scope["headers"]:
        if name == REQUEST_ID and NAME.fullmatch(value):
            return cast(str, value.decode())
        if name == TRACE_PARENT and (found := TRACE.fullmatch(value)):
            traced = found[1]
    return traced.decode()


def _trace() -> str:
    """The trace that was begun for a request; empty where none was."""
    span = get_current_span().get_span_context()
    return format_trace_id(span.trace_id) if span.is_valid else ""

"""A stream's events on their way to a client: server-sent events, or a line of JSON each."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import orjson
from fastapi import Request
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.types import Receive, Scope, Send

from app.evaluate import exceeded, unwrap
from app.http.errors import LOST, PROGRAM, Problem
from app.http.headers import HEAD
from app.pool.job import MemoryUp, RunError, TimeUp
from app.pool.stream import FRAME, Event, Stopped, Stream
from app.schemas import Diagnostic
from app.services import services
from engine.language.limits import BUDGETS, Limits

EVENTS, LINES = "text/event-stream", "application/x-ndjson"
HEADERS = {"Cache-Control": "no-store", "Vary": "Accept", "X-Accel-Buffering": "no"}
ALLOWED = {str(one["name"]): one["stream"] for one in Limits().describe()}
QUIET = orjson.dumps({"id": None, "event": "heartbeat", "data": None}) + b"\n"


class Streamed(StreamingResponse):
    """The events of a stream after some number, in the form the client accepts."""

    def __init__(self, request: Request, stream: Stream, after: int) -> None:
        lines = LINES in request.headers.get("accept", "")
        self._events = _written(request, stream, after, lines=lines)
        super().__init__(self._events, headers=HEADERS, media_type=LINES if lines else EVENTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them until the last one is sent or the client has left; who wants no body does not listen."""
        async with aclosing(self._events):
            if HEAD in scope:
                self.body_iterator = _nothing()
            await super().__call__(scope, receive, send)


async def _nothing() -> AsyncGenerator[bytes]:
    """No events."""
    none: tuple[bytes, ...] = ()
    for event in none:
        yield event


async def _written(request: Request, stream: Stream, after: int, *, lines: bool) -> AsyncGenerator[bytes]:
    async with aclosing(stream.read(after)) as events:
        async for event in events:
            if event is None:
                yield QUIET if lines else KEEPALIVE_COMMENT
                continue
            kind, data = _told(request, stream, event)
            if lines:
                yield b'{"id":%d,"event":"%s","data":%s}\n' % (event.number, kind.encode(), data)
            else:
                yield format_sse_event(id=str(event.number), event=kind, data_str=data.decode())


def _told(request: Request, stream: Stream, event: Event) -> tuple[str, bytes]:
    """What kind of event it is, and its JSON."""
    if event.last:
        try:
            return "done", ending(request, event.result)
        except Problem as problem:
            return "problem", problem.document(request.scope).encode()
    assert isinstance(event.result, bytes)  # noqa: S101  # only the last event may be an error
    if event.result.startswith(FRAME):
        return "frame", event.result[1:]
    return "started", orjson.dumps({"job": stream.token, "budgets": ALLOWED})


def ending(request: Request, result: bytes | RunError) -> bytes:
    """The document that a stream ended with; a Problem where there is none."""
    match result:
        case bytes():
            return unwrap(result)
        case MemoryUp():
            raise exceeded("worker_bytes")
        case TimeUp():
            detail = f"A stream lasts at most {services(request).settings.stream_seconds:g} seconds, pauses included."
            finding = Diagnostic.placeless("limit", detail, limit=BUDGETS["kill_seconds"].name)
            raise Problem(PROGRAM, detail, diagnostics=[finding])
        case Stopped():
            raise Problem(LOST, "The server is shutting down. Start the training again when it is back.")
        case _:
            raise Problem(LOST, LOST.meaning)

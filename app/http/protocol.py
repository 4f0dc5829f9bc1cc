"""HTTP from a socket, within bounds: nobody is waited for who never ends the head of a request, or takes no answer.

Where there are too many connections, those make room who have most of them and ask for nothing with them just now.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.http.crowd import giving_way
from engine.language.limits import KIB

HEAD_BYTES = 64 * KIB  # of a request line and headers: an address with the longest program, escaped, has room
HEAD_SECONDS = 5.0
HEADERS = 100  # of a request
PIPELINED = 100  # requests of a connection that wait for the one before them
CONNECTIONS = 4_000  # of all clients
TAKING_SECONDS = 20.0  # that a client who takes an answer slowly may take for the next TAKEN_BYTES
TAKEN_BYTES = 8 * KIB
LAST_SECONDS = 0.8  # that an idle connection is still open once the server is to end
CLOSING = "closing"  # in the application's state: what to call when the server begins to shut down


class Gathering:
    """A transport that sends in one piece what is written in one breath: no head of an answer travels alone."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self.is_closing = transport.is_closing  # asked about at every answer
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever else a transport has
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send the bytes as soon as everybody who is writing now has done so."""
        if not self._pieces:
            self._loop.call_soon(self._send)
        self._pieces.append(data)

    def close(self) -> None:
        """Close the connection once everything is sent, or nobody has taken it for long."""
        self._send()
        self._transport.close()
        if self._transport.get_write_buffer_size():
            self._loop.call_later(TAKING_SECONDS, self._transport.abort)

    def _send(self) -> None:
        pieces, self._pieces = self._pieces, []
        if pieces and not self.is_closing():
            self._transport.writelines(pieces)


class Protocol(HttpToolsProtocol):
    """uvicorn's own protocol, but the head of a request has a size and a time, and an answer is sent in one piece."""

    _reading = True  # a head
    _size = 0  # bytes of that head so far
    _alarm: asyncio.TimerHandle | None = None  # set while one takes more than a moment
    _full: asyncio.TimerHandle | None = None  # set while more is to be sent than the client takes
    _untaken = 0  # bytes, when that was looked at

    @property
    def peer(self) -> str:
        """The address at the other end."""
        return self.client[0] if self.client else ""

    @property
    def waiting(self) -> bool:
        """Whether it is open, and nothing was asked that is still to be answered."""
        return not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Expect the first request."""
        super().connection_made(cast(asyncio.Transport, Gathering(transport, self.loop)))
        self._expect()
        if len(self.connections) > CONNECTIONS:
            for one in giving_way(cast("set[Protocol]", self.connections - {self})) or [self]:
                one.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        self._arrived()
        self._taken()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for the client to take what there is, as long as it does."""
        super().pause_writing()
        self._taken()
        self._untaken = self.transport.get_write_buffer_size()
        self._full = self.loop.call_later(TAKING_SECONDS, self._look)

    def resume_writing(self) -> None:
        """Send more."""
        super().resume_writing()
        self._taken()

    def on_message_begin(self) -> None:
        """Expect the rest of the head."""
        super().on_message_begin()
        self._reading = True

    def on_header(self, name: bytes, value: bytes) -> None:
        """One more header; what calls itself one behind a body may be anybody's, and was never looked at."""
        if self._reading:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is there: what follows is not ours to bound."""
        self._arrived()
        if len(self.headers) > HEADERS or len(self.pipeline) >= PIPELINED:
            raise ValueError("there are too many headers, or requests")
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on, unless what has come so far is too long for a head that is still not at its end."""
        super().data_received(data)
        if self._reading:
            self._expect()
            self._size += len(data)
            if self._size > HEAD_BYTES and not self.transport.is_closing():
                self.send_400_response("Invalid HTTP request received.")

    def shutdown(self) -> None:
        """Finish what was begun; a client that has just asked for more, and does not know yet, is heard once more."""
        if self.waiting:
            self.loop.call_later(LAST_SECONDS, super().shutdown)
        else:
            super().shutdown()

    def _look(self) -> None:
        """See whether the client has taken enough to be waited for."""
        left = self.transport.get_write_buffer_size()
        if self._untaken - left < TAKEN_BYTES:
            self.transport.abort()
        else:
            self.pause_writing()

    def _taken(self) -> None:
        if self._full is not None:
            self._full.cancel()
            self._full = None

    def _expect(self) -> None:
        if self._alarm is None:
            self._alarm = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _arrived(self) -> None:
        self._reading = False
        self._size = 0
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

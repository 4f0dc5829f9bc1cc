"""HTTP from a socket, within bounds: a client that never ends the head of its request is not waited for."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from engine.language.limits import KIB

HEAD_BYTES = 64 * KIB  # of a request line and headers: an address with the longest program, escaped, has room
HEAD_SECONDS = 5.0
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
        """Close the connection once everything is sent."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        pieces, self._pieces = self._pieces, []
        if pieces and not self.is_closing():
            self._transport.writelines(pieces)


class Protocol(HttpToolsProtocol):
    """uvicorn's own protocol, but the head of a request has a size and a time, and an answer is sent in one piece."""

    _reading = True  # a head
    _size = 0  # bytes of that head so far
    _alarm: asyncio.TimerHandle | None = None  # set while one takes more than a moment

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Expect the first request."""
        super().connection_made(cast(asyncio.Transport, Gathering(transport, self.loop)))
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        self._arrived()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Expect the rest of the head."""
        super().on_message_begin()
        self._reading = True

    def on_headers_complete(self) -> None:
        """The head is there: what follows is not ours to bound."""
        self._arrived()
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
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(LAST_SECONDS, super().shutdown)
        else:
            super().shutdown()

    def _expect(self) -> None:
        if self._alarm is None:
            self._alarm = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _arrived(self) -> None:
        self._reading = False
        self._size = 0
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

"""HTTP from a socket, within bounds: a client that never ends the head of its request is not waited for."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from engine.language.limits import KIB

HEAD_BYTES = 64 * KIB  # of a request line and headers: an address with the longest program, escaped, has room
HEAD_SECONDS = 5.0


class Protocol(HttpToolsProtocol):
    """uvicorn's own protocol, but a head of a request has a size and a time."""

    _alarm: asyncio.TimerHandle | None = None  # set while a head is being read
    _size = 0  # bytes of that head so far

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Expect the first request."""
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        self._arrived()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Expect the rest of the head."""
        super().on_message_begin()
        self._expect()

    def on_headers_complete(self) -> None:
        """The head is there: what follows is not ours to bound."""
        self._arrived()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on, unless what has come so far is too long for a head that is still not at its end."""
        super().data_received(data)
        if self._alarm is not None:
            self._size += len(data)
            if self._size > HEAD_BYTES and not self.transport.is_closing():
                self.send_400_response("Invalid HTTP request received.")

    def _expect(self) -> None:
        if self._alarm is None:
            self._alarm = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _arrived(self) -> None:
        self._size = 0
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

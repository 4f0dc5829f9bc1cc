"""The streams there are: so many run at a time, and those that have ended are kept for a while."""

import asyncio
from collections import Counter

from app.clients.identity import NOBODY, Client
from app.pool.crew import START_FAILURES
from app.pool.job import Busy, Lost, RunError
from app.pool.nursery import Nursery
from app.pool.stream import LEFT_SECONDS, Stopped, Stream
from app.pool.worker_main import STREAM

KEPT_STREAMS = 16  # that have ended
ENDING_SECONDS = 1.5  # that the training a client has left may take to end, until its next one is refused
LOOK_SECONDS = 0.05
AWAY_SECONDS = 1.0  # after which the place of a client that left may be given to another


class Another(RunError):
    """The client has a training that goes on."""


class Streams:
    """All streams of a server, by token."""

    def __init__(self, nursery: Nursery, most: int, seconds: float) -> None:
        self._nursery = nursery
        self._most = most
        self._seconds = seconds
        self._streams: dict[str, Stream] = {}
        self._starting: Counter[Client] = Counter()
        self._closed = False
        self.started = 0  # since the server began

    @property
    def running(self) -> list[Stream]:
        """Those that have not ended."""
        return [stream for stream in self._streams.values() if not stream.ended.done()]

    async def start(self, request: bytes, client: Client = NOBODY) -> Stream:
        """Run a program in a process of its own; Busy if there is no place for it, Another if its client has one."""
        await self._let_go(client)
        self._tidy()
        if self._closed or not self._place():
            raise Busy
        self._starting[client] += 1
        self.started += 1
        try:
            process, channel = await self._nursery.fork(STREAM)
            stream = Stream(process, request, self._seconds, self._tidy, client)
            self._streams[stream.token] = stream
            await asyncio.get_running_loop().create_unix_connection(lambda: stream, sock=channel)
        except START_FAILURES:
            raise Busy from None
        finally:
            self._starting[client] -= 1
        return stream

    def find(self, token: str) -> Stream | None:
        """The stream of that name, if there is one."""
        return self._streams.get(token)

    def close(self) -> None:
        """End all of them; each has a last event."""
        self._closed = True
        for stream in self.running:
            stream.stop(Stopped())

    async def gone(self) -> None:
        """Wait until their processes are, once they have been ended."""
        await self._nursery.close()

    async def _let_go(self, client: Client) -> None:
        """Wait until a client has room for one more; what it has left makes room, but one hears later of who leaves."""
        waited = 0.0
        while len(own := self._of(client)) + self._starting[client] >= client.times(1):
            left = [stream for stream in own if stream.deserted or _away(stream, AWAY_SECONDS)]
            if left:
                self._drop(left[0])
            elif waited >= ENDING_SECONDS:
                raise Another
            else:
                await asyncio.sleep(LOOK_SECONDS)
                waited += LOOK_SECONDS

    def _of(self, client: Client) -> list[Stream]:
        return [stream for stream in self.running if stream.client == client]

    def _place(self) -> bool:
        """Whether there is a place, if need be that of whoever has been away for longest."""
        running = self.running
        if len(running) + self._starting.total() < self._most:
            return True
        away = [(_absent(stream), stream) for stream in running if _away(stream, AWAY_SECONDS)]
        if away:
            self._drop(max(away, key=lambda one: one[0])[1])
        return bool(away)

    def _tidy(self) -> None:
        """Forget those whose client does not come back, and of those that have ended all but the last few."""
        ended = [stream for stream in self._streams.values() if stream.ended.done() and stream.left is not None]
        late = [stream for stream in self._streams.values() if _away(stream, LEFT_SECONDS)]
        for stream in {*ended[:-KEPT_STREAMS], *late}:
            self._drop(stream)

    def _drop(self, stream: Stream) -> None:
        stream.stop(Lost())
        del self._streams[stream.token]


def _away(stream: Stream, seconds: float) -> bool:
    """Whether a stream has had no reader for so long, or one that takes nothing for as long as one may be away."""
    return _absent(stream) >= (seconds if stream.stuck is None else LEFT_SECONDS)


def _absent(stream: Stream) -> float:
    """For how many seconds nobody has taken anything of what there is; less than 0 where somebody waits for more."""
    since = stream.left if stream.stuck is None else stream.stuck
    return -1.0 if since is None else asyncio.get_running_loop().time() - since

"""The server: uvicorn's, which ends so that nobody notices who has another one to go to.

Told to end, it says so where readiness is asked for, has the trainings send their last event, finishes what it has
begun, and lets open connections ask once more, which they are told is the last time. A listening socket that it was
given by its descriptor goes on without it: whoever else has it takes the next connection.
"""

import asyncio
import errno
import logging
import os
import resource
import signal
import socket

import uvicorn

from app.http.protocol import CLOSING, CONNECTIONS, Protocol
from app.settings import Settings
from app.telemetry.logs import FACTS, begin

FACTORY = "app.main:create_app"
LAST_SECONDS = 4  # that what was begun may take; with what a pool takes to close, 5
BACKLOG = 2_048
FILES = 2 * CONNECTIONS  # that may be open, where the system lets them

log = logging.getLogger(__name__)


class Server(uvicorn.Server):
    """A server that is told to end by SIGTERM or SIGINT."""

    def __init__(self, config: uvicorn.Config, drain_seconds: float = 0.0) -> None:
        super().__init__(config)
        self._drain_seconds = drain_seconds

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, and say where."""
        await super().startup(sockets)
        for listening in sockets or []:
            log.info("listening on %s", address(listening), extra={FACTS: {"process": os.getpid()}})

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say that it ends, take connections for as long as was asked for, and end."""
        log.info("ending")
        self.lifespan.state.get(CLOSING, _nothing)()
        await asyncio.sleep(self._drain_seconds)
        await super().shutdown(sockets)


def configured(app: object) -> uvicorn.Config:
    """How an application is served, here as in the tests."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # or the name of its factory
        factory=isinstance(app, str),
        http=Protocol,
        ws="none",
        log_config=None,
        access_log=False,
        date_header=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_SECONDS,
    )


def serve(listening: socket.socket) -> int:
    """Serve until told to end; the exit code."""
    settings = Settings()
    begin(settings.log)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES if most == resource.RLIM_INFINITY else min(FILES, most), most))
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, signal.SIG_IGN)  # uvicorn restores this, and raises again what it was told
    Server(configured(FACTORY), settings.drain_seconds).run([listening])
    log.info("ended")
    return 0


def opened(host: str, port: int) -> socket.socket:
    """A socket that listens; OSError where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def inherited(descriptor: int) -> socket.socket:
    """The socket that whoever started this process listens on; OSError where it is none."""
    listening = socket.socket(fileno=descriptor)
    if not listening.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return listening


def address(listening: socket.socket) -> str:
    """Where a socket can be reached."""
    name = listening.getsockname()
    if listening.family == socket.AF_UNIX:
        return f"unix:{name}"
    host, port, *_ = name
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _nothing() -> None:
    """Nobody needs to know."""

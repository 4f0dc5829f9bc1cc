"""A process of ours as the event loop sees it: started in a thread, killed at once, reaped when it is gone."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from app import worker_main
from app.worker_main import Box

ENTRY = Path(worker_main.__file__)
ROOT = ENTRY.parent.parent


class Process:
    """A running process. `gone` is done once it has ended and been reaped."""

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        self.pid = popen.pid
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._popen = popen
        self._pidfd = os.pidfd_open(popen.pid)
        self.gone.get_loop().add_reader(self._pidfd, self._reap)

    def kill(self) -> None:
        """Stop the process and whatever it started; one that has ended already is left alone."""
        if not self.gone.done():
            os.killpg(self.pid, signal.SIGKILL)

    def _reap(self) -> None:
        self.gone.get_loop().remove_reader(self._pidfd)
        os.close(self._pidfd)
        self._popen.wait()
        self.gone.set_result(None)


async def start(box: Box) -> tuple[Process, socket.socket]:
    """Start a worker in the box; also our end of its socket. OSError where the system has no process left."""
    ours, theirs = socket.socketpair()
    with theirs:
        try:
            popen = await asyncio.to_thread(_open, replace(box, socket=theirs.fileno()))
        except OSError:
            ours.close()
            raise
    return Process(popen), ours


def _open(box: Box) -> subprocess.Popen[bytes]:
    """A group of its own can be killed as a whole. A session of its own would be scheduled as a group, beside which
    the server's has no precedence: `nice` counts within a session only (autogroup)."""  # noqa: D205, D209
    return subprocess.Popen(  # noqa: S603  # our own interpreter, our own file
        [sys.executable, "-I", str(ENTRY), box.text()],
        cwd="/",
        env={},
        pass_fds=[box.socket],
        process_group=0,
        stdin=subprocess.DEVNULL,
    )

"""Processes of ours as the event loop sees them: one that has imported the target, and those it forks."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from math import nan
from pathlib import Path

from app.pool import worker_main
from app.pool.worker_main import FORK, PID, Box

ROOT = Path(worker_main.__file__).parents[2]
LAST = 19  # the `nice` of what steps back: with SCHED_IDLE the server itself would have to wait for a tick of the clock
PROCESSOR = 2  # of the clocks that the kernel has for a process (linux/posix-timers.h)
START = "import sys; sys.path.insert(0, sys.argv[1]); from app.pool.worker_main import main; main()"


class Process:
    """A running process. `gone` is done once it has ended."""

    def __init__(self, pid: int, pidfd: int) -> None:
        self.pid = pid
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._pidfd = pidfd
        self.gone.get_loop().add_reader(pidfd, self._ended)

    def kill(self) -> None:
        """Stop the process; one that has ended already is left alone."""
        if not self.gone.done():
            with suppress(ProcessLookupError):  # it has ended, and we are about to hear of it
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def worked(self) -> float:
        """Seconds that it has had a processor; nan where it is no more."""
        try:
            return time.clock_gettime(~self.pid << 3 | PROCESSOR)
        except OSError:
            return nan

    def step_back(self) -> bool:
        """Have all others go first; False where that cannot be. There is no way back without privileges.

        It is named by its number, which the kernel gives to another only after all others: at worst, one of ours waits.
        """
        if self.gone.done():
            return False
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, LAST)
        except OSError:
            return False
        return True

    def _ended(self) -> None:
        self.gone.get_loop().remove_reader(self._pidfd)
        os.close(self._pidfd)
        self.gone.set_result(None)


class Template:
    """The process that workers are forked from, in a few milliseconds: started when the first one is asked for."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._one_at_a_time = asyncio.Lock()
        self._control: socket.socket | None = None
        self._popen: subprocess.Popen[bytes] | None = None

    async def fork(self, kind: bytes = FORK) -> tuple[Process, socket.socket]:
        """A new worker, and our end of its socket. OSError if there is none; the next call begins anew."""
        async with self._one_at_a_time:
            ours, theirs = socket.socketpair()
            try:
                with theirs:
                    control = self._control or await self._open()
                    socket.send_fds(control, [kind], [theirs.fileno()])
                return await _forked(control), ours
            except BaseException:  # also where nobody wants to wait any longer: it may never answer
                ours.close()
                self.close()
                raise

    def close(self) -> None:
        """End the process. Those it has forked live on."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._popen is not None:
            self._popen.kill()
            self._popen.wait()
            self._popen = None

    async def _open(self) -> socket.socket:
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)  # noqa: FBT003  # as the socket module has it
        with theirs:
            self._popen = await asyncio.to_thread(_start, replace(self._box, socket=theirs.fileno()))
        return self._control


def _start(box: Box) -> subprocess.Popen[bytes]:
    """A group of its own does not hear what is typed at the server's terminal. A session of its own would be scheduled
    as a group, beside which the server's has no precedence: `nice` counts within a session only (autogroup)."""  # noqa: D205, D209
    return subprocess.Popen(  # noqa: S603  # our own interpreter, our own text
        [sys.executable, "-I", "-c", START, box.root, box.text()],
        cwd="/",
        env={},
        pass_fds=[box.socket],
        process_group=0,
        stdin=subprocess.DEVNULL,
    )


async def _forked(control: socket.socket) -> Process:
    """The process that the template says it has forked."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    loop.add_reader(control, told.set)
    try:
        await told.wait()
    finally:
        loop.remove_reader(control)
    message, descriptors, _, _ = socket.recv_fds(control, PID.size, 1)
    if not descriptors:
        raise ConnectionResetError("the process that forks workers has ended")
    return Process(PID.unpack(message)[0], descriptors[0])

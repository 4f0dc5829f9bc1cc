"""What a program that got out of the interpreter would try next: each probe tries it, from inside a worker."""

import ctypes
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir

Probe = Callable[[], object]
BEYOND = 2 * 1024**3  # bytes: more than a worker may ever hold
FILE = "/etc/passwd"
PLACES = tuple(Path(place, "autograd-playground") for place in ("/dev/shm", gettempdir()))  # noqa: S108  # where everybody may write
TRACE_ME = 0  # of ptrace(2)


def _write() -> object:
    for place in PLACES:
        place.write_bytes(b"x")
        place.unlink()
    return "a file was written"


def _connect() -> object:
    with socket.create_connection(("127.0.0.1", 9), 1) as found:
        return found


def _fork() -> object:
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "a process was started"


def _trace() -> object:
    if ctypes.CDLL(None, use_errno=True).ptrace(TRACE_ME, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "another process was traced"


def _environment() -> object:
    if told := os.environ.keys() - {"LC_CTYPE"}:  # which is Python's own doing
        return f"{len(told)} variables"
    raise OSError("it is empty")


PROBES: dict[str, Probe] = {
    "open a socket": lambda: socket.socket().fileno(),
    "reach the network": _connect,
    "read a file": lambda: Path(FILE).read_bytes()[:1],
    "list the processes": lambda: next(Path("/proc").iterdir()),
    "write a file": _write,
    "start a process": _fork,
    "run a program": lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}),
    "signal another process": lambda: os.kill(os.getppid(), 0),
    "trace a process": _trace,
    "read the environment": _environment,
    "take more memory": lambda: len(bytearray(BEYOND)),
}
"""By what it tries; what it gives is what it got, and an error is the refusal."""


def probe(request: bytes) -> bytes:
    """Try what the request names: `+` and how it was refused, or `-` and what was got."""
    try:
        got = PROBES[request.decode()]()
    except OSError as refusal:
        return b"+" + (refusal.strerror or str(refusal)).encode()
    except MemoryError:
        return b"+there is no more"
    return b"-" + repr(got).encode()

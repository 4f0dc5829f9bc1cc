"""Targets for workers: what programs and broken engines do, without an engine.

`act` reads the request's source as a command: one word and, for some, a number.
"""

import ctypes
import json
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

from app.pool.worker_main import Line
from engine.batch import slice_of

ECHO = "tests.app.fakes:echo"
ACT = "tests.app.fakes:act"
BATCHES = "tests.app.fakes:act_in_batches"
MIB = 1024 * 1024
LIMITED = ("AS", "CORE", "FSIZE", "NOFILE", "NPROC")

GRAPH = b'{"directed": true}'
PROBLEM = {
    "title": "The program is wrong",
    "detail": "there is no tahn",
    "diagnostics": [
        {
            "severity": "error",
            "code": "name",
            "message": "there is no tahn",
            "hint": "did you mean tanh?",
            "limit": None,
            "line": 1,
            "span": [4, 8],
            "range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 8}},
            "fix": None,
        }
    ],
}


def echo(request: bytes) -> bytes:
    """Answer with the request."""
    return b"+" + request


def act(request: bytes) -> bytes:
    """Do what the request's source says."""
    word, _, number = json.loads(request)["source"].partition(" ")
    return DEEDS[word](float(number or 0))


def got_through(_: bytes) -> bytes:
    """Answer as a probe that was not refused."""
    return b"-everything"


def act_in_batches(request: bytes) -> bytes:
    """The same, and batches of it."""
    if json.loads(request).get("verb") == "batch":
        return b"+" + slice_of(request, act, MIB)
    return act(request)


def _sleep(seconds: float) -> bytes:
    time.sleep(seconds)
    return b"+" + GRAPH


def _spin(seconds: float) -> bytes:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return b"+" + GRAPH


def _work(seconds: float) -> bytes:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return b"+" + GRAPH


def _crash(_: float) -> bytes:
    ctypes.string_at(0)
    return b""


def _exit(status: float) -> bytes:
    os._exit(int(status))


def _raise(_: float) -> bytes:
    raise RuntimeError("a secret of /the/machine")


def _grow(mib: float) -> bytes:
    bytearray(int(mib) * MIB)
    return b"+" + GRAPH


def _touch(mib: float) -> bytes:
    b"x" * (int(mib) * MIB)
    return b"+" + GRAPH


HELD: list[bytes] = []


def _hold(mib: float) -> bytes:
    HELD.append(b"x" * (int(mib) * MIB))
    return b"+" + GRAPH


def _open(_: float) -> bytes:
    held = [Path(__file__).open("rb") for _ in range(100)]  # noqa: SIM115
    return str(len(held)).encode()


def _write(_: float) -> bytes:
    path = Path("/dev/shm/autograd-playground-test")  # noqa: S108
    try:
        path.write_bytes(b"x")
    except OSError:
        return b'+{"written": false}'
    path.unlink()
    return b'+{"written": true}'


def _look(_: float) -> bytes:
    limits = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1] for name in LIMITED}
    seen = {
        "environment": dict(os.environ),
        "nice": os.getpriority(os.PRIO_PROCESS, 0),
        "group": os.getpgid(0),
        "pid": os.getpid(),
        "limits": limits,
    }
    return b"+" + json.dumps(seen).encode()


DEEDS: dict[str, Callable[[float], bytes]] = {
    "graph": lambda _: b"+" + GRAPH,
    "wrong": lambda _: b"-" + json.dumps(PROBLEM).encode(),
    "sleep": _sleep,
    "spin": _spin,
    "work": _work,
    "crash": _crash,
    "exit": _exit,
    "raise": _raise,
    "grow": _grow,
    "touch": _touch,
    "hold": _hold,
    "open": _open,
    "write": _write,
    "look": _look,
    "oversize": lambda mib: b"+{" + b" " * (int(mib) * MIB),
    "large": lambda mib: b'+{"a":"' + b" " * (int(mib) * MIB) + b'"}',
    "garbage": lambda _: b"\x00\xffnot json",
    "empty": lambda _: b"",
    "unbraced": lambda _: b"+[1]",
    "untrue": lambda _: b'-{"title": 1, "secret": "/etc/passwd"}',
    "nan": lambda _: b'-{"title": "a", "detail": "b", "diagnostics": [NaN]}',
}


PAGE = "tests.app.fakes:page"
DRAWN = {"nodes": [], "edges": [], "printed": ["<b>printed</b>"], "diagnostics": []}


def page(request: bytes) -> bytes:
    """Draw a page's picture with the program in it, or refuse it."""
    asked = json.loads(request)
    if asked["verb"] != "page" or "wrong" in asked["source"]:
        return b"-" + json.dumps(PROBLEM).encode()
    return (
        b"+"
        + json.dumps(
            {"document": DRAWN, "svg": f"<svg><desc>{len(asked['source'])}</desc></svg>", "steps": []}
        ).encode()
    )


STREAM = "tests.app.fakes:stream"
DOCUMENT = json.dumps({"directed": True, "cancelled": False}).encode()


def stream(request: bytes, line: Line) -> bytes:
    """Do what the request's source says, and tell of it."""
    word, _, number = json.loads(request)["source"].partition(" ")
    if word == "wrong":
        return b"-" + json.dumps(PROBLEM).encode()
    line.tell(b".")
    return TOLD[word](line, int(number or 0))


def _count(line: Line, frames: int) -> bytes:
    """So many frames, each when the last one was taken."""
    for number in range(1, frames + 1):
        while json.loads(line.hear() or b"{}").get("action") != "take":
            pass
        line.tell(b"~" + json.dumps({"frame": number, "inputs": {"lr": 0.1}}).encode())
    return b"+" + DOCUMENT


def _flood(line: Line, frames: int) -> bytes:
    """So many frames of a kilobyte, taken or not."""
    for number in range(1, frames + 1):
        line.tell(b"~" + json.dumps({"frame": number, "x": "x" * 1024}).encode())
    return b"+" + DOCUMENT


def _heard(line: Line, _: int) -> bytes:
    """Everything that was said, up to the end."""
    said: list[dict[str, object]] = []
    while not said or said[-1].get("action") != "cancel":
        said.append(json.loads(line.hear() or b"{}"))
    return b"+" + json.dumps({"said": said}).encode()


def _told(event: bytes) -> Callable[[Line, int], bytes]:
    def tell(line: Line, _: int) -> bytes:
        line.tell(event)
        time.sleep(9)
        return b""

    return tell


TOLD: dict[str, Callable[[Line, int], bytes]] = {
    "count": _count,
    "flood": _flood,
    "heard": _heard,
    "deaf": lambda _, seconds: _sleep(seconds),
    "crash": lambda *_: _crash(0),
    "grow": lambda _, mib: _grow(mib),
    "raise": lambda *_: _raise(0),
    "late": lambda *_: b"-" + json.dumps(PROBLEM).encode(),
    "garbage": _told(b"\x00\xff"),
    "oversize": _told(b"~" + b" " * (2 * MIB)),
}

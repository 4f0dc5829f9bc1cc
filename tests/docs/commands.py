"""The commands that documents quote, and what they answer: asked of the real service, run by a real shell."""

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import OFF, Settings
from tests.invariants.sources import ROOT

SERVICE = "http://127.0.0.1:8000"
WIDTH = 140  # what is longer does not stand in one line of a quoted answer
CUT = "…"
REQUEST = "5b9f1c3a77d2448fb1b0a86a3d2f90c1"  # the name of each, so that a quoted problem stays as it is
OBJECT = '{"'


def answer(command: str) -> str:
    """What a quoted command prints, as the fenced piece that follows it."""
    words = shlex.split(command, comments=True)
    if words[0] == "curl":
        return fenced("json", pretty(shortened(json.loads(asked(words[1:])))))
    return fenced("text", shell(command))


def asked(arguments: Sequence[str]) -> bytes:
    """What `curl` prints with these arguments: an address, and `-H` and `-d` for a body."""
    place = urlsplit(next(word for word in arguments if word.startswith(SERVICE)))
    options = dict(pairwise(arguments))
    name, _, value = options.get("-H", "").partition(": ")
    with service() as client:
        return client.request(
            "POST" if "-d" in options else "GET",
            f"{place.path}?{place.query}",
            content=options.get("-d"),
            headers={"X-Request-ID": REQUEST, **({name: value} if name else {})},
        ).content


@cache
def application() -> FastAPI:
    """The real service, with one worker."""
    return create_app(Settings(workers=1, spares=0, worker_nice=0, links=OFF))


@contextmanager
def service() -> Iterator[TestClient]:
    """Who asks it while it runs."""
    with TestClient(application()) as client:
        yield client


def shell(command: str) -> str:
    """What a shell command prints, where our own commands are those of this checkout."""
    ours = command.replace("autograd-playground", "python -m app").replace(
        "python -m", f"{shlex.quote(sys.executable)} -m"
    )
    done = subprocess.run(["sh", "-c", ours], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode <= 1, done.stderr
    return done.stdout + done.stderr


def planned(command: str) -> None:
    """Check that make knows a quoted target."""
    words = shlex.split(command, comments=True)
    done = subprocess.run([words[0], "--dry-run", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def shortened(document: object) -> object:
    """The same document, its long texts cut where a line would end."""
    if isinstance(document, str) and len(document) > WIDTH:
        return document[:WIDTH] + CUT
    if isinstance(document, list):
        return [shortened(value) for value in document]
    return {key: shortened(value) for key, value in document.items()} if isinstance(document, dict) else document


def pretty(document: object, indent: str = "") -> str:
    """JSON for people: a line holds what fits, or one thing that has no others in it."""
    flat = json.dumps(document, ensure_ascii=False)
    if len(indent + flat) <= WIDTH or not isinstance(document, dict | list):
        return flat
    inside = indent + "  "
    if isinstance(document, list):
        return "[\n" + ",\n".join(inside + pretty(value, inside) for value in document) + f"\n{indent}]"
    if not any(OBJECT in json.dumps(value) for value in document.values()):
        return flat
    rows = [f"{json.dumps(key)}: {pretty(value, inside)}" for key, value in document.items()]
    return "{\n" + ",\n".join(inside + row for row in rows) + f"\n{indent}}}"


def fenced(language: str, text: str) -> str:
    """A fenced piece."""
    return f"```{language}\n{text.rstrip()}\n```"

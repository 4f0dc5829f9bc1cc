"""Who listens to a training over HTTP, and looks at its process."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

Told = dict[str, Any]
LINES = {"Accept": "application/x-ndjson"}


class Listener:
    """A stream of events as it arrives."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.iter_lines()

    def __iter__(self) -> Iterator[Told]:
        return self

    def __next__(self) -> Told:
        """The next event."""
        if self.response.headers["content-type"] == LINES["Accept"]:
            found: Told = json.loads(next(self._lines))
            return found
        event: Told = {}
        while line := next(self._lines):
            name, _, text = line.partition(": ")
            event[name] = json.loads(text) if name in ("data", "id") else text
        return event if event.keys() - {""} else next(self)

    def until(self, kind: str) -> Told:
        """The next event of that kind."""
        return next(event for event in self if event["event"] == kind)


@contextmanager
def training(client: httpx.Client, source: str, **asked: object) -> Iterator[Listener]:
    """Start a training and listen to it."""
    with client.stream("POST", "/api/v1/train", json={"source": source, **asked}) as response:
        yield Listener(response)


@contextmanager
def again(client: httpx.Client, job: str, last: int | None = None) -> Iterator[Listener]:
    """Listen to a training again."""
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    with client.stream("GET", f"/api/v1/train/{job}", headers=headers) as response:
        yield Listener(response)


def worked(pid: int) -> int:
    """The processor time that a process has used, in hundredths of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])

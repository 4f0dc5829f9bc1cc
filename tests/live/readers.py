"""Who reads what a watched run tells, without a process between them."""

import json
from collections import deque
from collections.abc import Callable, Iterable
from math import inf
from time import sleep
from typing import Any

from engine.document import NAMES
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.run import Options, Run, run_to
from engine.live.watch import FRAME, Watch

Frame = dict[str, Any]
TAKE = {"action": "take"}


class Waited(BaseException):
    """The run waits for somebody who says no more."""


class Reader:
    """Takes each frame as it comes, and then says what `says` answers to it."""

    def __init__(self, says: Callable[[Frame], Iterable[object]] = lambda _: [TAKE], *first: object) -> None:
        self.frames: list[Frame] = []
        self.others: list[bytes] = []
        self._says = says
        self._said = deque(first or [TAKE])

    def tell(self, event: bytes) -> None:
        if event[:1] != FRAME:
            self.others.append(event)
            return
        self.frames.append(json.loads(event[1:], parse_constant=self._refuse))
        self._said.extend(self._says(self.frames[-1]))

    def hear(self, *, within: float = inf) -> bytes | None:
        if self._said:
            return json.dumps(self._said.popleft()).encode()
        if within == inf:
            raise Waited
        sleep(within)
        return None

    @staticmethod
    def _refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")


def watched(
    source: str,
    reader: Reader,
    limits: Limits | None = None,
    wanted: str | None = None,
    *,
    paused: bool = False,
    pace: float | None = None,
    then: Callable[[Run], object] = lambda _: None,
    **inputs: float,
) -> Run:
    """What a program left that was run before this reader, and before `then` was told."""

    def ended(run: Run) -> Run:
        then(run)
        return run

    limits = limits or Limits.stream()
    checked = check(source, limits, NAMES)
    watcher = Watch(reader, limits, wanted, paused=paused, pace=pace)
    return run_to(checked, limits, Options(inputs), ended, watcher=watcher)

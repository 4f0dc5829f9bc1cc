"""A program as the panels see it: something that is run once, and then asked about other inputs."""

from collections.abc import Mapping
from dataclasses import replace
from time import monotonic, process_time
from typing import Literal, Protocol

import msgspec

from engine.language.errors import JSON, LimitExceeded, ProgramError
from engine.language.grammar.checked import Checked, recall
from engine.language.limits import BUDGETS, Limits
from engine.language.names import vocabulary
from engine.language.run import Options, error, no_such_input
from engine.panels.recorded import Recorded, ran
from engine.panels.watched import Watching

LIMITS = Limits()
NAMES = vocabulary()
PLACING = 0.1  # seconds to find the line from which a program may go another way
WAITING = 0.6  # of the time after which a process is stopped, what is left for running again and again
PEEK = "peek"


class Way(Protocol):
    """How a program is run and recorded; `node` is the output if it has no name."""

    def __call__(self, checked: Checked, limits: Limits, options: Options, node: int | None, /) -> Recorded:
        """Run it once."""


class Asked(msgspec.Struct, frozen=True):
    """What every panel says of the program; and whose engine it is about, and of that which backward pass."""

    source: str
    inputs: dict[str, int | float] = {}
    output: str | None = None
    seed: int = 0
    engine: Literal["own", "ours"] = "ours"
    turn: int | None = None


class Subject:
    """One program: checked once, run as it is asked for, then run again or replayed until the time is up."""

    def __init__(self, asked: Asked, keys: tuple[str, ...] = (), node: int | None = None) -> None:
        self.deadline = process_time() + LIMITS.cpu_seconds
        self.waited = monotonic() + WAITING * LIMITS.kill_seconds
        self.checked = recall(asked.source, LIMITS, NAMES)
        self.options = Options(asked.inputs, asked.output, asked.seed)
        self.keys, self.node = keys, node
        self.way: Way = Watching(asked.turn) if asked.engine == "own" else ran
        self.first = self._run(self.options)

    def at(self, moved: Mapping[str, float]) -> Recorded:
        """Run it again with some inputs at other numbers, in the time that is left."""
        return self._run(replace(self.options, inputs={**self.options.inputs, **moved}))

    def late(self, seconds: float = 0.0) -> bool:
        """Whether so much more work would take too long."""
        return process_time() + seconds > self.deadline or monotonic() + seconds > self.waited

    def because(self) -> dict[str, JSON] | None:
        """Why a recording of one run says nothing of others; None where it does."""
        how, line = self.first.because, self.first.line
        return None if how is None else because(self.checked, self.options, how, self.way, line)

    def _run(self, options: Options) -> Recorded:
        limits = replace(LIMITS, cpu_seconds=max(self.deadline - process_time(), PLACING))
        found = self.way(self.checked, limits, options, self.node)
        for key in self.keys:
            if key not in found.keys:
                raise error(no_such_input(key, found.keys), self.checked, limits)
        return found


def because(checked: Checked, options: Options, how: str, way: Way = ran, line: int | None = None) -> dict[str, JSON]:
    """Where a program first takes a number out of a Value, and how; line null where that was not found in time."""
    if line is None:
        limits = replace(LIMITS, cpu_seconds=PLACING)
        try:
            way(checked, limits, replace(options, strict=True), None)
        except ProgramError as found:
            line = found.diagnostics[0].line if found.diagnostics[0].code == PEEK else None
    return {"line": line, "reason": how}


def out_of_time(problem: ProgramError) -> bool:
    """Whether a run ended because the time was up, and not for a reason of its own."""
    return isinstance(problem, LimitExceeded) and problem.limit == BUDGETS["cpu_seconds"].name


def fitting(answer: bytes, checked: Checked) -> bytes:
    """An answer, if it is no larger than one may be."""
    if len(answer) > LIMITS.answer_bytes:
        raise LIMITS.exceeded("answer_bytes", checked.source, None)
    return answer

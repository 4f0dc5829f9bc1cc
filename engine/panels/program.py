"""A program as the panels see it: something that is run once, and then asked about other inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic, process_time

import msgspec

from engine.language.errors import JSON, LimitExceeded, ProgramError, RunError
from engine.language.grammar.checked import Checked, recall
from engine.language.limits import BUDGETS, Limits
from engine.language.names import vocabulary
from engine.language.run import Options, Run, no_such_input, run_to
from engine.recording import Recording, record

LIMITS = Limits()
NAMES = vocabulary()
NOTHING = "there is nothing to differentiate: the program has no Values"
PLACING = 0.1  # seconds to find the line from which a program may go another way
WAITING = 0.6  # of the time after which a process is stopped, what is left for running again and again
PEEK = "peek"


class Asked(msgspec.Struct, frozen=True):
    """What every panel says of the program."""

    source: str
    inputs: dict[str, int | float] = {}
    output: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one run built.

    nodes    by key the input's node, where the graph has it
    keys     the keys of all inputs
    because  what speaks against using the recording for other inputs: how a number was first taken out of a Value
    """

    recording: Recording
    output: int
    nodes: Mapping[str, int]
    keys: tuple[str, ...]
    because: str | None


class Subject:
    """One program: checked once, run as it is asked for, then run again or replayed until the time is up."""

    def __init__(self, asked: Asked, keys: tuple[str, ...] = (), node: int | None = None) -> None:
        self.deadline = process_time() + LIMITS.cpu_seconds
        self.waited = monotonic() + WAITING * LIMITS.kill_seconds
        self.checked = recall(asked.source, LIMITS, NAMES)
        self.options = Options(asked.inputs, asked.output, asked.seed)
        self.keys, self.node = keys, node
        self.first = self._run(self.options)

    def at(self, moved: Mapping[str, float]) -> Recorded:
        """Run it again with some inputs at other numbers, in the time that is left."""
        return self._run(replace(self.options, inputs={**self.options.inputs, **moved}))

    def late(self, seconds: float = 0.0) -> bool:
        """Whether so much more work would take too long."""
        return process_time() + seconds > self.deadline or monotonic() + seconds > self.waited

    def because(self) -> dict[str, JSON] | None:
        """Why a recording of one run says nothing of others; None where it does."""
        how = self.first.because
        return None if how is None else because(self.checked, self.options, how)

    def _run(self, options: Options) -> Recorded:
        limits = replace(LIMITS, cpu_seconds=max(self.deadline - process_time(), PLACING))
        return run_to(self.checked, limits, options, self._recorded)

    def _recorded(self, ended: Run) -> Recorded:
        for key in self.keys:
            if key not in ended.keys.values():
                raise no_such_input(key, ended.machine)
        recording = record(ended.output, inputs=ended.inputs, assigned=ended.assigned)
        output = recording.output if self.node is None else self.node
        if output is None:
            raise RunError([self.checked.source.diagnostic("error", "empty", NOTHING)])
        if not 0 <= output < len(recording):
            raise RunError([self.checked.source.diagnostic("error", "output", f"the graph has no node {output}")])
        serials = enumerate(recording.nodes.serial)
        nodes = {ended.keys[serial]: node for node, serial in serials if serial is not None and serial in ended.keys}
        return Recorded(recording, output, nodes, tuple(ended.keys.values()), ended.machine.peeked)


def because(checked: Checked, options: Options, how: str) -> dict[str, JSON]:
    """Where a program first takes a number out of a Value, and how; line null where that was not found in time."""
    line = None
    limits = replace(LIMITS, cpu_seconds=PLACING)
    try:
        run_to(checked, limits, replace(options, strict=True), lambda _: None)
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

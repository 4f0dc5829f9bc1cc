"""A program in a stream: frames while it trains, and at the end its graph document; what the service calls.

A request is that of a graph; it may name the `field` to draw, and say that the run is `paused` after its first pass, or
goes on at a `pace` of so many passes a second.
What is told on the way is one byte and JSON: `.` once the program has been checked, `~` and a frame after some backward
passes. The reply is as that of `engine.document.run`: `+` and the document of the last state, with what the training
was and the last frame, or `-` and the problem.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from engine.document import NAMES, Evaluation, Request, placed, problem, recorded
from engine.export.nodelink import written
from engine.language.errors import JSON, ProgramError
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.machine import Machine
from engine.language.run import Options, Run, run_to
from engine.live.watch import CHECKED, Line, Watch
from engine.training import Trainer

LIMITS = Limits.stream()
PASSES = 1_000  # that the document tells of, the last ones


def stream(request: bytes, line: Line) -> bytes:
    """Run one program, telling of it; whatever it does, the reply is one of the two kinds."""
    asked = msgspec.json.decode(request, type=Request)
    try:
        checked = check(asked.source, LIMITS, NAMES)
        line.tell(CHECKED)
        watch = Watch(line, LIMITS, asked.field, paused=asked.paused, pace=asked.pace)
        options = Options(asked.inputs, asked.output, asked.seed, asked.accumulation)

        def ended(found: Run) -> tuple[Evaluation, bytes]:
            beside = {"training": training(found.machine), "cancelled": watch.cancelled, "frame": watch.last()}
            last = replace(found, passes=found.passes[-PASSES:])
            return recorded(checked, last, asked), written(beside)

        evaluation, beside = run_to(checked, LIMITS, options, ended, watcher=watch, trainer=Trainer)
        evaluation = placed(evaluation, checked, options)
        return b"+" + evaluation.fitting(joined(evaluation.document(), beside))
    except ProgramError as error:
        return b"-" + problem(error.diagnostics)


def training(machine: Machine) -> Sequence[Mapping[str, JSON]]:
    """How each loop that trains was run: its line, its turns, how many of them were replayed, why not the others."""
    trainer = machine.trainer
    return trainer.facts() if isinstance(trainer, Trainer) else []


def joined(first: bytes, second: bytes) -> bytes:
    """Two JSON objects as one."""
    return first[:-1] + b"," + second[1:]

"""A program at many inputs: by replay where its recording says what it would do there, else by running it again.

Points are taken in an order that covers the whole range from the first ones on, so that what is done when the time is
up is a coarser picture and not a part of one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.language.errors import JSON, ProgramError
from engine.panels.program import Subject, out_of_time
from engine.panels.recorded import Recorded
from engine.replay.lanes import BATCH, Lanes, Program

Method = Literal["replay", "run"]
Order: TypeAlias = NDArray[np.intp]
Found: TypeAlias = float | None
Point: TypeAlias = tuple[int, Found, Sequence[Found]]  # which setting, the output there, its slopes

GOLDEN = (5**0.5 - 1) / 2
EMPTY = np.zeros((0, 1))
STEP = 5e-6  # seconds for one operation there and back, in one batch
UNUSED: dict[str, JSON] = {"line": None, "reason": "does not use this input in its output"}


@dataclass(frozen=True, slots=True)
class Sampled:
    """The output at each setting, and its slopes, a list per input.

    done     the settings that were computed in time; others have None
    because  why the program was run again for each

    None is also where the program itself ends with a problem, and for a slope where it has moved its input since.
    """

    ys: list[Found]
    slopes: list[list[Found]]
    done: list[bool]
    method: Method
    because: dict[str, JSON] | None


def sample(subject: Subject, settings: Lanes) -> Sampled:
    """The output for each column of `settings`, which has a row per input."""
    lanes = settings.shape[1]
    because = subject.because()
    if because is None and not set(subject.keys) <= subject.first.nodes.keys():
        because = UNUSED
    method: Method = "run" if because else "replay"
    made = Sampled([None] * lanes, [[None] * lanes for _ in subject.keys], [False] * lanes, method, because)
    for place, y, slopes in _replayed(subject, settings) if because is None else _run(subject, settings):
        made.ys[place], made.done[place] = y, True
        for row, slope in zip(made.slopes, slopes, strict=True):
            row[place] = slope
    return made


def spread(lanes: int) -> Order:
    """All places, the first ones far from each other (multiples of the golden ratio lie that way)."""
    return np.argsort((np.arange(lanes) * GOLDEN) % 1.0, kind="stable")


def slopes_at(run: Recorded, keys: Sequence[str], point: Sequence[Found]) -> list[Found]:
    """The slopes of the output in a recording; None for an input that the program itself has moved from the point."""
    nodes = [run.nodes.get(key) for key in keys]
    moving = [node for node in nodes if node is not None]
    data = run.recording.nodes.data
    program = Program(run.recording, moving, run.output)
    _, found = program.gradients(np.array([[data[node]] for node in moving] or EMPTY))
    slope = dict(zip(moving, found[:, 0].tolist(), strict=True))
    return [
        0.0 if node is None else slope[node] if data[node] == x else None for node, x in zip(nodes, point, strict=True)
    ]


def standing(subject: Subject) -> list[Found]:
    """The numbers that the inputs hold now: those that were asked for, else those of the recording."""
    run, asked = subject.first, subject.options.inputs
    held = [run.nodes.get(key) for key in subject.keys]
    data = run.recording.nodes.data
    return [asked.get(key, None if node is None else data[node]) for key, node in zip(subject.keys, held, strict=True)]


def _replayed(subject: Subject, settings: Lanes) -> Iterator[Point]:
    run = subject.first
    program = Program(run.recording, [run.nodes[key] for key in subject.keys], run.output)
    order = spread(settings.shape[1])
    for at in range(0, len(order), BATCH):
        if subject.late(STEP * len(program.steps)):
            return
        places = order[at : at + BATCH]
        ys, slopes = program.gradients(settings[:, places])
        yield from zip(places.tolist(), ys.tolist(), slopes.T.tolist(), strict=True)


def _run(subject: Subject, settings: Lanes) -> Iterator[Point]:
    for place in spread(settings.shape[1]).tolist():
        if subject.late():
            return
        point = settings[:, place].tolist()
        try:
            run = subject.at(dict(zip(subject.keys, point, strict=True)))
        except ProgramError as problem:
            if out_of_time(problem):
                return
            yield place, None, [None] * len(point)
        else:
            yield place, run.recording.nodes.data[run.output], slopes_at(run, subject.keys, point)

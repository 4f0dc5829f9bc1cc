"""Other numbers for the inputs of a program, from a seed: the same seed, the same numbers; tame ones.

The numbers keep their sign, and look like the program's own: whole ones stay whole, others keep their decimals. A
choice of numbers counts if the program makes the same graph of them, warns of no more than before, and no number or
gradient that was neither becomes nothing or huge.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from engine.hazards import hazards
from engine.language.errors import ProgramError
from engine.panels.program import LIMITS, Subject
from engine.panels.recorded import Recorded
from engine.recording import Recording

TRIES = 12
SMALL, LARGE = 1e-3, 1e4
MOST = 9  # a small whole number becomes one from 1 to this


@dataclass(frozen=True, slots=True)
class Variant:
    """A run with varied inputs: by key the new numbers; none where nothing could be varied."""

    run: Recorded
    inputs: Mapping[str, float]


def varied(subject: Subject, seed: int) -> Variant:
    """The first choice of numbers that is tame."""
    first = subject.first
    graph = first.recording
    own = {key: graph.nodes.data[node] for key, node in first.nodes.items() if is_varied(graph, node)}
    for attempt in range(TRIES if own else 0):
        if subject.late():  # other numbers tomorrow than today would be worse than none
            raise LIMITS.exceeded("cpu_seconds", subject.checked.source, None)
        random = Random(f"{seed}/{attempt}")  # noqa: S311 - numbers for exercises
        moved = {key: like(number, random) for key, number in own.items()}
        with suppress(ProgramError):
            run = subject.at(moved)
            if tame(graph, run.recording):
                return Variant(run, moved)
    return Variant(first, {})


def is_varied(recording: Recording, node: int) -> bool:
    """Whether a node is an input that the output depends on."""
    return recording.nodes.kind[node] == "input" and bool(recording.nodes.adjoint[node])


def like(number: float, random: Random) -> float:
    """Another number that looks like it."""
    sign = -1.0 if number < 0 else 1.0
    if number.is_integer() and abs(number) <= MOST:
        return sign * random.choice([one for one in range(1, MOST + 1) if one != abs(number)])
    size = abs(number)
    decimals = len(repr(size).partition(".")[2]) if 1e-3 <= size < 1e6 else 0
    if number.is_integer() or not decimals:
        return sign * float(f"{random.uniform(0.5, 1.5) * size:.2g}")
    return sign * max(round(random.uniform(0.5, 1.5) * size, min(decimals, 3)), 10.0 ** -min(decimals, 3))


def tame(before: Recording, after: Recording) -> bool:
    """Whether the numbers of a run can be asked for as well as those of another."""
    if before.structure != after.structure or len(hazards(after)) > len(hazards(before)):
        return False
    one, other = before.nodes, after.nodes
    pairs = [*zip(one.data, other.data, strict=True), *zip(one.adjoint, other.adjoint, strict=True)]
    return all(not old or new is None or SMALL <= abs(new) <= LARGE for old, new in pairs)

"""A program run with its loops replayed, and as it stands: what each of the two says happened."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.document import Request, recorded
from engine.language.errors import ProgramError
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.machine import Machine
from engine.language.names import vocabulary
from engine.language.run import Options, Run, run_to
from engine.training import Trainer

JSON = Any  # whatever a document holds, or a request
NAMES = vocabulary()
STREAM = Limits.stream()
NUMBER = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")
Facts = Mapping[str, int | str | None]


@dataclass(frozen=True)
class Told:
    """What is said of a program: where it failed, or all that it left."""

    failed: tuple[Any, ...] | None = None
    document: Any = None
    printed: str = ""
    lines: Any = None
    steps: int = 0
    serials: int = 0
    keys: Any = None


class Remembering(Trainer):
    """A trainer that still knows how the loops were run when the run is over."""

    known: list[Facts] | None = None

    def facts(self) -> list[Facts]:
        """How each loop was run."""
        return super().facts() if self.known is None else self.known

    def let_go(self) -> None:
        """Remember that, and let go of all else."""
        self.known = self.facts()
        super().let_go()


def told(
    source: str,
    trainers: list[Trainer] | None,
    limits: Limits = STREAM,
    *,
    deterministic: bool = False,
    small: int = 0,
    share: int = 1,
    **asked: JSON,
) -> Told:
    """What is said of a program; where `trainers` is a list its loops are replayed, and who did it is put there."""
    request = Request(source, **asked)
    options = Options(request.inputs, request.output, request.seed, request.accumulation)

    def trainer(machine: Machine) -> Trainer:
        made = Remembering(machine, deterministic=deterministic, small=small, share=share)
        assert trainers is not None
        trainers.append(made)
        return made

    def then(ended: Run) -> Told:
        machine = ended.machine
        steps, serials = machine.meter.used, machine.meter.coming
        document = json.loads(recorded(checked, ended, request).document())
        names = {ended.keys[leaf.origin[2]] for leaf in ended.inputs if leaf.origin}
        return Told(None, document, ended.printed, ended.lines, steps, serials, names)

    try:
        checked = check(source, limits, NAMES)
        return run_to(checked, limits, options, then, trainer=None if trainers is None else trainer)
    except ProgramError as error:
        first = error.diagnostics[0]
        return Told(failed=(first.code, first.line, first.limit, first.message))


def facts(
    source: str, limits: Limits = STREAM, *, rel: float = 1e-12, fails: bool = False, **asked: JSON
) -> list[Facts]:
    """How the loops of a program were run, if that changed nothing: AssertionError where it did.

    In the engine's order of sums all is the same to the last digit (what a pass brings a leaf that has a gradient
    already is added at once, and not bit by bit); in the programs' own, up to `rel`.
    """
    trainers: list[Trainer] = []
    plain = told(source, None, limits, **asked)
    assert (plain.failed is not None) is fails, plain.failed
    exactly = told(source, trainers, limits, deterministic=True, **asked)
    compared(plain, exactly, 1e-14)
    closely = told(source, trainers, limits, **asked)
    compared(plain, closely, rel)
    found = [trainer.facts() for trainer in trainers]
    assert found[:1] == found[1:]
    return found[0] if found else []


def compared(plain: Told, replayed: Told, rel: float) -> None:
    """AssertionError where two runs differ by more than the last digits of numbers."""
    assert plain.failed == replayed.failed
    assert abs(plain.steps - replayed.steps) <= plain.printed.count("\n")  # the last digits may be one more or less
    assert plain.serials == replayed.serials
    assert plain.lines == replayed.lines
    assert plain.keys == replayed.keys
    differs(NUMBER.sub("#", plain.printed), NUMBER.sub("#", replayed.printed), "printed", rel)
    numbers = [[float(one) for one in NUMBER.findall(side.printed)] for side in (plain, replayed)]
    differs(numbers[0], numbers[1], "printed", rel)
    differs(plain.document, replayed.document, "document", rel)


def differs(one: JSON, other: JSON, where: str, rel: float) -> None:
    """AssertionError where two documents differ by more than sums that were added up in another order."""
    assert type(one) is type(other), where
    if isinstance(one, dict):
        assert list(one) == list(other), where
        for name in one:
            differs(one[name], other[name], f"{where}.{name}", rel)
    elif isinstance(one, list):
        assert len(one) == len(other), where
        for place, pair in enumerate(zip(one, other, strict=True)):
            differs(*pair, f"{where}[{place}]", rel)
    elif isinstance(one, float):
        assert math.isclose(one, other, rel_tol=rel, abs_tol=rel), (where, one, other)
    elif isinstance(one, str) and NUMBER.search(one):
        assert NUMBER.sub("#", one) == NUMBER.sub("#", other), where
    else:
        assert one == other, where


def one(source: str, **asked: JSON) -> Facts:
    """How the only loop of a program that may train was run."""
    [found] = facts(source, **asked)
    return found

"""A program run with its engine watched: the record of what it did, and what ended it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from engine.collector import seldom_collected
from engine.language.errors import Diagnostic, ProgramError
from engine.language.faults import Fault
from engine.language.grammar.checked import Checked
from engine.language.limits import Limits
from engine.language.machine import Machine
from engine.language.run import Options, error, run_to
from engine.language.values import Instance, Thing
from engine.watch.deposits import Ledger
from engine.watch.diagnose import diagnose
from engine.watch.ended import domains, endings
from engine.watch.findings import Finding
from engine.watch.forwards import forwards
from engine.watch.odd import circle, unnumbered
from engine.watch.onlooker import Onlooker
from engine.watch.reading import Reading, nodes
from engine.watch.roles import roles
from engine.watch.theirs import Theirs
from engine.watch.turns import Window
from engine.watch.work import Work

FEW = 2_000  # numbers of a program that there is always time to tell of
EVERYTHING = Window()


@dataclass(frozen=True, slots=True)
class Watched:
    """The record, None where no object of the program is a number; what ended the program; the causes, first first.

    `printed` and `lines` are what it printed and how often its lines ran, as far as that is known, `steps` what that
    took; `turns` how many passes there were, of which some may not have been looked at.
    """

    theirs: Theirs | None
    ended: tuple[Diagnostic, ...]
    findings: tuple[Finding, ...]
    printed: str = ""
    lines: Mapping[int, int] = field(default_factory=dict)
    turns: int = 0
    steps: int = 0


def watch(checked: Checked, limits: Limits, options: Options, window: Window = EVERYTHING) -> Watched:
    """Run a program and look on, at all of it or at some of its passes; it may go wrong on the way."""
    with seldom_collected():
        return looked_at(checked, limits, options, window)


def looked_at(checked: Checked, limits: Limits, options: Options, window: Window) -> Watched:
    """The same, whose own objects are gone again when the collector of cycles looks."""
    looking: list[Onlooker] = []

    def begin(machine: Machine) -> Onlooker:
        looking.append(Onlooker(machine, window))
        return looking[0]

    variables: Mapping[str, Thing] = {}
    lines: Mapping[int, int] = {}
    ended: tuple[Diagnostic, ...] = ()
    try:
        left = run_to(checked, limits, options, lambda left: left, onlooker=begin)
        variables, lines = left.variables, left.lines
    except ProgramError as problem:
        ended = tuple(problem.diagnostics)
    seen = looking[0]
    try:
        theirs, found = told(seen, variables, ended=bool(ended))
    except Fault as fault:
        raise error(fault, checked, limits) from None
    findings = [*endings(checked, theirs, ended), *unnumbered(seen, theirs.number if theirs else None), *found]
    seen.forget()
    machine = seen.machine
    return Watched(
        theirs, ended, tuple(findings), "".join(machine.printed), lines, seen.turns.count, machine.meter.used
    )


def told(seen: Onlooker, variables: Mapping[str, Thing], *, ended: bool) -> tuple[Theirs | None, list[Finding]]:
    """The record, and what is wrong in it; of the beginning, where there is too much or no end to it."""
    if not (ended and seen.full):
        with suppress(Fault):
            return diagnosed(seen, variables, whole=not (ended or seen.full))
    del seen.writes[FEW:]
    return diagnosed(seen, variables, whole=False)


def diagnosed(seen: Onlooker, variables: Mapping[str, Thing], *, whole: bool) -> tuple[Theirs | None, list[Finding]]:
    """The same of all that was looked at; a fault where that takes too many steps."""
    work = Work()
    theirs = record(seen, variables, work, whole=whole)
    return theirs, [] if theirs is None else [*domains(theirs), *diagnose(theirs, work)]


def record(seen: Onlooker, variables: Mapping[str, Thing], work: Work, *, whole: bool) -> Theirs | None:
    """The frozen record of what was looked at."""
    found = roles(seen.writes, {name for _, name, _ in seen.odd}, work)
    if found is None:
        return None
    reading = Reading(seen, found, work)
    names = {id(thing): name for name, thing in variables.items() if isinstance(thing, Instance)}
    made = nodes(reading, names)
    walks, moved = Ledger(reading, made).walks()
    links = dict.fromkeys(name for several in reading.links for name, _ in several)
    return Theirs(
        number=found.number,
        gradient=found.gradient,
        links=tuple(links),
        nodes=made,
        walks=walks,
        forwards=tuple(forwards(reading, made)),
        moved=moved,
        circle=circle(reading),
        whole=whole,
    )

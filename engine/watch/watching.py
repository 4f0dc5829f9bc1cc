"""A program run with its engine watched: the record of what it did, and what ended it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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

FEW = 2_000  # numbers of a program that there is always time to tell of
EVERYTHING = Window()


@dataclass(frozen=True, slots=True)
class Watched:
    """The record, None where no object of the program is a number; what ended the program; the causes, first first.

    `printed` and `lines` are what it printed and how often its lines ran, as far as that is known; `turns` how many
    passes there were, of which some may not have been looked at.
    """

    theirs: Theirs | None
    ended: tuple[Diagnostic, ...]
    findings: tuple[Finding, ...]
    printed: str = ""
    lines: Mapping[int, int] = field(default_factory=dict)
    turns: int = 0


def watch(checked: Checked, limits: Limits, options: Options, window: Window = EVERYTHING) -> Watched:
    """Run a program and look on, at all of it or at some of its passes; it may go wrong on the way."""
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
    try:
        theirs = told(looking[0], variables, whole=not (ended or looking[0].full))
    except Fault as fault:
        raise error(fault, checked, limits) from None
    findings = [*endings(checked, theirs, ended), *unnumbered(looking[0], theirs.number if theirs else None)]
    if theirs is not None:
        findings += [*domains(theirs), *diagnose(theirs)]
    return Watched(theirs, ended, tuple(findings), "".join(looking[0].machine.printed), lines, looking[0].turns.count)


def told(seen: Onlooker, variables: Mapping[str, Thing], *, whole: bool) -> Theirs | None:
    """The record; where that takes too long, of the beginning."""
    try:
        return record(seen, variables, whole=whole)
    except Fault:
        if len(seen.writes) <= FEW:
            raise
    del seen.writes[FEW:]
    return record(seen, variables, whole=False)


def record(seen: Onlooker, variables: Mapping[str, Thing], *, whole: bool) -> Theirs | None:
    """The frozen record of what was looked at."""
    found = roles(seen.writes, {name for _, name, _ in seen.odd})
    if found is None:
        return None
    reading = Reading(seen, found)
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

"""A program run with its engine watched: the record of what it did, and what ended it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from engine.collector import seldom_collected
from engine.language.errors import Diagnostic, ProgramError
from engine.language.faults import Fault
from engine.language.grammar.checked import Checked
from engine.language.limits import Limits
from engine.language.machine import Machine
from engine.language.run import Options, Run, error, no_such_input, run_to
from engine.language.values import Instance, Thing
from engine.watch.beneath import Beneath
from engine.watch.deposits import Ledger
from engine.watch.diagnose import diagnose
from engine.watch.ended import domains, endings
from engine.watch.expression import held
from engine.watch.findings import Finding
from engine.watch.forwards import forwards
from engine.watch.movable import Movable, keys, movable
from engine.watch.odd import circle, unnumbered
from engine.watch.onlooker import Onlooker
from engine.watch.reading import Reading, nodes
from engine.watch.roles import roles
from engine.watch.theirs import Theirs
from engine.watch.turns import Window
from engine.watch.work import Work

FEW = 2_000  # numbers of a program that there is always time to tell of
EVERYTHING = Window()
NOTHING = Movable(None, {}, frozenset())


@dataclass(frozen=True, slots=True)
class Watched:
    """The record, None where no object of the program is a number; what ended the program; the causes, first first.

    `printed` and `lines` are what it printed and how often its lines ran, as far as that is known, `steps` what that
    took; `turns` how many passes there were, of which some may not have been looked at. `peeked` is how the program
    first made something depend on a number; `beneath` the graph of ours, where that was asked for.
    """

    theirs: Theirs | None
    problem: ProgramError | None
    findings: tuple[Finding, ...]
    printed: str = ""
    lines: Mapping[int, int] = field(default_factory=dict)
    turns: int = 0
    steps: int = 0
    movable: Movable = NOTHING
    peeked: str | None = None
    beneath: Beneath | None = None

    @property
    def ended(self) -> tuple[Diagnostic, ...]:
        """What ended the program before its end."""
        return tuple(self.problem.diagnostics) if self.problem else ()


class Told(NamedTuple):
    """What there is to tell of what was looked at."""

    theirs: Theirs | None
    findings: Sequence[Finding]
    beneath: Beneath | None


def watch(
    checked: Checked,
    limits: Limits,
    options: Options,
    window: Window = EVERYTHING,
    *,
    known: Movable | None = None,
    beneath: bool = False,
) -> Watched:
    """Run a program and look on, at all of it or at some of its passes; it may go wrong on the way.

    What may be moved in it is found by a run of its own, unless it is `known`.
    """
    with seldom_collected():
        if known is None and options.inputs:
            known = known_in(checked, limits, options, window)
        return looked_at(checked, limits, options, window, known or NOTHING, beneath=beneath)


def known_in(checked: Checked, limits: Limits, options: Options, window: Window) -> Movable:
    """What may be moved in a program; a problem where an input that has another number is not among it."""
    seen = looked_at(checked, limits, replace(options, inputs={}), window, NOTHING)
    there = {**seen.movable.spots, **dict.fromkeys(seen.movable.keys)}
    unknown = options.inputs.keys() - there
    if unknown:
        raise seen.problem or error(no_such_input(min(unknown), there), checked, limits)
    return seen.movable


def looked_at(
    checked: Checked, limits: Limits, options: Options, window: Window, known: Movable, *, beneath: bool = False
) -> Watched:
    """The same, whose own objects are gone again when the collector of cycles looks."""
    looking: list[Onlooker] = []

    def begin(machine: Machine) -> Onlooker:
        looking.append(Onlooker(machine, window, known, options.inputs))
        return looking[0]

    left: Run | None = None
    problem: ProgramError | None = None
    plain = replace(options, inputs={key: number for key, number in options.inputs.items() if key in known.keys})
    try:
        left = run_to(checked, limits, plain, lambda left: left, onlooker=begin)
    except ProgramError as found:
        problem = found
    seen = looking[0]
    try:
        theirs, findings, graph = told(seen, left.variables if left else {}, ended=problem is not None, beneath=beneath)
        ended = endings(checked, theirs, problem.diagnostics if problem else ())
        causes = (*ended, *unnumbered(seen, theirs.number if theirs else None), *findings)
    except Fault as fault:
        raise error(fault, checked, limits) from None
    finally:
        seen.forget()
    machine = seen.machine
    return Watched(
        theirs=theirs,
        problem=problem,
        findings=causes,
        printed="".join(machine.printed),
        lines=left.lines if left else {},
        turns=seen.turns.count,
        steps=machine.meter.used,
        movable=movable(theirs, machine.keys.values()),
        peeked=machine.peeked,
        beneath=graph,
    )


def told(seen: Onlooker, variables: Mapping[str, Thing], *, ended: bool, beneath: bool) -> Told:
    """The record, and what is wrong in it; of the beginning, where there is too much or no end to it."""
    if not (ended and seen.full):
        with suppress(Fault):
            return diagnosed(seen, variables, whole=not (ended or seen.full), beneath=beneath)
    del seen.writes[FEW:]
    return diagnosed(seen, variables, whole=False, beneath=beneath)


def diagnosed(seen: Onlooker, variables: Mapping[str, Thing], *, whole: bool, beneath: bool) -> Told:
    """The same of all that was looked at; a fault where that takes too many steps."""
    work = Work()
    found = roles(seen.writes, {name for _, name, _ in seen.odd}, work)
    if found is None:
        return Told(None, (), None)
    reading = Reading(seen, found, work)
    theirs = record(reading, variables, whole=whole)
    graph = Beneath(reading, theirs.nodes) if beneath else None
    return Told(theirs, [*domains(theirs), *diagnose(theirs, work)], graph)


def record(reading: Reading, variables: Mapping[str, Thing], *, whole: bool) -> Theirs:
    """The frozen record of what was looked at."""
    seen, first = reading.seen, reading.first
    names = {id(thing): name for name, thing in variables.items() if isinstance(thing, Instance)}
    made = nodes(reading, names)
    walks, moved = Ledger(reading, made).walks()
    links = dict.fromkeys(name for several in reading.links for name, _ in several)
    begun = seen.turns.window.first == 1  # else what the program began with was not looked at
    found = keys(made, [one.holder.of.name for one in first]) if begun else {}
    own = {i: held(first[i].made) for i in found}
    return Theirs(
        number=reading.roles.number,
        gradient=reading.roles.gradient,
        links=tuple(links),
        nodes=made,
        walks=walks,
        forwards=tuple(forwards(reading, made)),
        moved=moved,
        keys=found,
        initial={i: number for i, number in own.items() if number is not None and number != made[i].data},
        circle=circle(reading),
        whole=whole,
    )

"""A checked program run to its end: its output, its names, what it printed, which lines ran."""

import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from engine.collector import seldom_collected
from engine.language.calls import call
from engine.language.compiler import (
    arithmetic,
    augmented,
    comprehensions,
    displays,
    expressions,
    functions,
    invocations,
    loops,
    statements,
    variables,
)
from engine.language.compiler.blocks import block
from engine.language.compiler.context import Compiler, Handlers
from engine.language.errors import JSON, LimitExceeded, RunError
from engine.language.faults import Fault, translated
from engine.language.grammar.checked import Checked
from engine.language.limits import BUDGETS, Limits
from engine.language.machine import Halted, Machine, Pass, Watcher, serial
from engine.language.names import NAMES
from engine.language.onlooker import Onlooker
from engine.language.room import elsewhere
from engine.language.turns import Trainer
from engine.language.values import UNBOUND, Closure, Thing
from engine.recording import Assigned
from engine.value import Accumulation, Value

HANDLERS: Handlers = {
    **variables.HANDLERS,
    **expressions.HANDLERS,
    **displays.HANDLERS,
    **arithmetic.HANDLERS,
    **augmented.HANDLERS,
    **invocations.HANDLERS,
    **comprehensions.HANDLERS,
    **functions.HANDLERS,
    **statements.HANDLERS,
    **loops.HANDLERS,
}
Result = TypeVar("Result")
FRAMES = 200_000  # Python's own limit of nested calls while a program runs; ours of call depth comes first


@dataclass(frozen=True, slots=True)
class Options:
    """What a request may say about a run."""

    inputs: Mapping[str, float]
    output: str | None = None
    seed: int = 0
    accumulation: Accumulation = "pytorch"
    strict: bool = False  # a number taken out of a Value is a fault


@dataclass(frozen=True, slots=True)
class Run:
    """What a program left."""

    output: Value | None
    inputs: tuple[Value, ...]  # those that module statements made, and those that a name holds
    keys: Mapping[int, str]  # of inputs, by serial
    initial: Mapping[int, float]  # by serial, the program's own number of an input that has another
    assigned: Assigned  # what `.data` was before it was written, and when
    passes: tuple[Pass, ...]
    printed: str
    variables: Mapping[str, Thing]
    lines: Mapping[int, int]  # how often each line ran
    machine: Machine


@seldom_collected()
def run_to(  # noqa: PLR0913 - who looks on is no option of a request
    checked: Checked,
    limits: Limits,
    options: Options,
    then: Callable[[Run], Result],
    watcher: Watcher | None = None,
    *,
    trainer: Callable[[Machine], Trainer] | None = None,
    onlooker: Callable[[Machine], Onlooker] | None = None,
) -> Result:
    """Run a program and give `then` what it left; ProgramError with a place where either goes wrong.

    After that the machine has no names any more, so that what nobody else holds is gone at once. `trainer` makes who
    does the turns of loops that train, `onlooker` who looks on at the program's own objects.
    """
    machine = machine_of(limits, options)
    if trainer is not None and not options.strict and options.accumulation == "pytorch":
        machine.trainer = trainer(machine)
    machine.onlooker = onlooker(machine) if onlooker else None
    library = {**NAMES, **machine.onlooker.library} if machine.onlooker else NAMES
    compiler = Compiler(machine, checked, library, HANDLERS)
    deep = sys.getrecursionlimit()
    sys.setrecursionlimit(FRAMES)
    try:
        program = block(compiler, checked.tree.body) if checked.tree.body else None
        machine.globals.extend([UNBOUND] * (len(compiler.module.slots) + 1))
        watched(program, compiler, watcher)
        return then(finished(compiler, options))
    except Fault as fault:
        raise error(fault, checked, limits) from None
    except (RecursionError, MemoryError) as problem:
        raise error(translated(problem), checked, limits) from None
    finally:
        sys.setrecursionlimit(deep)
        machine.let_go()


def machine_of(limits: Limits, options: Options) -> Machine:
    """The machine of a run."""
    return Machine(
        limits,
        call,
        seed=options.seed,
        overrides=options.inputs,
        accumulation=options.accumulation,
        strict=options.strict,
    )


def run(checked: Checked, limits: Limits, options: Options) -> Run:
    """Run a program; ProgramError with a place where it goes wrong."""
    return run_to(checked, limits, options, lambda ended: ended)


def watched(program: Closure | None, compiler: Compiler, watcher: Watcher | None) -> None:
    """Run a compiled program to its end, or for as long as its watcher wants; what comes afterwards is not watched."""
    machine = compiler.machine
    if watcher is not None:
        watcher.begun(machine, partial(left_over, compiler))
        machine.watcher, machine.meter.tick = watcher, watcher.ticked
    with suppress(Halted):
        if program is not None:
            program(machine.globals)
    machine.watcher = machine.meter.tick = None


def error(fault: Fault, checked: Checked, limits: Limits) -> RunError | LimitExceeded:
    """A fault as the error it is, with its place in the text."""
    source = checked.source
    if fault.limit is not None and fault.limit in BUDGETS:
        hint = fault.hint or elsewhere(checked.tree, limits, fault.limit)
        return limits.exceeded(fault.limit, source, fault.node, hint=hint)
    return RunError([source.diagnostic("error", fault.code, fault.message, fault.node, hint=fault.hint)])


def finished(compiler: Compiler, options: Options) -> Run:
    """What is left when the program has ended, after the last pass of the playground's own."""
    machine = compiler.machine
    variables = left_over(compiler)
    unknown = options.inputs.keys() - set(machine.keys.values())
    if unknown:
        raise no_such_input(min(unknown), machine.keys.values())
    output, assigned = chosen(options.output, variables, machine), tuple(machine.assigned)
    if output is not None and output is not machine.root:
        for node in output.history() if machine.passes else ():
            node.grad = 0.0
        machine.backward(output)
        machine.passes[-1] = Pass(serial(output), output.data, None)
    inputs = (*machine.inputs.values(), *(thing for thing in variables.values() if is_input(thing)))
    return Run(
        output=output,
        inputs=inputs,
        keys=machine.keys,
        initial={serial(one): machine.initial[serial(one)] for one in inputs if has_changed(one, machine)},
        assigned=assigned,
        passes=tuple(machine.passes),
        printed="".join(machine.printed),
        variables=variables,
        lines=counted(compiler),
        machine=machine,
    )


def is_input(thing: Thing) -> bool:
    """Whether a thing is what `Value(…)` makes."""
    return thing.__class__ is Value and thing.op is None


def has_changed(one: Value, machine: Machine) -> bool:
    """Whether an input does not hold the program's own number: a request or the program itself gave it another."""
    return machine.initial.get(serial(one), one.data) != one.data


def left_over(compiler: Compiler) -> dict[str, Thing]:
    """The module's names at the end, without those that still hold what was imported or the library's own thing."""
    frame, module, slots = compiler.machine.globals, compiler.scopes.module, compiler.module.slots
    places = {name: slots.get((id(module), name), 0) for name in module.locals}
    found = {name: frame[place] for name, place in places.items() if place}  # a name with nothing but a hint has none
    return {
        name: thing
        for name, thing in found.items()
        if not (thing is UNBOUND or thing is compiler.imported.get(name, UNBOUND) or thing is NAMES.get(name, UNBOUND))
    }


def chosen(name: str | None, variables: Mapping[str, Thing], machine: Machine) -> Value | None:
    """The output: what was asked for, the root of the last pass, the last operation, the last input."""
    if name is not None:
        thing = variables.get(name, UNBOUND)
        if isinstance(thing, Value):
            return thing
        raise no_such_output(name, thing, variables)
    candidates = (machine.root, machine.last, machine.newest)
    return next((value for value in candidates if value is not None), None)  # a Value may be 0


def no_such_output(name: str, thing: Thing, variables: Mapping[str, Thing]) -> Fault:
    """The fault of asking for an output that is none."""
    values = [f"`{one}`" for one, found in variables.items() if isinstance(found, Value)]
    known = f"the Values are {', '.join(values[:20])}" if values else "the program has no Values"
    what = "there is no variable of that name" if thing is UNBOUND else "it is not a Value"
    return Fault("output", f"`{name[:80]}` cannot be the output: {what}", known)


def no_such_input(key: str, keys: Iterable[str]) -> Fault:
    """The fault of moving an input that does not exist."""
    known = [f"`{one}`" for one in keys]
    hint = f"the inputs are {', '.join(known[:50])}" if known else "the program has no inputs"
    return Fault("input", f"there is no input `{key[:80]}`", hint)


def executed(lines: Mapping[int, int]) -> dict[str, JSON]:
    """As answers have it: the lines that ran, and how often those did that ran more than once."""
    return {"executed": [*lines], "counts": {str(line): times for line, times in lines.items() if times > 1}}


def counted(compiler: Compiler) -> dict[int, int]:
    """How often each line ran, by line."""
    found: dict[int, int] = {}
    for lines, hits in zip(compiler.lines, compiler.hits, strict=True):
        for line in lines:
            if hits:
                found[line] = max(hits, found.get(line, 0))
    return dict(sorted(found.items()))

"""How things are called: the program's functions and classes, the library, nets."""

from collections.abc import Callable
from functools import partial
from inspect import Parameter as Argument
from inspect import signature

from engine.language.compare import SCALARS
from engine.language.faults import Fault
from engine.language.iterate import numbers
from engine.language.machine import Machine
from engine.language.nets import parts
from engine.language.values import (
    UNBOUND,
    Bound,
    Builtin,
    Class,
    Code,
    Function,
    Instance,
    Thing,
    kind,
)
from engine.nn import Module
from engine.value import Value

NAMED = (Argument.POSITIONAL_OR_KEYWORD, Argument.KEYWORD_ONLY)
PLACED = (Argument.POSITIONAL_ONLY, Argument.POSITIONAL_OR_KEYWORD)


def builtin(
    function: Callable[..., Thing],
    name: str,
    *,
    makes: bool = False,
    method: bool = False,
    types: tuple[type, ...] = (),
) -> Builtin:
    """A function of ours as one of the library: what it takes is read off its signature, after the machine."""
    taken = list(signature(function).parameters.values())[1:]
    placed = [one for one in taken if one.kind in PLACED]
    return Builtin(
        name=name,
        function=function,
        low=sum(one.default is Argument.empty for one in placed),
        high=None if any(one.kind is Argument.VAR_POSITIONAL for one in taken) else len(placed),
        keywords=frozenset(one.name for one in taken[method:] if one.kind in NAMED),
        makes=makes,
        method=method,
        types=types,
        extra=any(one.kind is Argument.VAR_KEYWORD for one in taken),
    )


def call(machine: Machine, thing: Thing, operands: tuple[Thing, ...], named: dict[str, Thing]) -> Thing:
    """The result of calling `thing`."""
    if thing.__class__ is Function:
        return invoke(machine, thing, operands, named)
    if thing.__class__ is Builtin:
        return library(machine, thing, operands, named)
    if thing.__class__ is Bound:
        return call(machine, thing.function, (thing.owner, *operands), named)
    if thing.__class__ is Class:
        return construct(machine, thing, operands, named)
    if thing.__class__ is Instance:
        method = thing.of.find("__call__")
        if method is UNBOUND:
            raise Fault("type", f"{kind(thing)} cannot be called", "give its class a method `__call__`")
        return call(machine, method, (thing, *operands), named)
    if isinstance(thing, Module):
        return net(machine, thing, operands, named)
    raise uncallable(thing)


def uncallable(thing: Thing) -> Fault:
    """The fault of calling what is no function."""
    if thing is UNBOUND:
        return Fault("name", "a name is used before anything is assigned to it")
    hint = "leave the brackets out, or write `*` to multiply" if isinstance(thing, int | float | Value) else None
    return Fault("type", f"{kind(thing)} cannot be called", hint)


def library(machine: Machine, function: Builtin, operands: tuple[Thing, ...], named: dict[str, Thing]) -> Thing:
    """Call a function of the library; what it makes gets the place of the call."""
    given, high = len(operands), function.high
    if (given < function.low and not named.keys() & function.keywords) or (high is not None and given > high):
        owner = int(function.method)  # is no argument to who calls it
        raise arity(function.name, function.low - owner, None if high is None else high - owner, given - owner)
    if named:
        made = function.function(machine, *operands, **checked(function, operands, named))
    else:
        made = function.function(machine, *operands)
    if function.makes:
        machine.settle(made, machine.site)
    return made


def checked(function: Builtin, operands: tuple[Thing, ...], named: dict[str, Thing]) -> dict[str, Thing]:
    """The keyword arguments, if the function takes them."""
    for name in named:
        if name not in function.keywords and not function.extra:
            known = ", ".join(f"`{one}`" for one in sorted(function.keywords))
            raise Fault(
                "arity",
                f"`{function.name}` takes no argument `{name}`",
                f"it takes {known}" if known else "leave it out",
            )
    taken = list(signature(function.function).parameters.values())[1:]
    places = [one.name for one in taken if one.kind in PLACED]
    for name in places[: len(operands)]:
        if name in named:
            raise Fault("arity", f"`{function.name}` is given `{name}` twice")
    for one in taken:
        if one.default is Argument.empty and one.name in places[len(operands) :] and one.name not in named:
            raise Fault("arity", f"`{function.name}` needs `{one.name}`")
    return named


def arity(name: str, low: int, high: int | None, given: int) -> Fault:
    """The fault of a wrong number of arguments."""
    wanted = f"at least {low}" if high is None else str(low) if low == high else f"{low} to {high}"
    noun = "argument" if wanted in ("1", "at least 1") else "arguments"
    return Fault("arity", f"`{name}` takes {wanted} {noun}, and {given} {'is' if given == 1 else 'are'} given")


def construct(machine: Machine, of: Class, operands: tuple[Thing, ...], named: dict[str, Thing]) -> Instance:
    """A new object of a class of the program."""
    made = Instance(of, {})
    method = of.find("__init__")
    if method is not UNBOUND:
        if call(machine, method, (made, *operands), named) is not None:
            hint = "take away what stands behind `return`"
            raise Fault("type", f"`__init__` of {of.name} must return nothing", hint)
    elif operands or named:
        raise arity(of.name, 0, 0, len(operands) + len(named))
    return made


def invoke(machine: Machine, function: Function, operands: tuple[Thing, ...], named: dict[str, Thing]) -> Thing:
    """Run a function of the program in a frame of its own, inside a scope of its own."""
    code = function.code
    if named or len(operands) != code.exact:
        frame = [function, *bind(machine, function, operands, named), *function.closure, *code.blank]
    else:
        frame = [function, *operands, *function.closure, *code.blank]
    for thing in operands:
        if thing.__class__ is Value and thing.label is None:
            christen(code, operands)
            break
    for slot in code.cells:
        frame[slot] = [frame[slot]]
    frames, scope, site = machine.frames, machine.scope, machine.site
    if len(frames) > machine.call_depth:
        raise Fault("limit", "the calls are nested too deeply", limit="call_depth")
    frames.append(frame)
    machine.scope = ("call", code.name, site.line, scope)
    try:
        result = code.body(frame)  # type: ignore[misc]  # a function is called after it was compiled
    finally:
        machine.scope = scope
        machine.site = site
        frames.pop()
    return result if code.expression else frame[0] if result else None


def christen(code: Code, operands: tuple[Thing, ...]) -> None:
    """Label unlabelled Values by the parameters that take them."""
    for name, thing in zip(code.parameters, operands, strict=False):
        if thing.__class__ is Value and thing.label is None:
            thing.label = name


def bind(machine: Machine, function: Function, operands: tuple[Thing, ...], named: dict[str, Thing]) -> list[Thing]:
    """The parameters' slots, by Python's rules: positional, keyword, default, the rest."""
    code = function.code
    given = dict(zip(code.parameters[: code.positional], operands, strict=False))
    if len(operands) > code.positional and not code.rest:
        raise arity(code.name, code.required, code.positional, len(operands))
    extra: dict[str, Thing] = {}
    for name, thing in named.items():
        if name in given:
            raise Fault("arity", f"`{code.name}` is given `{name}` twice")
        if name in code.parameters:
            given[name] = thing
        elif code.extra:
            extra[name] = thing
        else:
            known = ", ".join(f"`{one}`" for one in code.parameters)
            raise Fault("arity", f"`{code.name}` takes no argument `{name}`", f"it takes {known}" if known else None)
    slots = []
    for name in code.parameters:
        if name not in given and name not in function.defaults:
            raise Fault("arity", f"`{code.name}` needs `{name}`")
        slots.append(given[name] if name in given else function.defaults[name])
    machine.meter.charge(len(operands) + len(named))
    if code.rest:
        slots.append(tuple(operands[code.positional :]))
    if code.extra:
        slots.append(extra)
    return slots


def net(machine: Machine, module: Module, operands: tuple[Thing, ...], named: dict[str, Thing]) -> Thing:
    """Call a neuron, a layer or a net of the library: each gets a scope, each neuron is charged before it runs."""
    if len(operands) != 1 or named:
        raise arity(type(module).__name__, 1, 1, len(operands) + len(named))

    x = operands[0]
    return inside(machine, module, x if x.__class__ in SCALARS else numbers(machine, x, "a net"))


def inside(machine: Machine, module: Module, x: Thing) -> Thing:
    """Compute a neuron, a layer or a net in a scope of its own, and so its parts."""
    within = parts(machine, module)
    scope = machine.scope
    machine.scope = (module.kind, type(module).__name__, machine.site.line, scope)
    if module.kind == "neuron":
        machine.meter.expect(2 * len(within) + 4)
    try:
        return machine.settle(module.forward(x, partial(inside, machine)), machine.site)
    except ValueError as refusal:
        raise Fault("value", str(refusal)) from None
    finally:
        machine.scope = scope

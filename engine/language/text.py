"""How things read: `repr`, `str`, f-strings, `print`. Never Python's own texts for what is ours."""

from engine.language.faults import Fault
from engine.language.machine import Machine
from engine.language.nets import parameters
from engine.language.values import (
    CONTAINERS,
    NUMBERS,
    VIEWS,
    Bound,
    Builtin,
    Class,
    Function,
    Instance,
    Namespace,
    OrderedSet,
    Stream,
    Thing,
)
from engine.nn import Module
from engine.value import Value

PLAIN = NUMBERS | {str, range, type(None)}
BRACKETS: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    OrderedSet: ("{", "}"),
    dict: ("{", "}"),
    **{view: (f"{view.__name__}([", "])") for view in VIEWS},
}


def text(machine: Machine, thing: Thing) -> str:
    """`str(thing)`."""
    return thing if isinstance(thing, str) else show(machine, thing)


def seen(machine: Machine, thing: Thing) -> Thing:
    """The thing that a text is made of; noted if it may be, or hold, a Value."""
    if thing.__class__ not in PLAIN:
        machine.peek("makes a text of a Value")
    return thing


def show(machine: Machine, thing: Thing) -> str:
    """`repr(thing)`."""
    parts: list[str] = []
    _show(machine, thing, parts, [], machine.limits.sequence)
    return "".join(parts)


def _show(machine: Machine, thing: Thing, parts: list[str], around: list[int], room: int) -> int:
    """Append the text of `thing` to `parts`; what is left of `room`. `around` holds the containers it stands in."""
    if type(thing) in CONTAINERS:
        return _show_container(machine, thing, parts, around, room)
    word = _word(machine, thing)
    return _append(machine, parts, word, room)


def _append(machine: Machine, parts: list[str], word: str, room: int) -> int:
    machine.meter.charge(1 + len(word) // 64)
    if len(word) > room:
        machine.meter.sized(machine.limits.sequence + 1)
    parts.append(word)
    return room - len(word)


def _show_container(machine: Machine, thing: Thing, parts: list[str], around: list[int], room: int) -> int:
    start, end = BRACKETS[type(thing)]
    if id(thing) in around:
        return _append(machine, parts, f"{start}...{end}", room)
    if len(around) >= machine.limits.data_depth:
        raise Fault("limit", "nested too deeply", limit="data_depth")
    if isinstance(thing, OrderedSet) and not thing.items:
        return _append(machine, parts, "set()", room)
    around.append(id(thing))
    room = _append(machine, parts, start, room)
    for position, item in enumerate(list(thing)):
        if position:
            room = _append(machine, parts, ", ", room)
        room = _show(machine, item, parts, around, room)
        if isinstance(thing, dict):
            room = _append(machine, parts, ": ", room)
            room = _show(machine, thing[item], parts, around, room)
    around.pop()
    if isinstance(thing, tuple) and len(thing) == 1:
        end = ",)"
    return _append(machine, parts, end, room)


def _word(machine: Machine, thing: Thing) -> str:
    """The text of what is no container."""
    if machine.onlooker is not None:
        thing = machine.onlooker.known(thing)
    match thing:
        case None | bool() | int() | float() | str() | Value() | range():
            return repr(thing)
        case Module():
            parameters(machine, thing)
            return repr(thing)
        case Instance():
            return _instance(machine, thing)
        case Class():
            return f"<class '{thing.name}'>"
        case Function():
            return f"<function {thing.code.name}>"
        case Bound():
            name = thing.function.code.name if isinstance(thing.function, Function) else thing.function.name
            return f"<method {name}>"
        case Builtin(types=(_, *_)):
            return f"<class '{thing.name}'>"
        case Builtin():
            return f"<function {thing.name}>"
        case Namespace():
            return f"<module {thing.name}>"
        case Stream():
            return f"<{thing.name}>"
        case _:
            return f"<{type(thing).__name__}>"


def _instance(machine: Machine, thing: Instance) -> str:
    method = thing.of.find("__repr__")
    if not isinstance(method, Function):
        return f"<{thing.of.name} object>"
    shown = machine.call(method, thing)
    if not isinstance(shown, str):
        raise Fault("type", f"`__repr__` of {thing.of.name} must return a text")
    return shown


def formatted(machine: Machine, thing: Thing, spec: str) -> str:
    """One field of an f-string; the grammar has checked the spec."""
    seen(machine, thing)
    if not spec:
        return text(machine, thing)
    if isinstance(thing, str | int | float | Value):
        try:
            return format(thing, spec)
        except (ValueError, OverflowError):
            hint = "write one such as `{x:.3f}`"
            raise Fault("value", f"the format `{spec}` does not fit {text(machine, thing)[:40]}", hint) from None
    raise Fault("type", f"the format `{spec}` does not fit {show(machine, thing)[:40]}", "leave the format out")

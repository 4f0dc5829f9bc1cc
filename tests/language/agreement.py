"""A program run by us and by CPython: what each of the two says happened, in a form that can be compared."""

import struct
import traceback
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.language.errors import ProgramError
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.names import vocabulary
from engine.language.run import Options, Run, run
from engine.language.variables import describe
from engine.leaf import Parameter
from engine.value import Value
from tests.reference import described, run_reference

LIMITS = Limits()
NAMES = vocabulary()
OPAQUE = ("function", "class", "instance", "module")  # of these only the type is compared: their text is ours


@dataclass(frozen=True)
class Outcome:
    """What a program did. Where it failed, only the line counts."""

    failed: int | None = None
    printed: str = ""
    variables: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    parameters: list[Any] = field(default_factory=list)
    output: Any = None


def ran(source: str, options: Options = Options(inputs={})) -> Run:  # noqa: B008  # frozen
    """The program, run by us."""
    return run(check(source, LIMITS, NAMES), LIMITS, options)


def ours(source: str, seed: int = 0) -> Outcome:
    """What we say of a program."""
    try:
        found = ran(source, Options(inputs={}, seed=seed))
    except ProgramError as error:
        return Outcome(failed=error.diagnostics[0].line)
    variables: dict[str, Any] = describe(found.machine, found.variables, lambda _: None)
    leaves = {id(leaf): leaf for leaf in (*found.inputs, *leaves_of(found.output))}.values()
    return Outcome(
        printed=found.printed,
        variables={name: shown(one["type"], one["value"]) for name, one in variables.items()},
        inputs={found.keys[leaf.origin[2]]: numbers(leaf) for leaf in leaves if leaf.origin and not of_net(leaf)},
        parameters=sorted((leaf.label or "", *numbers(leaf)) for leaf in leaves if of_net(leaf)),
        output=None if found.output is None else numbers(found.output),
    )


def cpythons(source: str, seed: int = 0) -> Outcome:
    """What CPython says of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            found = run_reference(source, seed)
        except Exception as error:  # noqa: BLE001  # whatever a program raises
            frames = traceback.extract_tb(error.__traceback__)
            return Outcome(failed=next(frame.lineno for frame in reversed(frames) if frame.filename == "program"))
    leaves = leaves_of(found.output)
    return Outcome(
        printed=found.printed,
        variables={name: shown(*described(x)) for name, x in found.variables.items()},
        inputs={key: (bits(found.data[key]), bits(found.grads[key])) for key in found.data},
        parameters=sorted((leaf.label or "", *numbers(leaf)) for leaf in leaves if of_net(leaf)),
        output=None if found.output is None else numbers(found.output),
    )


def disagreement(source: str, seed: int = 0) -> list[str]:
    """In what the two differ."""
    we, they = ours(source, seed), cpythons(source, seed)
    if we.failed or they.failed:
        return [] if we.failed == they.failed else [f"we fail in line {we.failed}, CPython in line {they.failed}"]
    pairs = {
        "printed": (we.printed, they.printed),
        "output": (we.output, they.output),
        "parameters": (we.parameters, they.parameters),
        **{f"variable {name}": (we.variables.get(name), they.variables.get(name))
           for name in sorted(we.variables.keys() | they.variables.keys())},
        **{f"input {key}": (pair, they.inputs[key]) for key, pair in we.inputs.items() if key in they.inputs},
    }  # fmt: skip
    return [f"{what}: {one!r} here, {other!r} in CPython" for what, (one, other) in pairs.items() if one != other]


def leaves_of(value: Value | None) -> Iterator[Value]:
    return (node for node in value.history() if node.op is None) if value is not None else iter(())


def of_net(leaf: Value) -> bool:
    return isinstance(leaf, Parameter)


def numbers(value: Value) -> tuple[str, str]:
    return bits(value.data), bits(value.grad)


def bits(number: float) -> str:
    """A number so that two are the same only if all their bits are; all that are none are one."""
    return "nan" if number != number else struct.pack(">d", number).hex()  # noqa: PLR0124


def shown(kind: str, thing: object) -> tuple[str, object]:
    return kind, None if kind in OPAQUE else exactly(thing)


def exactly(thing: object) -> object:
    """A variable's value, its numbers bit for bit."""
    if isinstance(thing, float):
        return {"nan": "NaN", "7ff0000000000000": "Infinity", "fff0000000000000": "-Infinity"}.get(
            bits(thing), bits(thing)
        )
    if isinstance(thing, dict):
        return {name: exactly(one) for name, one in thing.items()}
    return [exactly(one) for one in thing] if isinstance(thing, list) else thing

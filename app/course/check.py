"""The check of a chapter: a number to say, a node to choose, or a program to change until something holds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.course.quantity import Condition, Graph, NotUnderstoodError, Quantity, conditions, inputs, measured, quantity

KINDS = ("number", "node", "program")
WITHIN = 0.005  # how far off a number may be: who rounds to two digits is right
PLACE = re.compile(r"\s+at\s+(?P<inputs>.+)$")

When = TypeVar("When")


@dataclass(frozen=True, slots=True)
class Hint(Generic[When]):
    """What to say to one kind of wrong answer: a number, a node's name, or a state of the program."""

    when: When
    text: str


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """Say a number; it is measured in the chapter's program, with inputs at `inputs`."""

    ask: str
    right: str
    wrong: str
    hints: tuple[Hint[Quantity], ...]
    answer: Quantity
    inputs: Mapping[str, float] = field(default_factory=dict)
    within: float = WITHIN
    kind = "number"

    def describe(self, graph: Graph, source: str) -> dict[str, Any]:
        """What the page needs to judge an answer."""
        answer, *hints = [measured(one, graph, source) for one in (self.answer, *(hint.when for hint in self.hints))]
        return {"kind": self.kind, "answer": answer, "within": self.within, "hints": hints}


@dataclass(frozen=True, slots=True)
class NodeCheck:
    """Choose a node, by the name the page has for it."""

    ask: str
    right: str
    wrong: str
    hints: tuple[Hint[str], ...]
    answer: str
    kind = "node"

    def describe(self) -> dict[str, object]:
        """What the page needs to judge an answer."""
        return {"kind": self.kind, "answer": self.answer, "hints": [hint.when for hint in self.hints]}


@dataclass(frozen=True, slots=True)
class ProgramCheck:
    """Change the program, or move its inputs, until all conditions hold."""

    ask: str
    right: str
    wrong: str
    hints: tuple[Hint[tuple[Condition, ...]], ...]
    answer: tuple[Condition, ...]
    kind = "program"

    def describe(self) -> dict[str, object]:
        """What the page needs to judge an answer."""
        hints = [[one.describe() for one in hint.when] for hint in self.hints]
        return {"kind": self.kind, "answer": [one.describe() for one in self.answer], "hints": hints}


Check = NumberCheck | NodeCheck | ProgramCheck


def read_check(lines: Iterable[str]) -> Check:
    """Read a check; NotUnderstoodError says what is wrong with it."""
    facts, said = _facts(lines)
    kinds = [kind for kind in KINDS if kind in facts]
    if len(kinds) != 1:
        raise NotUnderstoodError(f"a check has one of {', '.join(f'`{kind}:`' for kind in KINDS)}")
    missing = [name for name in ("ask", "right", "wrong") if name not in facts]
    if missing:
        raise NotUnderstoodError(f"the check lacks `{missing[0]}:`")
    unknown = facts.keys() - {"ask", "right", "wrong", kinds[0]} - ({"within"} if kinds == ["number"] else set())
    if unknown:
        raise NotUnderstoodError(f"a check has no `{min(unknown)}:`")
    if kinds == ["number"]:
        return _number_check(facts, said)
    spoken = (facts["ask"], facts["right"], facts["wrong"])
    if kinds == ["node"]:
        return NodeCheck(*spoken, tuple(Hint(when, text) for when, text in said), facts["node"])
    hints = tuple(Hint(conditions(when), text) for when, text in said)
    return ProgramCheck(*spoken, hints, conditions(facts["program"]))


def _number_check(facts: Mapping[str, str], said: Iterable[tuple[str, str]]) -> NumberCheck:
    wanted, place = facts["number"], PLACE.search(facts["number"])
    return NumberCheck(
        facts["ask"],
        facts["right"],
        facts["wrong"],
        tuple(Hint(quantity(when), text) for when, text in said),
        quantity(wanted[: place.start()] if place else wanted),
        inputs(place["inputs"]) if place else {},
        _tolerance(facts.get("within", str(WITHIN))),
    )


def _tolerance(text: str) -> float:
    if not re.fullmatch(r"\d+\.?\d*|\.\d+", text):
        raise NotUnderstoodError(f"`within: {text}` is not how far off a number may be")
    return float(text)


def _facts(lines: Iterable[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The lines `name: text`, and those `hint WHEN: text`; a text may go on in lines that are indented."""
    whole: list[str] = []
    for line in lines:
        if line.startswith((" ", "\t")) and whole:
            whole[-1] += f" {line.strip()}"
        elif line.strip():
            whole.append(line.strip())
    facts: dict[str, str] = {}
    hints: list[tuple[str, str]] = []
    for line in whole:
        name, colon, text = line.partition(": ")
        if not colon or not text.strip():
            raise NotUnderstoodError(f"`{line}` is no line `name: text`")
        if name.startswith("hint "):
            hints.append((name.removeprefix("hint "), text.strip()))
        elif name in facts:
            raise NotUnderstoodError(f"there are two lines `{name}:`")
        else:
            facts[name] = text.strip()
    return facts, hints

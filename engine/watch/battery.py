"""A battery: the small programs that an engine is tried with, read from one TOML file.

Each `[[skill]]` has a `name` and a `program`, and may have `points`, and budgets of its own: `steps` and `nodes`. A
step is the interpreter's, so that a skill is bounded alike on every machine. What is wrong with a file is said with its
line.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from engine.explain.figures import visible
from engine.language.errors import Diagnostic, ProgramError, Source
from engine.language.grammar.checked import MOST, check
from engine.language.grammar.vocabulary import Names
from engine.language.limits import Limits
from engine.watch.onlooker import ROOM

OURS = Path(__file__).parent / "battery.toml"
MOST_SKILLS = 200
MOST_POINTS = 1_000
STEPS = 200_000  # seven times what a right engine needs for the hardest skill of our own battery
NAME = "Value"  # what programs of a battery call the engine, whatever it is called
CLASS = re.compile(rf"\b{NAME}\b")
HEADER = re.compile(r"\s*\[\[\s*[\"']?skill[\"']?\s*\]\]")
KEY = re.compile(r"""[\s\[]*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[=.\]]""")
PART = re.compile(  # texts, which may have several lines, and comments, which may look like texts
    r"""\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*""", re.DOTALL
)
PLACE = re.compile(r" \(at line (\d+), column \d+\)$")
DEEP = "its tables are nested too deeply"
LONG = "one of its numbers has too many digits"


@dataclass(frozen=True, slots=True)
class Skill:
    """One program of a battery: what it is about, what it is worth, and what it may use."""

    name: str
    program: str
    points: float = 1.0
    steps: int = STEPS
    nodes: int = ROOM


class Key(NamedTuple):
    """A key of a skill: of what kind its value is, and what it may be."""

    kinds: tuple[type, ...]
    least: float
    most: float
    said: str


KEYS: Mapping[str, Key] = {
    "name": Key((str,), 1, 100, "a text of 1 to 100 letters"),
    "program": Key((str,), 1, Limits().source_bytes, "a text"),
    "points": Key((int, float), 0, MOST_POINTS, f"a number from 0 to {MOST_POINTS:,}"),
    "steps": Key((int,), 1_000, Limits().steps, f"a whole number from 1,000 to {Limits().steps:,}"),
    "nodes": Key((int,), 1, ROOM, f"a whole number from 1 to {ROOM:,}"),
}
NEEDED = ("name", "program")
OF_ENGINE = ("name", "attribute")  # what an engine may define that the language does not have


class BatteryError(ProgramError):
    """A file that is no battery; `diagnostics` say why, with their lines."""


@cache
def ours() -> tuple[Skill, ...]:
    """The battery that engines are tried with where no other is given."""
    return tuple(map(skill, tomllib.loads(OURS.read_text("utf-8"))["skill"]))


def battery(text: str, limits: Limits, names: Names) -> tuple[Skill, ...]:
    """The skills of a file's text; BatteryError where it is none."""
    found = File(text)
    problems = list(islice(found.problems(limits, names), MOST))
    if problems:
        raise BatteryError(problems)
    return tuple(map(skill, found.tables))


def skill(table: Mapping[str, Any]) -> Skill:
    """A skill as its table has it."""
    points = float(table.get("points", 1.0))
    return Skill(**{**table, "program": table["program"].strip() + "\n", "points": points})


class File:
    """The text of a battery, and where in it things stand."""

    def __init__(self, text: str) -> None:
        self.source = Source(text)
        self.lines = text.split("\n")
        try:
            self.whole = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            message, place = str(problem), PLACE.search(str(problem))
            line = int(place[1]) if place else len(text.splitlines())
            raise BatteryError([self.wrong(PLACE.sub("", message), line)]) from None
        except ValueError:
            raise BatteryError([self.wrong(LONG, None)]) from None
        except RecursionError:
            raise BatteryError([self.wrong(DEEP, None)]) from None
        skills = self.whole.get("skill")
        self.tables: list[Any] = skills if isinstance(skills, list) else []

    def wrong(self, message: str, line: int | None) -> Diagnostic:
        """One thing that is wrong."""
        return self.source.diagnostic("error", "battery", f"the battery: {message}", line)

    def problems(self, limits: Limits, names: Names) -> Iterator[Diagnostic]:
        """All that is wrong."""
        for name in [name for name in self.whole if name != "skill"]:
            yield self.wrong(f"there is no `{visible(name)}` beside `[[skill]]`", self.key(name, 0))
        if not 0 < len(self.tables) <= MOST_SKILLS:
            yield self.wrong(f"it needs 1 to {MOST_SKILLS} tables `[[skill]]`, and has {len(self.tables)}", None)
            return
        told = set[str]()
        for place, table in enumerate(self.tables):
            if not isinstance(table, dict):
                yield self.wrong("`skill` holds tables: write `[[skill]]` above each", self.header(place))
                continue
            found = [*self.of_skill(table, place)] or [*self.of_program(table, place, limits, names)]
            yield from found
            if not found and table["name"] in told:
                yield self.wrong(f"two skills are called `{visible(table['name'])}`", self.header(place))
            told.add(str(table.get("name")))

    def of_skill(self, table: Mapping[str, Any], place: int) -> Iterator[Diagnostic]:
        """What is wrong with the keys of a skill."""
        for name in NEEDED:
            if name not in table:
                yield self.wrong(f"this skill has no `{name}`", self.header(place))
        for name, value in table.items():
            key = KEYS.get(name)
            if key is None:
                known = ", ".join(f"`{one}`" for one in KEYS)
                message = f"a skill has no `{visible(name)}`; it may have {known}"
                yield self.wrong(message, self.key(name, self.header(place)))
            elif type(value) not in key.kinds or not key.least <= measure(value) <= key.most:
                yield self.wrong(f"`{name}` must be {key.said}", self.key(name, self.header(place)))

    def of_program(self, table: Mapping[str, Any], place: int, limits: Limits, names: Names) -> Iterator[Diagnostic]:
        """What is wrong with a program that no engine could mend: names it may know, forms it cannot change."""
        called = f"the program of `{visible(table['name'])}`"
        found = [] if CLASS.search(table["program"]) else [f" makes no `{NAME}`: that is what it calls the engine"]
        try:
            check(skill(table).program, limits, names)
        except ProgramError as problem:
            others = [one for one in problem.diagnostics if one.code not in OF_ENGINE]
            found += [f", line {one.line or 1}: {one.message}" for one in others]
        for one in found:
            yield self.wrong(called + one, self.key("program", self.header(place)))

    def header(self, place: int) -> int | None:
        """The line of a skill's `[[skill]]`; None where the tables are written otherwise."""
        return self.headers[place] if len(self.headers) == len(self.tables) else None

    @cached_property
    def headers(self) -> list[int]:
        """The lines of all `[[skill]]` that do not stand in a text."""
        return [at for at, line in enumerate(self.lines, 1) if HEADER.match(line) and at not in self.texts]

    @cached_property
    def keys(self) -> Mapping[str, list[int]]:
        """By the key that a line begins with, the lines, but for those in a text."""
        found: dict[str, list[int]] = {}
        for at, line in enumerate(self.lines, 1):
            if (key := KEY.match(line)) and at not in self.texts:
                found.setdefault(key[1] or key[2] or key[3], []).append(at)
        return found

    @cached_property
    def texts(self) -> set[int]:
        """The lines that begin within a text of several lines."""
        found = set[int]()
        line, place = 1, 0
        for part in PART.finditer(self.source.text):
            line, place = line + self.source.text.count("\n", place, part.start()), part.start()
            found.update(range(line + 1, line + part[0].count("\n") + 1))
        return found

    def key(self, name: str, header: int | None) -> int | None:
        """The line of a key below a header, or above them all; else the header's."""
        lines = self.keys.get(name, []) if header is not None else []
        place = bisect_right(lines, header or 0)
        return lines[place] if place < len(lines) else header or None


def measure(value: str | float) -> float:
    """How large a value is: a text by its length."""
    return len(value.strip()) if isinstance(value, str) else value

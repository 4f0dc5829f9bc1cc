"""An engine against a battery of small programs: per skill whether it is right, and of all of them the causes."""

import ast
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import process_time

from engine.explain.templates import words
from engine.language.errors import ProgramError
from engine.language.grammar.checked import Checked, check
from engine.language.grammar.vocabulary import Names
from engine.language.limits import Limits
from engine.language.run import Options
from engine.watch.answers import JSON, cause
from engine.watch.ended import endings
from engine.watch.findings import Finding
from engine.watch.onlooker import OPERATORS
from engine.watch.sentences import FOLDER, sentence
from engine.watch.watching import Watched, watch

BATTERY = Path(__file__).parent / "battery.toml"
STEPS = 200_000  # for one skill: the same on every machine, and seven times what a right engine needs
SECONDS = 1.2  # of the processor, for all of them
DEFINES = (ast.ClassDef, ast.FunctionDef)
CLASS = re.compile(r"\bValue\b")


@dataclass(frozen=True, slots=True)
class Skill:
    """One program of the battery, and what it is about."""

    name: str
    program: str


@cache
def battery(path: Path = BATTERY) -> tuple[Skill, ...]:
    """The skills of a file."""
    found = tomllib.loads(path.read_text("utf-8"))
    return tuple(Skill(one["name"], one["program"].strip() + "\n") for one in found["skill"])


def graded(source: str, limits: Limits, names: Names, language: str, skills: Sequence[Skill]) -> dict[str, JSON]:
    """What an engine can do; ProgramError where its text is none."""
    checked = check(source, limits, names)
    engine = engine_of(checked.tree)
    if engine is None:
        nothing = words(language, FOLDER)["nothing"]
        none: list[JSON] = [{"name": skill.name, "passed": False, "message": nothing} for skill in skills]
        return {"right": False, "class": None, "skills": none, "causes": []}
    definitions, deadline = only_definitions(source, checked.tree, engine), process_time() + SECONDS
    told: dict[tuple[JSON, ...], dict[str, JSON]] = {}
    rows: list[JSON] = []
    right = True
    for skill in skills:
        text = f"{definitions}\n{CLASS.sub(engine, skill.program)}"
        left = deadline - process_time()
        within = replace(limits, steps=STEPS, cpu_seconds=min(left, limits.cpu_seconds)) if left > 0 else None
        seen = tried(text, within, names) if within else late(checked, limits)
        findings = seen.findings or silence(seen)
        first = next(iter(findings), None)
        ended = seen.ended[0].message if seen.ended else None
        message = sentence(first, seen.theirs, language) if first else ended
        rows.append({"name": skill.name, "passed": message is None, "message": message})
        right = right and (message is None or (first is not None and first.cause == "missing"))
        for one in findings:
            found = plainly(cause(one, seen.theirs, language), definitions.count("\n") + 1)
            told.setdefault((found["cause"], found["line"], found["op"]), found)
    causes = sorted(told.values(), key=lambda one: one["cause"] == "missing")
    return {"right": right, "class": engine, "skills": rows, "causes": causes}


def tried(text: str, limits: Limits, names: Names) -> Watched:
    """A program run and looked at, or what speaks against it."""
    try:
        checked = check(text, limits, names)
    except ProgramError as error:
        return Watched(None, tuple(error.diagnostics), ())
    try:
        return watch(checked, limits, Options({}))
    except ProgramError as error:  # there was too much to look at
        found = tuple(error.diagnostics)
        return Watched(None, found, tuple(endings(checked, None, found)))


def late(checked: Checked, limits: Limits) -> Watched:
    """What is said of a skill for which there was no time left."""
    return Watched(None, tuple(limits.exceeded("cpu_seconds", checked.source, None).diagnostics), ())


def silence(seen: Watched) -> tuple[Finding, ...]:
    """What is wrong where no gradient was written at all."""
    theirs = seen.theirs
    if seen.ended or (theirs and any(one.flows for walk in theirs.walks for one in walk.deposits)):
        return ()
    return (Finding("order", node=len(theirs.nodes) - 1 if theirs and theirs.nodes else None),)


def plainly(one: dict[str, JSON], lines: int) -> dict[str, JSON]:
    """A cause as it is published: without places in the battery's programs."""
    line = one["line"]
    return {
        "cause": one["cause"],
        "line": line if isinstance(line, int) and line <= lines else None,
        "op": one["op"],
        "message": one["message"],
    }


def engine_of(tree: ast.Module) -> str | None:
    """The class that computes: one with a method for an operator, the one with most of them."""
    found = {
        node.name: sum(isinstance(part, ast.FunctionDef) and part.name in OPERATORS for part in node.body)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    return max(found, key=lambda name: found[name], default=None) if any(found.values()) else None


def only_definitions(source: str, tree: ast.Module, engine: str | None) -> str:
    """The text without what the module does with the engine, every line where it was."""
    lines = source.splitlines()
    kept, of_engine = set[int](), {engine}
    for node in tree.body:
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        if isinstance(node, DEFINES):
            of_engine |= {node.name} if names & of_engine else set()
        elif names & of_engine:
            of_engine |= names
            continue
        kept.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return "\n".join(line if number in kept else "" for number, line in enumerate(lines, 1))

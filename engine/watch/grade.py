"""An engine against a battery of small programs: per skill whether it is right, and of all of them the causes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from engine.explain.templates import fill, words
from engine.language.errors import JSON, ProgramError
from engine.language.grammar.checked import check
from engine.language.grammar.vocabulary import Names
from engine.language.limits import Limits
from engine.language.run import Options
from engine.watch.answers import cause
from engine.watch.battery import CLASS, OF_ENGINE, Skill
from engine.watch.definitions import Definitions, engine_of
from engine.watch.ended import endings
from engine.watch.findings import Finding
from engine.watch.sentences import FOLDER
from engine.watch.theirs import Theirs
from engine.watch.watching import Watched, watch


def graded(
    source: str, limits: Limits, names: Names, language: str, skills: Sequence[Skill], most: int | None = None
) -> dict[str, JSON]:
    """What an engine can do, in at most so many steps for all skills; ProgramError where its text is none."""
    checked = check(source, limits, names)
    engine = engine_of(checked.tree)
    if engine is None:
        nothing: dict[str, JSON] = {"cause": None, "line": None, "message": words(language, FOLDER)["nothing"]}
        return marked(None, [said(skill, nothing) for skill in skills], [], right=False)
    definitions = Definitions(source, checked.tree, engine)
    left = inf if most is None else most
    told: dict[tuple[JSON, ...], dict[str, JSON]] = {}
    rows: list[dict[str, JSON]] = []
    for skill in skills:
        program = CLASS.sub(engine, skill.program)
        text = f"{definitions.before(program)}\n{program}"
        within = replace(limits, steps=int(min(skill.steps, left)))
        seen = tried(text, within, names) if left > 0 else unseen(limits.exceeded("steps", checked.source, None))
        left -= seen.steps
        findings = seen.findings or silence(seen)
        theirs = placeless(seen.theirs, len(definitions.lines)) if findings else None
        causes = [plainly(cause(one, theirs, language), len(definitions.lines)) for one in findings]
        rows.append(row(skill, seen, causes, language))
        for found in causes:
            told.setdefault((found["cause"], found["line"], found["op"]), found)
    right = all(one["passed"] or one["cause"] == "missing" for one in rows)
    return marked(engine, rows, sorted(told.values(), key=lambda one: one["cause"] == "missing"), right=right)


def marked(
    engine: str | None, rows: Sequence[dict[str, JSON]], causes: Sequence[dict[str, JSON]], *, right: bool
) -> dict[str, JSON]:
    """The answer, with the points of all skills together."""
    worth = [(one["points"], one["of"]) for one in rows]
    points, of = (sum(one for one in column if isinstance(one, int | float)) for column in zip(*worth, strict=True))
    return {"right": right, "class": engine, "points": points, "of": of, "skills": rows, "causes": causes}


def row(skill: Skill, seen: Watched, causes: Sequence[dict[str, JSON]], language: str) -> dict[str, JSON]:
    """What is said of one skill: its first cause, or what ended it."""
    if causes:
        return said(skill, causes[0])
    message = crowded(skill, seen, language)
    if message is None and seen.ended:
        message = seen.ended[0].message
    return said(skill, {"cause": None, "line": None, "message": message})


def said(skill: Skill, first: dict[str, JSON]) -> dict[str, JSON]:
    """A skill as it is published."""
    passed = first["message"] is None
    return {
        "name": skill.name,
        "passed": passed,
        "points": skill.points if passed else 0.0,
        "of": skill.points,
        **{key: first[key] for key in ("cause", "line", "message")},
    }


def crowded(skill: Skill, seen: Watched, language: str) -> str | None:
    """What is said where an engine makes more numbers than it may, or than are looked at."""
    theirs = seen.theirs
    if theirs is None or (len(theirs.nodes) <= skill.nodes and (theirs.whole or seen.ended)):
        return None
    return fill(words(language, FOLDER)["crowded"], most=f"{skill.nodes:,}")


def tried(text: str, limits: Limits, names: Names) -> Watched:
    """A program run and looked at, or what speaks against it."""
    try:
        checked = check(text, limits, names)
    except ProgramError as error:
        return unseen(error, *absent(text, error))
    try:
        return watch(checked, limits, Options({}))
    except ProgramError as error:  # there was too much to look at
        return unseen(error, *endings(checked, None, error.diagnostics))


def unseen(error: ProgramError, *findings: Finding) -> Watched:
    """What is said of a program of which nothing was seen."""
    return Watched(None, error, findings)


def absent(text: str, error: ProgramError) -> Iterator[Finding]:
    """What a program asks for that no engine and nothing of the language has."""
    for one in error.diagnostics:
        if one.code in OF_ENGINE and one.span:
            yield Finding("missing", one.line, text=text[slice(*one.span)].rpartition(".")[2])


def silence(seen: Watched) -> tuple[Finding, ...]:
    """What is wrong where no gradient was written at all."""
    theirs = seen.theirs
    if seen.ended or (theirs and any(one.flows for walk in theirs.walks for one in walk.deposits)):
        return ()
    return (Finding("order", node=len(theirs.nodes) - 1 if theirs and theirs.nodes else None),)


def placeless(theirs: Theirs | None, lines: int) -> Theirs | None:
    """The record, where nodes that the battery's program made have no line: it is none of the file's."""
    if theirs is None:
        return None
    nodes = (one if (one.line or 0) <= lines else one._replace(line=None) for one in theirs.nodes)
    return replace(theirs, nodes=tuple(nodes))


def plainly(one: dict[str, JSON], lines: int) -> dict[str, JSON]:
    """A cause as it is published: without places in the battery's programs."""
    line = one["line"]
    return {
        "cause": one["cause"],
        "line": line if isinstance(line, int) and line <= lines else None,
        "op": one["op"],
        "message": one["message"],
    }

"""What there is to say of a watched engine: its graph as a graph document, its steps, the truth, and the causes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from engine.explain.templates import words
from engine.language.errors import JSON, Diagnostic, Source
from engine.language.run import executed
from engine.watch.drawing import Drawing, closing, drawing, rows, structure
from engine.watch.findings import Finding
from engine.watch.sentences import FOLDER, sentence
from engine.watch.taking import Taken
from engine.watch.theirs import Theirs
from engine.watch.watching import Watched

SCHEMA = "own/1"


class Steps(NamedTuple):
    """What is drawn, its steps, the causes with their places among them, and the steps as rows."""

    drawn: Drawing | None
    taken: Taken | None
    causes: Sequence["Told"]
    rows: Sequence[JSON]


def steps(seen: Watched, language: str, nodes: int) -> Steps:
    """The steps of the first pass in which something is wrong, else of the last, with at most so many nodes."""
    theirs = seen.theirs
    drawn = drawing(theirs, chosen(theirs, seen.findings), nodes) if theirs else None
    taken = Taken(drawn) if drawn else None
    causes = [told(one, theirs, taken, language) for one in seen.findings]
    return Steps(drawn, taken, causes, taken.rows({one.at for one in causes}) if taken else [])


def described(seen: Watched, source: Source, language: str, nodes: int) -> tuple[dict[str, JSON], Sequence[JSON]]:
    """The answer without its steps, and these."""
    theirs = seen.theirs
    drawn, taken, causes, found = steps(seen, language, nodes)
    return {
        "directed": True,
        "multigraph": True,
        "graph": facts(drawn, taken, len(found)),
        **(rows(drawn) if drawn else {"nodes": [], "edges": [], "scopes": []}),
        "variables": {},
        "passes": [] if drawn is None or drawn.walk is None else began(drawn),
        "lines": executed(seen.lines),
        "printed": seen.printed.splitlines(),
        "diagnostics": [one.describe() for one in problems(seen, causes, source, language)],
        "engine": {
            "right": theirs is not None and not seen.ended and all(one.cause == "missing" for one in seen.findings),
            "first": min((one.at for one in causes if one.at is not None), default=None),
            "causes": [cause(one.finding, theirs, language) | {"at": one.at, "instead": one.instead} for one in causes],
            **roles(theirs),
            "closing": closing(drawn) if drawn else None,
            "turns": seen.turns,
            **effort(drawn),
        },
    }, found


def chosen(theirs: Theirs, findings: Sequence[Finding]) -> int | None:
    """The pass that is shown."""
    passes = passed(theirs)
    return next((one.walk for one in findings if one.walk is not None), passes[-1] if passes else None)


def passed(theirs: Theirs | None) -> list[int]:
    """The walks that hand gradients on."""
    walks = theirs.walks if theirs else ()
    return [number for number, walk in enumerate(walks) if any(one.flows for one in walk.deposits)]


def facts(drawn: Drawing | None, taken: Taken | None, steps: int) -> dict[str, JSON]:
    """What is true of the graph as a whole."""
    return {
        "schema": SCHEMA,
        "output": drawn.output if drawn else None,
        "structure": structure(drawn) if drawn else "",
        "order": taken.order if taken else [],
        "steps": steps,
        "truncated": drawn is not None and drawn.truncated,
        "replayable": False,
        "reruns_because": None,
    }


def began(drawn: Drawing) -> list[JSON]:
    """The pass that is shown, as passes are told of."""
    data = None if drawn.output is None else drawn.theirs.nodes[drawn.output].data
    return [] if data is None else [{"output": drawn.output, "data": data, "line": None}]


def roles(theirs: Theirs | None) -> dict[str, JSON]:
    """How the engine was recognised, and whether all it did is told."""
    if theirs is None:
        return {"attributes": None, "whole": True, "passes": 0}
    attributes: JSON = {"number": theirs.number, "gradient": theirs.gradient, "links": list(theirs.links)}
    return {"attributes": attributes, "whole": theirs.whole, "passes": len(passed(theirs))}


def effort(drawn: Drawing | None) -> dict[str, JSON]:
    """How often the engine visits nodes and writes gradients in the pass, and what the playground's own pass needs."""
    if drawn is None or drawn.walk is None:
        return {"visits": 0, "writes": 0, "operations": 0, "edges": 0}
    deposits = [one for one in drawn.theirs.walks[drawn.walk].deposits if one.kind == "deposit"]
    used = [i for i in drawn.true if drawn.theirs.nodes[i].operands]
    return {
        "visits": len({(one.visit, one.flows[0].source) for one in deposits}),
        "writes": len(deposits),
        "operations": len(used),
        "edges": sum(len(drawn.theirs.nodes[i].operands) for i in used),
    }


class Told(NamedTuple):
    """A finding with its steps counted as they are drawn; after how many it shows, and should have; its sentence."""

    finding: Finding
    at: int | None
    instead: int | None
    message: str


def told(one: Finding, theirs: Theirs | None, taken: Taken | None, language: str) -> Told:
    """What is told of a finding."""
    at = taken.found(one) if taken else None
    instead = taken.at(one.later) if taken and at is not None else None
    counted = one if at is None else replace(one, step=at - 1, later=None if instead is None else instead - 1)
    return Told(counted, at, instead, sentence(counted, theirs, language))


def problems(seen: Watched, causes: Sequence[Told], source: Source, language: str) -> Iterator[Diagnostic]:
    """The causes where they stand in the text; what ended the program, where no cause says why."""
    for finding, *_, message in causes:
        yield source.diagnostic("error", finding.cause, message, finding.line)
    explained = {one.line for one in seen.findings if one.node is None}
    yield from (one for one in seen.ended if one.line not in explained)
    if seen.theirs is None and not seen.findings:
        yield source.diagnostic("info", "empty", words(language, FOLDER)["nothing"])


def cause(one: Finding, theirs: Theirs | None, language: str) -> dict[str, JSON]:
    """A cause: its name, the line, the operation, the numbers, and the sentence."""
    at = one.other if one.other is not None else one.node
    return {
        "cause": one.cause,
        "line": one.line,
        "op": theirs.nodes[at].op if theirs and at is not None else one.text,
        "node": one.node,
        "theirs": one.theirs,
        "true": one.true,
        "message": sentence(one, theirs, language),
    }

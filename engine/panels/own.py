"""An engine that the program itself defines: its graph beside the truth and its causes, and what it can do."""

from collections.abc import Sequence

import msgspec

from engine.export.nodelink import plain
from engine.language.errors import JSON, Source
from engine.language.grammar.checked import recall
from engine.language.run import Options
from engine.panels.program import LIMITS, NAMES, Asked
from engine.panels.watched import watched
from engine.watch.answers import described, steps
from engine.watch.battery import battery, ours
from engine.watch.grade import graded
from engine.watch.watching import Watched

MOST = LIMITS.drawn_nodes
DRAWN = (MOST, MOST // 2, MOST // 8)  # nodes: the first of these with which there is room for some of the steps
SOME = 250
BESIDE = 1_000  # bytes for what holds the parts together
LARGEST = 2**53 - 1


class Own(Asked, frozen=True):
    """What is asked, and the language of the sentences."""

    lang: str = "en"


def own(request: bytes) -> bytes:
    """The engine's graph, the first of its steps, and what is wrong with them: as much as there is room for."""
    asked = msgspec.json.decode(request, type=Own)
    seen, source = looked_at(asked)
    for nodes in DRAWN:
        document, found = described(seen, source, asked.lang, nodes)
        parts = {name: encoded(part) for name, part in document.items()}
        rows = fitting(found, LIMITS.answer_bytes - sum(map(len, parts.values())) - BESIDE)
        if len(rows) >= min(SOME, len(found)):
            return msgspec.json.encode({**parts, "steps": rows})
    raise LIMITS.exceeded("answer_bytes", source, None)


def encoded(part: JSON) -> msgspec.Raw:
    """A part of an answer in bytes."""
    return msgspec.Raw(msgspec.json.encode(plain(part)))


def fitting(rows: Sequence[JSON], room: int) -> list[msgspec.Raw]:
    """The first of some rows that fit into so many bytes."""
    found: list[msgspec.Raw] = []
    for row in rows:
        found.append(encoded(row))
        room -= len(found[-1]) + 1
        if room < 0:
            return found[:-1]
    return found


class OwnSteps(Own, frozen=True):
    """Which of the steps, and how many nodes are drawn."""

    start: int = 0
    count: int = LARGEST
    nodes: int = MOST


def own_steps(request: bytes) -> bytes:
    """Steps of an engine that are not in its graph's answer: as many as there is room for."""
    asked = msgspec.json.decode(request, type=OwnSteps)
    seen, _ = looked_at(asked)
    found = steps(seen, asked.lang, asked.nodes).rows
    rows = fitting(found[asked.start : asked.start + asked.count], LIMITS.answer_bytes - BESIDE)
    return msgspec.json.encode({"total": len(found), "start": asked.start, "steps": rows})


def looked_at(asked: Own) -> tuple[Watched, Source]:
    """A program that was watched as it is asked for, and its text."""
    checked, options = recall(asked.source, LIMITS, NAMES), Options(asked.inputs, seed=asked.seed)
    return watched(checked, LIMITS, options, asked.turn), checked.source


class Grading(Own, frozen=True):
    """What is asked of an engine, and the text of a battery in place of ours."""

    battery: str | None = None


def grade(request: bytes) -> bytes:
    """What the engine can do, skill by skill."""
    asked = msgspec.json.decode(request, type=Grading)
    skills = ours() if asked.battery is None else battery(asked.battery, LIMITS, NAMES)
    return msgspec.json.encode(plain(graded(asked.source, LIMITS, NAMES, asked.lang, skills, LIMITS.steps)))

"""An engine that the program itself defines: its graph beside the truth and its causes, and what it can do."""

import msgspec

from engine.export.nodelink import plain
from engine.language.grammar.checked import recall
from engine.language.run import Options
from engine.panels.program import LIMITS, NAMES, Asked
from engine.watch.answers import Room, described
from engine.watch.battery import battery, ours
from engine.watch.grade import graded
from engine.watch.turns import Window
from engine.watch.watching import watch

MOST = LIMITS.drawn_nodes
ROOMS = (Room(MOST, 3_000), Room(MOST, 400), Room(MOST // 2, 1_500), Room(MOST // 8, 400))  # the first that fits


class Own(Asked, frozen=True):
    """What is asked, the language of the sentences, and which backward pass is looked at, with the one before it."""

    lang: str = "en"
    turn: int | None = None


def own(request: bytes) -> bytes:
    """The engine's graph, its steps, and what is wrong with them."""
    asked = msgspec.json.decode(request, type=Own)
    checked = recall(asked.source, LIMITS, NAMES)
    options = Options(asked.inputs, seed=asked.seed)
    seen = watch(checked, LIMITS, options, Window.at(asked.turn))
    if asked.turn is not None and asked.turn > seen.turns:
        seen = watch(checked, LIMITS, options, Window.at(seen.turns or None))
    for room in ROOMS:
        answer = msgspec.json.encode(plain(described(seen, checked.source, asked.lang, room)))
        if len(answer) <= LIMITS.answer_bytes:
            return answer
    raise LIMITS.exceeded("answer_bytes", checked.source, None)


class Grading(Own, frozen=True):
    """What is asked of an engine, and the text of a battery in place of ours."""

    battery: str | None = None


def grade(request: bytes) -> bytes:
    """What the engine can do, skill by skill."""
    asked = msgspec.json.decode(request, type=Grading)
    skills = ours() if asked.battery is None else battery(asked.battery, LIMITS, NAMES)
    return msgspec.json.encode(plain(graded(asked.source, LIMITS, NAMES, asked.lang, skills, LIMITS.steps)))

"""An engine that the program itself defines: its graph beside the truth and its causes, and what it can do."""

import msgspec

from engine.export.nodelink import plain
from engine.language.grammar.checked import check
from engine.language.run import Options
from engine.panels.program import LIMITS, NAMES, Asked
from engine.watch.answers import described
from engine.watch.battery import battery, ours
from engine.watch.grade import graded
from engine.watch.turns import Window
from engine.watch.watching import watch

SHARES = (1, 2, 4, 8)  # of the nodes that are drawn: as many as the answer has room for
DRAWN = 2_000  # nodes: without scopes to close there are no fewer to send
GRADING = 1.2  # seconds of the processor, for all skills


class Own(Asked, frozen=True):
    """What is asked, the language of the sentences, and which backward pass is looked at, with the one before it."""

    lang: str = "en"
    turn: int | None = None


def own(request: bytes) -> bytes:
    """The engine's graph, its steps, and what is wrong with them."""
    asked = msgspec.json.decode(request, type=Own)
    checked = check(asked.source, LIMITS, NAMES)
    options = Options(asked.inputs, seed=asked.seed)
    seen = watch(checked, LIMITS, options, Window.at(asked.turn))
    if asked.turn is not None and asked.turn > seen.turns:
        seen = watch(checked, LIMITS, options, Window.at(seen.turns or None))
    for share in SHARES:
        answer = msgspec.json.encode(plain(described(seen, checked.source, asked.lang, DRAWN // share)))
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
    return msgspec.json.encode(plain(graded(asked.source, LIMITS, NAMES, asked.lang, skills, GRADING)))

# a row is one line
"""Programs that fuzzing found: each once brought a worker down, or an answer that should not be."""

from tests.language.hostile import Attack, rows

ODD_BUT_RIGHT = {
    "only-a-hint": "d: int",
    "only-hints": "a = 1.0\nb: float\nc: int\nd = a * 2",
}

FOUND: tuple[Attack, ...] = (*rows("found", "right", ODD_BUT_RIGHT),)

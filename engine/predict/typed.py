"""Numbers as people type them, and when two of them count as the same."""

import math
import re

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?|nan", re.IGNORECASE)
LONGEST = 60  # characters
SIGNS = str.maketrans({"−": "-", "–": "-", ",": ".", "∞": "inf", " ": None, "\N{NO-BREAK SPACE}": None})
FLOOR = 1e-9  # of the largest number around: what is smaller is what rounding left of nothing


def typed(text: str) -> float | None:
    """The number that a text says, a fraction included; None for a text that says none."""
    if len(text) > LONGEST:
        return None
    above, *below = text.translate(SIGNS).split("/")
    numbers = [float(part) for part in (above, *below) if NUMBER.fullmatch(part)]
    if len(numbers) != 1 + len(below) or len(below) > 1 or (below and numbers[1] == 0):
        return None
    return numbers[0] / numbers[1] if below else numbers[0]


def near(one: float, other: float, tolerance: float, scale: float = 0.0) -> bool:
    """Whether `one` is no farther from `other` than allowed; what rounding left of `scale` is nothing."""
    if not (math.isfinite(one) and math.isfinite(other)):
        return one == other or (math.isnan(one) and math.isnan(other))
    return abs(one - other) <= max(tolerance * abs(other), FLOOR * scale)

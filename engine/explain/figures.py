"""Numbers and names as people read them: one form everywhere, the same as on the page."""

import re
from decimal import ROUND_HALF_UP, Context
from functools import lru_cache

DIGITS = 6
NON_FINITE = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
ROUNDED = Context(prec=DIGITS, rounding=ROUND_HALF_UP)  # a tie goes away from 0, as JavaScript does it
# Control characters, and those that turn the direction of a text: they would change how its neighbours are read.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@lru_cache(maxsize=4_096)  # the same number stands in many places
def number(value: float) -> str:
    """A number with at most six significant digits; very large and very small ones with an exponent."""
    if repr(value) in NON_FINITE:
        return NON_FINITE[repr(value)]
    rounded = float(ROUNDED.create_decimal(value))
    if rounded == 0:
        return "0"
    if 1e-4 <= abs(rounded) < 1e6:
        return repr(rounded).removesuffix(".0")
    mantissa, exponent = f"{rounded:.{DIGITS - 1}e}".split("e")
    return f"{float(mantissa)!r}".removesuffix(".0") + f"e{int(exponent)}"


def shorten(text: str, most: int) -> str:
    """A text no longer than `most` characters, with an ellipsis in the middle: both ends of a path tell most."""
    if len(text) <= most:
        return text
    tail = (most - 1) // 2
    return f"{text[: most - 1 - tail]}…{text[len(text) - tail :]}"


def visible(text: str) -> str:
    """A text whose every character can be seen."""
    return UNSEEN.sub("�", text)

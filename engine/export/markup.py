"""Text in an SVG: what XML may hold, how wide it is, one line of it."""

import re
from html import escape
from unicodedata import east_asian_width

CHARACTER = 7.3  # the width of one, at the size of 12 pixels
PLAIN = re.compile("[-A-Za-z0-9 .,+*/_()[\\]]*").fullmatch  # nothing to escape, as most texts are
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML cannot hold these, even escaped


def safe(text: str) -> str:
    """Any text, for an attribute or between tags."""
    return text if PLAIN(text) else escape(UNFIT.sub("\ufffd", text))


def width(text: str) -> float:
    """About how wide a text is, in pixels; East Asian characters take the room of two."""
    letters = len(text) if text.isascii() else sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
    return CHARACTER * letters


def line(x: float, y: float, text: str, **attributes: str) -> str:
    """One line of text; an attribute is named with `_` for `-`. Nothing for no text."""
    if not text:
        return ""
    more = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{safe(text)}</text>'

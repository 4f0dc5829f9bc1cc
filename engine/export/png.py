"""The static picture in pixels, for what takes no SVG: slides, mails, previews of links.

It is painted with a font of its own and nothing of the machine's, so that it is the same everywhere; signs that the
font does not have are boxes. The ground is white: the dark theme of whoever sees it is not known.
"""

from math import sqrt
from pathlib import Path

import resvg_py

from engine.export import svg
from engine.export.format import Format, Subject

FONT, FAMILY = str(Path(__file__).parent / "font" / "DejaVuSansMono.ttf"), "DejaVu Sans Mono"
GROUND = "white"
DRAWN = 300  # nodes
SHARP, SIDE, PIXELS = 2.0, 8_192, 8_000_000  # times the SVG's size at most; pixels of a side, and of all


def write(subject: Subject) -> bytes:
    """The picture."""
    found = svg.drawn(subject.within(DRAWN))
    scale = min(SHARP, SIDE / max(found.width, found.height), sqrt(PIXELS / (found.width * found.height)))
    return resvg_py.svg_to_bytes(
        svg_string=found.text.encode("utf-8", "replace").decode(),
        width=max(1, int(found.width * scale)),
        background=GROUND,
        skip_system_fonts=True,
        font_files=[FONT],
        font_family=FAMILY,
        monospace_family=FAMILY,
    )


FORMAT = Format(name="png", title="Picture (PNG)", media_type="image/png", suffix="png", write=write)

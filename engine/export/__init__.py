"""What a recording is written out as: one file a format."""

from collections.abc import Callable

from engine.export import nodelink, svg
from engine.export.nodelink import Facts
from engine.export.view import View

FORMATS: dict[str, Callable[[View, Facts], bytes]] = {
    "json": nodelink.encode,
    "svg": lambda view, facts: svg.encode(view).encode(),
}

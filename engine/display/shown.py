"""A graph as a notebook draws it and as a terminal prints it.

    L = (a * b + c) * f
    L.backward()
    show(L)

A notebook, which asks for it, gets the static picture and a table as text; the colours follow its theme. A terminal
gets the table, drawn by `rich` where that is installed.
"""

import sys
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.display.terminal import printed, text
from engine.document import LIMITS, Request, evaluate
from engine.export import png, svg
from engine.export.format import Subject
from engine.export.nodelink import Facts
from engine.export.text import table
from engine.export.view import view
from engine.recording import Recording, record
from engine.value import Value

SHOWERS = ("IPython", "marimo")  # they show what a cell ends with
FRAME = '<div style="overflow:auto;max-width:100%">{picture}</div>'


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A graph to look at."""

    subject: Subject

    def __repr__(self) -> str:
        return text(self.rows)

    @property
    def rows(self) -> list[tuple[str, str, str, str]]:
        """The table of values and gradients."""
        return table(self.subject.view.nodes)

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> Mapping[str, str]:
        """The picture, for pages and for paper, and the table: whatever a notebook asks for."""
        found: dict[str, Callable[[], str]] = {
            "text/html": lambda: FRAME.format(picture=svg.encode(self.subject.view)),
            "image/png": lambda: b64encode(png.write(self.subject)).decode(),
            "text/plain": lambda: repr(self),
        }
        wanted = found.keys() if include is None else include
        return {kind: write() for kind, write in found.items() if kind in wanted and kind not in (exclude or ())}


def show(what: Value | str) -> Shown:
    """The graph of a value, or of a program given as text; a script prints it, a notebook and a prompt show it."""
    found = Shown(subject_of(what))
    if not hasattr(sys, "ps1") and not any(name in sys.modules for name in SHOWERS):
        printed(found.rows)
    return found


def subject_of(what: Value | str) -> Subject:
    """What is known of a value or a program; ProgramError for one that is wrong."""
    if isinstance(what, str):
        run = evaluate(Request(source=what))
        return Subject(what, run.recording, run.view, run.facts)
    recording = numbered(record(what))
    kinds = enumerate(recording.nodes.kind)
    keys = {node: recording.nodes.label[node] or f"v{node}" for node, kind in kinds if kind == "input"}
    facts = Facts(variables={}, passes=(), lines={"executed": ()}, printed=(), diagnostics=[], keys=keys)
    return Subject("", recording, view(recording, drawn_nodes=LIMITS.drawn_nodes), facts)


def numbered(recording: Recording) -> Recording:
    """The same with serial numbers, which values made outside the language do not have."""
    serial = tuple(None if kind == "constant" else node for node, kind in enumerate(recording.nodes.kind))
    return replace(recording, nodes=replace(recording.nodes, serial=serial))

"""What a format is, and what it is given to write."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.export.nodelink import Facts
from engine.export.view import View, view
from engine.recording import Recording


@dataclass(frozen=True, slots=True)
class Subject:
    """A program that was run: its text, the whole recording, what of it is drawn, and the facts beside the graph."""

    source: str
    recording: Recording
    view: View
    facts: Facts

    def within(self, most: int) -> View:
        """What is drawn, or less of it where that is more than so many nodes."""
        drawn = len(self.view.numbers) + len(self.view.boxes)
        return self.view if drawn <= most else view(self.recording, drawn_nodes=most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format.

    name        its name in addresses and on the command line
    title       what people call it
    media_type  what the service says it is
    suffix      how its files end
    write       from a subject to the bytes of a file
    whole       whether it writes every recorded node, and not only what is drawn
    """

    name: str
    title: str
    media_type: str
    suffix: str
    write: Callable[[Subject], bytes]
    whole: bool = False

    @property
    def binary(self) -> bool:
        """Whether its files are no text."""
        return not (self.media_type.startswith("text/") or self.media_type.endswith(("json", "xml")))

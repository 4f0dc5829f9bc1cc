"""How the page looks in a frame of somebody else's page: the parameters of its address, one declaration each.

What an address says wrongly is left out and named, so that a frame is never empty.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from app.tasks import Hidden
from app.texts import CATALOGUES

PARTS = ("code", "inputs", "graph", "steps", "table", "panels", "output")
SHOWN = ("code", "inputs", "graph", "steps", "output")
TASK = "predict"
LOW, HIGH = 80, 10_000  # pixels
COUNT = re.compile(r"[0-9]{1,9}")
PASS = re.compile(r"[A-Za-z0-9_-]+=*\.[0-9a-f]{64}")
SWITCH = {"0": False, "false": False, "1": True, "true": True, "": True}  # a name alone, as an attribute of HTML

Read = Callable[[str], object]  # KeyError or ValueError for what is none of the forms


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing an address may say about the frame."""

    name: str
    forms: str
    usual: str | None  # the form that stands for saying nothing
    meaning: str
    read: Read


@dataclass(frozen=True, slots=True)
class Frame:
    """What an address says about the frame, and the names of what is not understood in it."""

    values: Mapping[str, Any]
    ignored: tuple[str, ...]

    def show(self, *, task: bool = False) -> tuple[str, ...]:
        """The parts that are seen, in the order of the page; with a task where one is to be done."""
        shown = (one for one in PARTS if one in self.values["show"] and (one != "code" or self.values["editor"]))
        return (*shown, *((TASK,) if task or self.values["predict"] else ()))


def _parts(text: str) -> frozenset[str]:
    chosen = frozenset(one.strip() for one in text.split(","))
    if not chosen <= set(PARTS):
        raise ValueError(text)
    return chosen


def _count(text: str) -> int:
    if not COUNT.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _height(text: str) -> int:
    if not LOW <= (height := _count(text)) <= HIGH:
        raise ValueError(text)
    return height


def _choice(name: str, options: Iterable[str], usual: str | None, meaning: str) -> Parameter:
    return Parameter(name, _listed(options), usual, meaning, {one: one for one in options}.__getitem__)


def _switch(name: str, usual: str, meaning: str) -> Parameter:
    return Parameter(name, _listed("01"), usual, meaning, lambda text: SWITCH[text.lower()])


def _pass(text: str) -> str:
    if not PASS.fullmatch(text):
        raise ValueError(text)
    return text


def _listed(options: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in options)


PARAMETERS = (
    _choice("theme", ("auto", "light", "dark"), "auto", "light or dark; `auto` does as the page around the frame"),
    _switch("readonly", "0", "the program cannot be changed; inputs can still be moved"),
    _switch("toolbar", "1", "the way to the playground, zoom and files; `0` leaves them out"),
    _switch("editor", "1", "the program; `0` leaves it out, whatever `show` says"),
    Parameter(
        "show", f"{_listed(PARTS)}, joined by commas", ",".join(SHOWN),
        "the parts to be seen; `table` is one of the `panels`", _parts,
    ),
    Parameter("step", "a number", None, "so many steps are done; without it all are, and nothing is marked", _count),
    _switch("autoplay", "0", "plays the steps; not for those who want less motion"),
    _choice("lang", CATALOGUES, None, "the language; else the browser's"),
    Parameter(
        "height", f"pixels, {LOW} to {HIGH:,}", None,
        "what the frame tells the page around it; without it, as much as it needs", _height,
    ),
    _choice("layout", ("lr", "tb"), None, "which way the picture runs; without it, what suits the width"),
    Parameter("pass", "a pass", None, "raises the limits for a class behind one address", _pass),
    _choice("predict", get_args(Hidden), None, "what is hidden, and to be found out by the reader"),
)  # fmt: skip


def frame_of(query: Mapping[str, str]) -> Frame:
    """Read the parameters of an address."""
    values: dict[str, Any] = {}
    ignored = []
    for one in PARAMETERS:
        values[one.name] = one.usual if one.usual is None else one.read(one.usual)
        if one.name in query:
            try:
                values[one.name] = one.read(query[one.name])
            except (KeyError, ValueError):
                ignored.append(one.name)
    return Frame(values, tuple(ignored))

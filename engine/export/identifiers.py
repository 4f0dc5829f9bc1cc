"""Names for the nodes in a program: what labels say, as far as Python takes it, and no name twice."""

import builtins
import keyword
from collections.abc import Collection
from itertools import count
from unicodedata import bidirectional, normalize

from engine.recording import Nodes

MOST = 40  # characters of a name
RESERVED = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
TURNING = {"R", "AL", "AN"}  # letters written from right to left: code around them would be read in another order


def identifiers(nodes: Nodes, reserved: Collection[str] = (), prefix: str = "") -> list[str]:
    """A name for each node; with a prefix its name with that before it is nobody else's either."""
    taken = {*RESERVED, *reserved}
    tried: dict[str, count[int]] = {}
    names = []
    for number, label in enumerate(nodes.label):
        base = identifier(label or "") or f"v{number}"
        name = base
        while name in taken or prefix + name in taken:
            name = f"{base}_{next(tried.setdefault(base, count(2)))}"
        taken |= {name, prefix + name}
        names.append(name)
    return names


def identifier(label: str) -> str:
    """A label as a name of Python's; nothing where none of it can stand in one."""
    letters = (one if fits(one) else " " for one in normalize("NFKC", label[:MOST]))
    name = "_".join("".join(letters).replace("_", " ").split())[:MOST]
    if name[:1].isdecimal():
        name = f"v_{name}"
    return name if name.isidentifier() and normalize("NFKC", name) == name else ""


def fits(letter: str) -> bool:
    """Whether a character can stand in a name, and leaves the order of reading as it is."""
    return f"v{letter}".isidentifier() and bidirectional(letter) not in TURNING

"""Who looks on at the objects of the program's own classes while it runs: told of what is assigned and combined.

The interpreter knows nothing of why. Where nobody looks on, programs are compiled without these places.
"""

from collections.abc import Mapping
from typing import Protocol

from engine.language.values import Thing
from engine.origin import Site


class Onlooker(Protocol):
    """Such a one. What it is handed stays inside the interpreter."""

    @property
    def library(self) -> Mapping[str, Thing]:
        """The names that are to mean something else to the program."""

    def known(self, thing: Thing) -> Thing:
        """What the program may know of a thing that it asks something of, or makes a text of."""

    def assigned(self, holder: Thing, name: str, thing: Thing, site: Site) -> Thing:
        """An attribute is going to be assigned; what it shall hold."""

    def combined(self, symbol: str, x: Thing, y: Thing, result: Thing, site: Site) -> None:
        """An operator has combined two things, of which one may be an object of the program."""

"""Where the numbers of a program's engine were made: outside of the engine's own methods."""

from collections.abc import Mapping
from typing import NamedTuple

from engine.language.values import Class
from engine.origin import Entered, Scope
from engine.watch.notes import Write


class Place(NamedTuple):
    """The line that asked for a number, and the call or turn around it.

    held     whether another class made it to keep it
    wrapped  whether one of the engine's own methods made it on the way
    """

    line: int
    scope: Scope | None
    held: bool
    wrapped: bool


class Places:
    """Finds them; `methods` says of calls whose method they are."""

    def __init__(self, methods: Mapping[int, Class | None]) -> None:
        self.methods = methods
        self._made: dict[int, Scope | None] = {id(None): None}

    def of(self, one: Write) -> Place:
        """The place of an object, as its number was first written."""
        line, outside = one.site.line, one.scope
        scope, held, wrapped = one.scope, False, False
        while scope is not None:
            of = self._class(scope)
            if of is not None and (of.builds_on(one.holder.of) or one.holder.of.builds_on(of)):
                line, outside, held, wrapped = scope[2], scope[3], False, scope[1] != "__init__"
            elif of is not None and scope[1] == "__init__":
                held = True
            scope = scope[3]
        return Place(line, None if held else self.scope(outside), held, wrapped)

    def scope(self, entered: Entered | None) -> Scope | None:
        """The same object for the same scope; an object that is called is called as its class."""
        around: list[Entered] = []
        one = entered
        while one is not None and id(one) not in self._made:
            around.append(one)
            one = one[3]
        for new in reversed(around):
            kind, name, line, parent = new
            of = self._class(new)
            title = of.name if of is not None and name == "__call__" else name
            self._made[id(new)] = Scope(kind, title, line, self._made[id(parent)])
        return self._made[id(entered)]

    def _class(self, scope: Entered) -> Class | None:
        return self.methods.get(id(scope)) if scope[0] == "call" else None

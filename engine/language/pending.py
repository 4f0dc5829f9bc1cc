"""A Value whose graph is made only when somebody looks at it.

Where a turn of a training is computed without running its statements, its names hold such Values. Their number is
there; what made them, and the gradient after a pass, is not. Whoever asks for that, or assigns to them, has all of the
graph made first, and from then on they are Values like any other. So nobody needs to know that there are any.
"""

from collections.abc import Sequence
from typing import Protocol

from engine.value import Value


class Maker(Protocol):
    """What makes the graph of some pending Values."""

    size: int  # of that graph, in nodes

    @property
    def leaves(self) -> Sequence[Value]:
        """The leaves that were there before it."""

    def make(self) -> None:
        """Make it, and turn the pending Values into real ones."""


class Pending(Value):
    """Such a Value: `next` holds its maker, and slots that are not set are those that nobody has asked for."""

    __slots__ = ()

    @property  # type: ignore[misc]
    def __class__(self) -> type[Value]:  # type: ignore[override]  # it is not quite the truth
        """To all who ask it is a Value."""
        return Value

    @property
    def next(self) -> Value | None:  # type: ignore[override]
        """A backward pass has come by."""
        made_by(self).make()
        return self.next

    def __getattr__(self, name: str) -> object:
        if name not in Value.__slots__:
            raise AttributeError(name)
        made_by(self).make()
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, thing: object) -> None:
        if name != "label":
            made_by(self).make()
        object.__setattr__(self, name, thing)


become = object.__dict__["__class__"].__set__  # a Pending's own `__class__` only tells
maker = Value.__dict__["next"].__get__


def made_by(value: Value) -> Maker:
    """What makes the graph of a pending Value."""
    found: Maker = maker(value)
    return found


def is_pending(thing: object) -> bool:
    """Whether a thing is a Value of that kind."""
    return type(thing) is Pending

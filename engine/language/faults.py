"""What goes wrong while a program runs, before it has a place; and Python's own exceptions in our words."""

from collections.abc import Iterable
from difflib import get_close_matches

from engine.language.errors import Place, Placed


class Fault(Exception):
    """A mistake of the running program. `node` is filled in by the innermost part of the program that notices."""

    def __init__(self, code: str, message: str, hint: str | None = None, *, limit: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.limit = limit  # the attribute of Limits that was exceeded
        self.node: Place = None

    def at(self, node: Placed) -> "Fault":
        """The same, placed at `node` unless something inside it placed it already."""
        self.node = self.node or node
        return self


HOST: dict[type[Exception], tuple[str, str]] = {
    ZeroDivisionError: ("zero_division", "this divides by zero"),
    OverflowError: ("value", "the result is too large for a number"),
    ArithmeticError: ("value", "the result is not a number"),
    ValueError: ("value", "the number lies outside what the function is defined for"),
    RuntimeError: ("value", "this was changed while a loop ran over it"),
}


TROUBLE: tuple[type[Exception], ...] = (Fault, MemoryError, *HOST)
"""What running a program may raise; anything else is a mistake of ours."""


def placed(error: Exception, node: Placed) -> Fault:
    """`error` as a fault at `node`; what we did not foresee is raised as it is."""
    return (error if isinstance(error, Fault) else translated(error)).at(node)


def translated(error: Exception) -> "Fault":
    """One of Python's own exceptions as a fault; what we did not foresee is raised as it is."""
    if isinstance(error, RecursionError):
        return Fault("limit", "the calls are nested too deeply", limit="call_depth")
    if isinstance(error, MemoryError):
        return Fault("limit", "the program needs too much memory", limit="worker_bytes")
    for kind, (code, message) in HOST.items():
        if isinstance(error, kind):
            return Fault(code, message)
    raise error


LONGEST = 50  # letters of a name that are looked at
ALIKE = 0.7  # of two names, from 0 to 1: `loss` is not meant to be `blobs`


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be: one of the same letters before all others."""
    names = [one for one in known if isinstance(one, str)]
    letters = sorted(name.lower())
    same = [one for one in names if len(one) == len(name) and sorted(one.lower()) == letters]
    close = same or get_close_matches(name[:LONGEST], names, 1, ALIKE)
    return min(close, key=lambda one: one.lower() != name.lower(), default=None)

"""Leaves that are more than a Value: what training moves, and what a program writes as a bare number."""

import operator

from engine.value import Value


class Parameter(Value):
    """A leaf that training moves: a weight or a bias."""

    __slots__ = ()
    kind = "parameter"


class Input(Value):
    """A leaf written as a bare number: what looks at numbers (printing, indexing, hashing) sees it as written."""

    __slots__ = ("whole",)

    def __init__(self, written: float, label: str | None = None) -> None:
        super().__init__(written, label)
        self.whole = isinstance(written, int)

    @property
    def written(self) -> float:
        """The number as a program sees it: an int where an int was written (and nothing else was assigned since)."""
        return int(self.data) if self.whole and self.data.is_integer() else self.data

    def __repr__(self) -> str:
        return repr(self.written)

    def __format__(self, spec: str) -> str:
        return format(self.written, spec)

    def __index__(self) -> int:
        return operator.index(self.written)  # type: ignore[arg-type]  # a float is refused, as in Python

    def __hash__(self) -> int:
        return hash(self.written)

"""What there is to do to tell of one run, counted in steps and not in time: so it ends alike on every machine."""

from engine.language.faults import Fault
from engine.value import Value

MOST = 400_000  # thirty times what two passes of a net with 350 nodes take; at most a second


class Work:
    """Counts the steps: a number, link or node that is looked at, each time that it is."""

    def __init__(self) -> None:
        self.left = MOST
        self._histories: dict[int, list[Value]] = {}

    def take(self, steps: int = 1) -> None:
        """Take so many steps before the work they stand for; a fault where none are left."""
        self.left -= steps
        if self.left < 0:
            raise Fault("limit", "too much to tell of", limit="steps")

    def history(self, made: float | Value) -> list[Value]:
        """What a number was computed by, operands before results, itself last; nothing for a plain number."""
        if not isinstance(made, Value):
            return []
        found = self._histories.get(id(made))
        if found is None:
            found = self._histories[id(made)] = short(made) if made.level <= 1 else made.history()
        self.take(len(found))
        return found


def short(made: Value) -> list[Value]:
    """The history of a leaf, or of one operation on leaves."""
    x, y = made.a, made.b
    if not isinstance(x, Value):
        return [y, made] if isinstance(y, Value) else [made]
    return [x, y, made] if y is not x and isinstance(y, Value) else [x, made]

"""Programs with scopes, made by hand: what the language would leave, without the language."""

from engine.origin import Scope, Site
from engine.recording import Recording, record
from engine.value import Value


class Writer:
    """Makes Values with the places, scopes and serials that the language would give them."""

    def __init__(self) -> None:
        self.serial = 0
        self.scope: Scope | None = None

    def __call__(self, value: Value) -> Value:
        value.origin = (Site((self.serial, self.serial + 1), 1 + self.serial % 7), self.scope, self.serial)
        self.serial += 1
        return value

    def enter(self, kind: str, name: str) -> None:
        self.scope = Scope(kind, name, 1, self.scope)

    def leave(self) -> None:
        self.scope = self.scope.parent if self.scope else None


def loop(turns: int, length: int, *, scoped: bool = True) -> Recording:
    """x, w; then `turns` turns of a loop, each a call of `f` between two operations of its own.

    f(x) adds w to x and takes half, `length` times over.
    """
    write = Writer()
    x, w = write(Value(1.0, "x")), write(Value(0.5, "w"))
    for _ in range(turns):
        if scoped:
            write.enter("turn", "i")
        x = write(x * w)
        if scoped:
            write.enter("call", "f")
        for _ in range(length):
            x = write(write(x + w) * 0.5)
        if scoped:
            write.leave()
        x = write(x - w)
        if scoped:
            write.leave()
    x.label = "y"
    x.backward()
    return record(x)

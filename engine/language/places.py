"""The place, scope and number of nodes that one call of the library makes: all of them get the place of the call."""

from collections.abc import Callable

from engine.origin import Entered, Site
from engine.value import Value


def place(result: Value, site: Site, scope: Entered | None, serial: Callable[[], int]) -> None:
    """Give the nodes under `result` that have no place yet this one, operands first, left before right."""
    pending = [result]
    while pending:
        node = pending[-1]
        if node.origin is None:
            node.origin = PENDING
            x, y = node.a, node.b
            if isinstance(y, Value) and y.origin is None:
                pending.append(y)
            if isinstance(x, Value) and x.origin is None:
                pending.append(x)
        else:
            pending.pop()
            if node.origin is PENDING:
                node.origin = (site, scope, serial())


PENDING = (Site((0, 0), 1), None, -1)

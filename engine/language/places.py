"""The place, scope and number of nodes that one call of the library makes: all of them get the place of the call."""

from collections.abc import Callable

from engine.origin import Entered, Site
from engine.value import Value


def place(result: Value, site: Site, scope: Entered | None, serial: Callable[[], int]) -> None:
    """Give the nodes under `result` that have no place yet this one, operands first, left before right."""
    node, above = result, list[Value]()
    while True:
        while isinstance(x := node.a, Value) and x.origin is None:
            above.append(node)
            node = x
        while not isinstance(y := node.b, Value) or y.origin is not None:
            node.origin = (site, scope, serial())
            if not above:
                return
            node = above.pop()
        above.append(node)
        node = y

"""Which attributes of the program's own numbers hold number, gradient and links: found by what they hold.

The number is computed, as an object is made, from the same attribute of others. The gradient is written later, from the
numbers and from the same attribute of others. Links are containers of objects that are older. Names decide between
attributes of which nothing else can be said.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from engine.language.values import UNBOUND
from engine.value import Value
from engine.watch.expression import leaves
from engine.watch.notes import Write
from engine.watch.work import Work

LOOK = 100  # numbers that were computed, and that were written anew, that are looked at
NUMBER, GRADIENT = "data", "grad"


class Roles(NamedTuple):
    """The names of the attributes."""

    number: str
    gradient: str | None


def roles(writes: Sequence[Write], odd: Collection[str], work: Work) -> Roles | None:
    """What the attributes are for; None where no object holds a number. `odd` are those that hold something else."""
    first = [one for one in writes if one.old is UNBOUND]
    if not writes or (NUMBER in odd and all(one.name != NUMBER for one in first)):
        return None
    owners = {id(one.leaf): one for one in writes}
    computed = [one for one in first if isinstance(one.made, Value)]
    again = [one for one in writes if one.old is not UNBOUND]
    made, later = Counter[str](), Counter[str]()
    for one in (*computed[:LOOK], *again[:LOOK]):
        sources = [owners[id(leaf)] for leaf in leaves(work.history(one.made)) if id(leaf) in owners]
        others = [source for source in sources if source.holder is not one.holder]
        if one.old is UNBOUND:
            made[one.name] += any(source.name == one.name for source in others)
        else:
            later[one.name] += 1 + 10 * len(others)
    flat = Counter([one.name for one in first if not isinstance(one.made, Value)])
    names = list(dict.fromkeys([one.name for one in writes]))
    number = max(names, key=lambda name: (made[name], name == NUMBER))
    rest = [name for name in names if name != number]
    gradient = max(rest, key=lambda name: (later[name], name == GRADIENT, flat[name]), default=None)
    return Roles(number, gradient)

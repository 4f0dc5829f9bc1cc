"""What an engine may hold that no graph has: something else than a number where one belongs, and links in a circle."""

from collections.abc import Iterator, Mapping, Sequence

from engine.language.values import Instance, Thing
from engine.value import Value
from engine.watch.findings import Finding
from engine.watch.onlooker import Onlooker
from engine.watch.reading import Reading
from engine.watch.roles import NUMBER

NUMBERS = (int, float, Value)
NAMES: Mapping[str, str] = {
    **{name: name for name in ("str", "list", "tuple", "dict", "set", "bool", "range")},
    **dict.fromkeys(("Function", "Bound", "Builtin"), "function"),
    "NoneType": "None",
    "OrderedSet": "set",
    "Class": "class",
}


def unnumbered(seen: Onlooker, number: str | None) -> Iterator[Finding]:
    """Objects of the engine that in the end hold no number: where that was assigned."""
    kinds = {id(one.holder.of) for one in seen.writes if one.name == number}
    for holder, name, site in seen.odd:
        held = holder.attributes.get(name)
        if name == (number or NUMBER) and (id(holder.of) in kinds or number is None) and not isinstance(held, NUMBERS):
            yield Finding("forward", site.line, text=name, held=type_name(held))
            return


def type_name(thing: Thing) -> str:
    """What the type of a thing is called."""
    return thing.of.name if isinstance(thing, Instance) else NAMES.get(type(thing).__name__, "object")


def circle(reading: Reading) -> tuple[int, int] | None:
    """Two nodes that are linked in a circle, the older one first; None if there are none."""
    names = {name for several in reading.links for name, _ in several}
    for name, node, newer in reading.back:
        if name in names and made_of(reading.links, newer, node):
            return node, newer
    return None


def made_of(links: Sequence[Sequence[tuple[str, int]]], newer: int, older: int) -> bool:
    """Whether links lead from one node to another, or it is the same."""
    reached, pending = {newer}, [newer]
    while pending and older not in reached:
        further = {one for _, one in links[pending.pop()] if one >= older} - reached
        reached |= further
        pending += further
    return older in reached

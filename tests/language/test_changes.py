"""Whatever changes a list, a set, a dict or an object says so first: who replays a loop counts on it."""

import copy
from collections.abc import Callable

import pytest

from engine.language.attributes import put, write
from engine.language.calls import call
from engine.language.limits import Limits
from engine.language.machine import Machine
from engine.language.methods import METHODS
from engine.language.names import RANDOM
from engine.language.values import Class, Instance, OrderedSet, Thing
from engine.value import Value
from tests.each import each

ARGUMENTS = [(), (0,), (1,), ([7],), (0, 7), ({"b": 7},), ("b",), ("a",), ("z", 7)]


class Told:
    """Only hears of changes."""

    def __init__(self) -> None:
        self.changes: list[Thing] = []

    def changed(self, thing: Thing) -> None:
        self.changes.append(copy.copy(thing))


def fresh(kind: type) -> Thing:
    return OrderedSet({0: None, 7: None}) if kind is OrderedSet else {"a": 1, 0: 2} if kind is dict else [3, 1, 0]


def contents(thing: Thing) -> object:
    return list(thing.items()) if isinstance(thing, dict) else list(thing)


def machine() -> tuple[Machine, Told]:
    made, told = Machine(Limits(), call), Told()
    made.trainer = told  # type: ignore[assignment]
    return made, told


METHOD = [(kind, name) for kind in (list, dict, OrderedSet) for name in METHODS[kind]]


@each(("kind", "name"), METHOD)
def test_a_method_that_changes_what_it_is_called_on_says_so(kind: type, name: str) -> None:
    fits = 0
    for arguments in ARGUMENTS:
        m, told = machine()
        thing = fresh(kind)
        before = contents(thing)
        try:
            METHODS[kind][name].function(m, thing, *copy.deepcopy(arguments))
        except Exception:  # noqa: BLE001, S112  # of all these arguments some fit
            continue
        fits += 1
        if contents(thing) != before:
            assert len(told.changes) == 1
            assert contents(told.changes[0]) == before or kind is OrderedSet
        elif name in ("get", "index", "count", "copy", "items", "keys", "values"):
            assert not told.changes
    assert fits


CHANGES: list[tuple[Callable[[Machine, Thing], object], Thing]] = [
    (lambda m, thing: put(m, thing, 0, 9), [1, 2]),
    (lambda m, thing: put(m, thing, "a", 9), {}),
    (lambda m, thing: write(m, thing, "x", 9), Instance(Class("C", None, {}), {})),
    (lambda m, thing: write(m, thing, "x", 9), Class("C", None, {})),
    (lambda m, thing: write(m, thing, "label", "new"), Value(1.0)),
    (RANDOM["shuffle"].function, [1, 2, 3]),
]


@pytest.mark.parametrize(("change", "thing"), CHANGES)
def test_an_assignment_says_so(change: Callable[[Machine, Thing], object], thing: Thing) -> None:
    m, told = machine()
    change(m, thing)
    assert len(told.changes) == 1

"""How what statements have left in names is put there again: what was there before as it is, what they made anew."""

from collections.abc import Callable, Mapping, Sequence

from engine.language.values import UNBOUND, VALUES, Builtin, Namespace, Thing
from engine.training.expected import SCALARS, Made, Where
from engine.training.reasons import Unfit

Recipe = Callable[[Made], Thing]
FOR_EVER = (Builtin, Namespace)
DEEP = 40  # containers inside one another


class Recipes:
    """Makes recipes. `there` is what was there before; `made` says where a Value that the turn has made is found."""

    def __init__(self, there: Mapping[int, Thing], made: Callable[[Thing], Where | None]) -> None:
        self.there = there
        self.made = made
        self.handed: set[int] = set()  # what is handed on as it is
        self.elements = 0  # of what is made anew
        self._depth = 0
        self._seen: set[int] = set()  # lists and dicts that were made anew

    def of(self, thing: Thing) -> Recipe:
        """The recipe of a thing."""
        if thing.__class__ in VALUES:
            return self._value(thing)
        if type(thing) in SCALARS or thing is UNBOUND or isinstance(thing, FOR_EVER):
            return lambda _: thing
        if id(thing) in self.there:
            self.handed.add(id(thing))
            return lambda _: thing
        if type(thing) not in (list, tuple, dict) or id(thing) in self._seen:
            raise Unfit("odd")  # of one that is held twice there would be two
        if not isinstance(thing, tuple):
            self._seen.add(id(thing))
        self.elements += len(thing)
        self._depth += 1
        if self._depth > DEEP:
            raise Unfit("odd")
        made = self._container(thing)
        self._depth -= 1
        return made

    def _value(self, value: Thing) -> Recipe:
        where = self.made(value)
        if where is None:
            self.handed.add(id(value))
            return lambda _: value
        region, place = where
        return lambda made: made[region][place]

    def _container(self, thing: Thing) -> Recipe:
        if isinstance(thing, dict):
            keys = [self.of(key) for key in thing]
            values = [self.of(value) for value in thing.values()]
            return lambda made: {key(made): value(made) for key, value in zip(keys, values, strict=True)}
        parts: Sequence[Recipe] = [self.of(part) for part in thing]
        if isinstance(thing, tuple):
            return lambda made: tuple([part(made) for part in parts])
        return lambda made: [part(made) for part in parts]

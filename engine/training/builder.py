"""From statements that were just run to a region, as far as they allow it."""

from dataclasses import dataclass

from engine.language.machine import Machine, serial
from engine.language.turns import Part, Place, Step
from engine.language.values import VALUES, Frame, Thing
from engine.training.expected import LARGE, Expected, Where, expected
from engine.training.look import Before, Known, Look
from engine.training.reach import Reach
from engine.training.reasons import Unfit
from engine.training.recipes import Recipe, Recipes
from engine.training.region import Cost, Key, Region
from engine.value import Value


@dataclass(slots=True)
class Left:
    """What a region leaves, at the moment."""

    effects: list[tuple[Place, Recipe]]
    result: Recipe
    made: list[tuple[Value, str | None, float]]
    relabels: list[tuple[Where, str | None]]
    handed: set[int]
    elements: int


def of_now(machine: Machine, place: Place, frame: Frame) -> Thing:
    """What a name holds."""
    if place.where == "global":
        return machine.globals[place.slot]
    held = frame[place.slot]
    return held[0] if place.where == "cell" else held


class Builder:
    """A region while its statements are run."""

    def __init__(self, machine: Machine, turn: "Known", part: Part, frame: Frame, before: Before) -> None:
        self.machine, self.number, self.known = machine, turn.regions, turn.places
        self.values = turn.values
        self.part, self.frame, self.start = part, frame, before
        self.steps: list[Step] = []
        self.held: dict[Place, Expected] = {}
        self.reach = Reach()
        self.defined: set[Place] = set()
        self.counted: list[tuple[Value, float]] = []
        self.left = Left([], lambda _: None, [], [], set(), 0)
        self.cost = Cost(0, 0, (), ())
        self.leaves: dict[int, float] = {}
        self.mark = 0  # how much the turn had changed when the last statement had been run

    def add(self, step: Step, look: Look, result: Thing) -> None:
        """One more statement, which has just been run; Unfit where it cannot be skipped with the others."""
        before = look.before
        changed = self._changed(before)
        defined = set(map(self._same, step.defines))
        reads = {self._same(place) for place in step.reads}
        reads |= {place for place in map(self._same, step.assigns) if place not in changed and place not in defined}
        roots = {place: before.lookup(place) for place in reads - self.defined}
        reach = self.reach
        reach.go(self.machine, roots.values())
        for slot, thing in reach.outside.items():
            place = Place("global", slot, "")
            if place not in self.defined:
                roots.setdefault(place, thing)
        if any(id(value) not in self.known for value in reach.results):
            raise Unfit("earlier")
        if any(id(thing) in reach.things for thing in look.touched):
            raise Unfit("changes")
        held = {place: expected(thing, self.known, [LARGE]) for place, thing in roots.items()} | self.held
        defined |= changed | self.defined
        self.left = self._left(defined, result)
        self.held, self.defined, self.cost = held, defined, self._cost()
        self.steps.append(step)
        self.counted += look.counted
        self.leaves = {
            name: one.data for name, one in reach.things.items() if one.__class__ in VALUES and one.op is None
        }

    def _same(self, place: Place) -> Place:
        """The same place, if it is one of the module's, by one name; names themselves do not matter."""
        at_module = place.where == "slot" and self.part.at_module
        return Place("global" if at_module else place.where, place.slot, "")

    def _changed(self, before: Before) -> set[Place]:
        """The names that hold another thing now."""
        found = {self._same(Place("slot", i, "")) for i in self.part.named if self.frame[i] is not before.frame[i]}
        if not self.part.at_module:
            now = self.machine.globals
            found |= {Place("global", i, "") for i, thing in enumerate(before.outside) if now[i] is not thing}
        return found

    def _left(self, defined: set[Place], result: Thing) -> Left:
        """What there is now."""
        made: dict[int, tuple[int, Value]] = {}

        def where(value: Value) -> Where | None:
            if id(value) in self.known and self.known[id(value)][0] != self.number:
                return self.known[id(value)]
            if serial(value) < self.start.nodes:
                return None
            return self.number, made.setdefault(id(value), (len(made), value))[0]

        recipes = Recipes(self.reach.things, where)
        effects = [(place, recipes.of(of_now(self.machine, place, self.frame))) for place in sorted(defined)]
        given = recipes.of(result)
        values = [value for _, value in made.values()]
        relabels = [
            (self.known[name], self.values[name].label)
            for name, label in self.start.labels.items()
            if self.values[name].label != label
        ]
        return Left(
            effects,
            given,
            [(value, value.label, value.data) for value in values],
            relabels,
            recipes.handed,
            recipes.elements,
        )

    def _cost(self) -> Cost:
        m, start = self.machine, self.start
        hits = [(i, now - (start.hits[i] if i < len(start.hits) else 0)) for i, now in enumerate(m.hits)]
        named = [(name, times - start.named.get(name, 0)) for name, times in m.named.items()]
        return Cost(
            m.meter.used - start.steps,
            m.meter.coming - start.nodes,
            tuple([one for one in hits if one[1]]),
            tuple([one for one in named if one[1]]),
        )

    def region(self) -> Region:
        """The region, now that its last statement has been run."""
        handed = frozenset(self.left.handed)
        return Region(
            number=self.number,
            first=self.steps[0],
            length=len(self.steps),
            expected=[(place, strictly(held, handed)) for place, held in self.held.items()],
            cells=self.reach.cells,
            counted=self.counted,
            effects=self.left.effects,
            result=self.left.result,
            made=self.left.made,
            leaves=self.leaves,
            keys=self._keys(),
            relabels=self.left.relabels,
            cost=self.cost,
            elements=self.left.elements,
            start=self.start.nodes,
            scope=self.start.scope,
        )

    def _keys(self) -> dict[int, Key]:
        """The keys of the inputs that were made, by serial."""
        m, found, named = self.machine, dict[int, Key](), dict[str, Key]()
        for name, times in self.cost.named:
            first = self.start.named.get(name, 0) + 1
            for i in range(times):
                named[name if first + i == 1 else f"{name}#{first + i}"] = Key(name, i + 1)
        for number in range(self.start.nodes, self.start.nodes + self.cost.nodes) if named else ():
            if number in m.keys:
                found[number] = named[m.keys[number]]
        if any(key.startswith(name) for name, _ in self.cost.named for key in m.overrides):
            raise Unfit("keyed")
        return found


def strictly(held: Expected, handed: frozenset[int]) -> Expected:
    """The same, where a thing that is handed on must be the very same."""
    if held.parts is None:
        return held
    parts = tuple([strictly(part, handed) for part in held.parts])
    strict = held.strict or id(held.thing) in handed or any(part.strict for part in parts)
    return held._replace(parts=parts, strict=strict)

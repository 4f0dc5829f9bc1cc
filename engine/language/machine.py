"""The state of one run: budgets, place, inputs, passes, prints. Everything a program changes outside its own names."""

from collections.abc import Callable, Mapping
from functools import cached_property
from random import Random
from typing import NamedTuple, Protocol

from engine.language.faults import Fault
from engine.language.limits import Limits
from engine.language.meter import Meter
from engine.language.onlooker import Onlooker
from engine.language.places import place
from engine.language.turns import Bodies, Body, Trainer
from engine.language.values import VALUES, Frame, Thing
from engine.leaf import Input
from engine.nn import Module
from engine.optim import SGD, Adam
from engine.origin import Entered, Site
from engine.value import Accumulation, Value, sweep


class Pass(NamedTuple):
    """One backward pass: the serial number of its root, the root's number, the line that asked for it."""

    root: int
    data: float
    line: int | None


class Halted(Exception):
    """Who watches the run wants no more of it: what it has done so far is what it leaves."""


class Watcher(Protocol):
    """Who is told how a run gets on; it may let the run wait, and raise a Fault or Halted."""

    def begun(self, machine: "Machine", variables: Callable[[], Mapping[str, Thing]]) -> None:
        """The run begins; `variables` says what the module's names hold."""

    def passed(self, visited: int) -> None:
        """A backward pass is over: `machine.root` has the loss, and so many nodes were visited."""

    def ticked(self) -> None:
        """Some milliseconds have passed."""


KEPT = 10_000  # assignments of `.data` that are remembered beyond a pass
Caller = Callable[["Machine", Thing, tuple[Thing, ...], dict[str, Thing]], Thing]


class Machine:
    """One run of one program."""

    settled = 0  # how many of `assigned` are from before the last pass
    drawn = 0  # how often random numbers were asked for
    cleared = False  # whether a `.grad` was assigned lately
    newest: Value | None = None  # the last input
    root: Value | None = None  # of the last pass
    last: Value | None = None  # the last operation that the module assigned or wrote down
    onlooker: Onlooker | None = None

    def __init__(
        self,
        limits: Limits,
        caller: Caller,
        *,
        seed: int = 0,
        overrides: Mapping[str, float] | None = None,
        accumulation: Accumulation = "pytorch",
        strict: bool = False,
    ) -> None:
        self.limits = limits
        self.call_depth = limits.call_depth
        self.caller = caller  # how things are called
        self.globals: Frame = []
        self.frames: list[Frame] = [self.globals]  # those of the running functions, innermost last
        self.meter = Meter(limits, self.frames)
        self.left = self.meter.left
        self.serial = self.meter.serial
        self.scope: Entered | None = None
        self.site = Site((0, 0), 1)  # of the call that is under way
        self.seed = seed
        self.overrides = dict(overrides or {})
        self.accumulation: Accumulation = accumulation
        self.inputs: dict[str, Value] = {}  # by key: those that module statements made
        self.keys: dict[int, str] = {}  # of inputs, by serial
        self.initial: dict[int, float] = {}  # their numbers in the program itself, by serial
        self.targets: dict[Site, str] = {}  # the names that calls are assigned to as they are made, by the call's place
        self.named: dict[str, int] = {}  # how often an input of that name was made
        self.passes: list[Pass] = []
        self.assigned: list[tuple[Value, int, float]] = []  # whose `.data`, before which node, and what it was
        self.peeked: str | None = None  # how the program first took a number out of a Value
        self.strict = strict  # whether that ends it
        self.watcher: Watcher | None = None
        self.trainer: Trainer | None = None
        self.bodies = Bodies()  # of the program's functions
        self.loops: list[Body] = []  # those that may train
        self.hits: list[int] = []  # how often statements that run together did
        self.quiet = False  # while numbers are only shown
        self.printed: list[str] = []
        self.printable = limits.printed_bytes

    @property
    def random(self) -> Random:
        """What random numbers come from: the same ones as in a learner's own CPython."""
        self.drawn += 1
        return self._random

    @cached_property
    def _random(self) -> Random:
        return Random(self.seed)  # noqa: S311 - on purpose

    def peek(self, how: str, value: Value | None = None) -> None:
        """Take note that a number is taken out of a Value: at other inputs the program may go another way from here."""
        if self.quiet:
            return
        if self.strict:
            raise Fault("peek", how)
        if value is not None and self.trainer is not None and self.trainer.counts_on(value, how):
            return
        self.peeked = self.peeked or how

    def stamp(self, node: Value, site: Site) -> Value:
        """Give a node its place, scope and serial number."""
        node.origin = (site, self.scope, self.serial())
        return node

    def settle(self, made: Thing, site: Site) -> Thing:
        """Give the node, the list of nodes or the net that a call of the library made, and all under it, its place."""
        if made.__class__ in VALUES:
            nodes = [made]
        elif isinstance(made, list | tuple):
            self.meter.charge(len(made))
            nodes = [thing for thing in made if thing.__class__ in VALUES]
        else:
            nodes = made.parameters() if isinstance(made, Module) else []
        for root in nodes:
            if root.origin is None:
                place(root, site, self.scope, self.serial)
        return made

    def key(self, label: str) -> str:
        """The key of the next input of that name: `a`, then `a#2`."""
        self.named[label] = times = self.named.get(label, 0) + 1
        return label if times == 1 else f"{label}#{times}"

    def input(self, number: float, label: str, site: Site) -> Thing:
        """The input that a module statement makes of a bare number; an integer no double holds stays itself."""
        if isinstance(number, bool) or (isinstance(number, int) and not fits(number)):
            return number
        key = self.key(label)
        node = self.stamp(Input(self.overrides.get(key, number), label), site)
        self.inputs[key] = node
        return self.known(node, key, number)

    def leaf(self, number: float, label: str | None) -> Value:
        """The input that `Value(…)` makes: its key is its label, the name it is assigned to at once, or `Value`."""
        key = self.key(label or self.targets.get(self.site, Value.__name__))
        return self.known(self.stamp(Value(self.overrides.get(key, number), label), self.site), key, number)

    def known(self, node: Value, key: str, number: float) -> Value:
        """Take note of an input, of its key, and of the number that the program gives it."""
        self.newest, made = node, serial(node)
        self.keys[made], self.initial[made] = key, float(number)
        return node

    def see(self, thing: Thing) -> None:
        """Take note of what the module assigned or wrote down: the last operation may be the output."""
        if thing.__class__ is Value and thing.op is not None:
            self.last = thing

    def backward(self, root: Value) -> None:
        """One pass from `root`; its length is charged as soon as it is known."""
        visited = self.trainer.passed(root) if self.trainer is not None else None
        if visited is None:
            visited = sweep(root, self.accumulation)
        self.root = root
        self.passes.append(Pass(serial(root), root.data, self.site.line))
        self.forget()
        self.meter.charge(visited)
        self.meter.forget(0, visited)  # it makes nothing
        if self.watcher is not None:
            self.watcher.passed(visited)

    def forget(self) -> None:
        """After a pass its graph is mostly gone: keep of what was assigned only leaves, and not without end."""
        since = self.assigned[self.settled :]
        self.assigned[self.settled :] = [one for one in since if one[0].op is None]
        if len(self.assigned) > 2 * KEPT:
            del self.assigned[:-KEPT]
        self.settled = len(self.assigned)

    def let_go(self) -> None:
        """Nothing runs any more: what was made is held by others or goes, though functions go on holding each other."""
        self.globals.clear()
        self.inputs, self.assigned = {}, []
        self.last = self.newest = self.root = self.onlooker = None
        if self.trainer is not None:
            self.trainer.let_go()

    def change(self, thing: Thing) -> None:
        """Tell that a list, set, dict or object, or the label of a Value, is going to be changed."""
        if self.trainer is not None:
            self.trainer.changed(thing)

    def write(self, node: Value, number: float) -> None:
        """Assign `.data`, remembering what the graph made so far was computed with."""
        self.peek("assigns `.data`")
        self.assigned.append((node, self.serial(), node.data))
        node.data = number

    def call(self, thing: Thing, *operands: Thing) -> Thing:
        """The result of calling a function that the program handed to us."""
        self.meter.charge(1)
        quiet, self.quiet = self.quiet, False  # what the program itself does is never only for show
        found = self.caller(self, thing, operands, {})
        self.quiet = quiet
        return found

    def print(self, text: str) -> None:
        """Keep what the program prints."""
        size = len(text.encode("utf-8", "surrogatepass"))
        self.room(size)
        self.printable -= size
        self.printed.append(text)

    def room(self, letters: int) -> None:
        """Check that so much more may be printed."""
        if letters > self.printable:
            raise Fault("limit", "too much printed", limit="printed_bytes")

    def step(self, optimizer: SGD | Adam) -> None:
        """One step of an optimizer, which writes the data of its parameters."""
        self.meter.charge(4 * len(optimizer.parameters))
        for parameter in optimizer.parameters:
            self.write(parameter, parameter.data)
        optimizer.step()


def serial(node: Value) -> int:
    """The serial number of a node of this run."""
    return node.origin[2] if node.origin else -1


def fits(number: int) -> bool:
    """Whether a double holds this integer exactly."""
    try:
        return int(float(number)) == number
    except OverflowError:
        return False

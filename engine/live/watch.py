"""Who watches a run: makes frames of it, lets it wait, moves its inputs, and ends it where its numbers go bad.

A frame is made only when it is due and the last one has been taken. If nobody takes frames the run waits: whoever left,
or reads slowly, costs neither time nor memory. What is said to the run is heard between two frames.
"""

import math
from collections.abc import Callable, Mapping
from itertools import islice
from time import perf_counter
from typing import Literal, Protocol

import msgspec

from engine.export.nodelink import sound, written
from engine.language.errors import JSON
from engine.language.faults import Fault
from engine.language.limits import Limits
from engine.language.machine import Halted, Machine
from engine.language.values import Thing
from engine.live.beat import Beat
from engine.live.broken import stop
from engine.live.field import Field
from engine.live.finding import field, subject
from engine.live.leaves import Leaves, layers, numbers
from engine.live.moving import move
from engine.live.pace import Pace
from engine.live.printed import Printed

CHECKED = b"."  # before what is told: the program has been checked
FRAME = b"~"  # a frame follows
PATIENCE = 0.5  # seconds that a frame may wait for a reader before the run waits, too
LONG = 0.25  # a turn that takes longer is interrupted to hear what is said
LAST = 100  # frames that are left for the rest of a run of which each pass was told
SHOWN = 200  # inputs that a frame tells of

Variables = Callable[[], Mapping[str, Thing]]


class Line(Protocol):
    """The way to whoever watches."""

    def tell(self, event: bytes) -> None:
        """Send something."""

    def hear(self, *, within: float = math.inf) -> bytes | None:
        """What is said next; None where nothing is within so many seconds."""


class Said(msgspec.Struct, frozen=True):
    """What a run is told: `take` means that the last frame was taken, `leave` that nobody will take the next one.

    With a `pace` there are at most so many passes a second, and each is told of; who resumes without goes on as fast as
    it goes.
    """

    action: Literal["take", "leave", "pause", "resume", "step", "cancel"] | None = None
    pace: float | None = None
    inputs: dict[str, int | float] = {}


class Watch:
    """The watcher of one run."""

    def __init__(
        self, line: Line, limits: Limits, wanted: str | None, *, paused: bool = False, pace: float | None = None
    ) -> None:
        self.cancelled = False
        self._line = line
        self._most = limits.answer_bytes
        self._wanted = wanted  # the function that is drawn, if it was asked for by its name
        self._pace = Pace(limits)
        self._beat = Beat(pace)
        self._leaves = Leaves()
        self._printed = Printed()
        self._field: Field | None = None
        self._drawn: Thing = None  # what the field is of
        self._labels: list[str | None] = []
        self._moved: dict[str, float] = {}
        self._mode: Literal["run", "pause", "step"] = "step" if paused else "run"
        self._taken = False
        self._step = self._frame = self._visited = 0
        self._last = perf_counter(), 0  # when the last frame was, and at which step

    def begun(self, machine: Machine, variables: Variables) -> None:
        """Watch this run."""
        self._machine, self._variables = machine, variables

    def passed(self, visited: int) -> None:
        """A backward pass is over."""
        root = self._machine.root
        assert root is not None  # noqa: S101 - it is what the pass came from
        self._step += 1
        self._visited = visited
        if not math.isfinite(root.data):
            raise stop(root, self._step)
        if not self._each and not self._pace.ready():
            return
        self._listen()
        self._show()
        if self._mode == "step":
            self._mode = "pause"
        self._rest()
        self._beat.strike()
        self._move()

    def ticked(self) -> None:
        """The run goes on for some milliseconds: between two passes, or without any."""
        if self._pace.late() < LONG:
            return
        self._listen()
        if self._mode == "pause":
            self._rest()
        if self._machine.watcher is None:  # it is not the program that goes on
            return
        if self._printed.more(self._machine):
            self._show()
        elif not self._taken:
            self._wait()

    def last(self) -> dict[str, JSON]:
        """What the last frame says, for the end of the run: complete in itself."""
        self._frame += 1
        self._labels = []
        return self._made()

    def _listen(self) -> None:
        """Take in what was said."""
        while (said := self._line.hear(within=0.0)) is not None:
            self._said(said)

    @property
    def _each(self) -> bool:
        """Whether each pass is told of."""
        return self._mode != "run" or self._beat.counts

    def _rest(self) -> None:
        """Let the run wait while it is paused, and until its next pass is due."""
        while (left := self._left()) > 0.0:
            self._said(self._line.hear(within=left))

    def _left(self) -> float:
        if self._mode == "run":
            return self._beat.left()
        return math.inf if self._mode == "pause" else 0.0

    def _said(self, said: bytes | None) -> None:
        """Do what we were told."""
        told = msgspec.json.decode(said or b"{}", type=Said)
        self._moved |= told.inputs
        if told.pace is not None or told.action == "resume":
            self._beat.set(told.pace)
        match told.action:
            case "take" | "leave":
                self._taken = told.action == "take"
            case "pause" | "step":
                self._mode = told.action
            case "resume":
                self._mode = "run"
            case "cancel":
                self.cancelled = True
                raise Halted

    def _wait(self) -> None:
        """Let the run wait, where nobody has taken the last frame for long."""
        while not self._taken and (self._pace.late() > PATIENCE or self._each):
            self._said(self._line.hear())

    def _show(self) -> None:
        """Send a frame, if the last one has been taken."""
        self._wait()
        if not self._taken:
            self._pace.put_off()
            return
        if not self._pace.left:
            raise Fault("limit", "too many events", limit="events")
        self._pace.begin()
        self._frame += 1
        frame = written(self._made())
        if len(frame) > self._most:
            raise Fault("limit", "too large a frame", limit="answer_bytes")
        self._line.tell(FRAME + frame)
        self._taken = False
        self._pace.made()
        if self._pace.left < LAST:
            self._beat.set(None)

    def _move(self) -> None:
        """Move inputs as we were told."""
        if self._moved:
            move(self._machine, self._variables(), self._moved)
            self._moved = {}

    def _made(self) -> dict[str, JSON]:
        """How the run stands."""
        machine, root = self._machine, self._machine.root
        parameters = [] if root is None else self._leaves.parameters(machine, root, self._visited)
        labels = [one.label for one in parameters]
        renamed, self._labels = labels != self._labels, labels
        inputs = dict(islice(machine.inputs.items(), SHOWN))
        return {
            "frame": self._frame,
            "step": self._step,
            "loss": None if root is None else sound([root.data])[0],
            "line": machine.passes[-1].line if machine.passes else None,
            "inputs": dict(zip(inputs, sound([one.data for one in inputs.values()]), strict=True)),
            "parameters": numbers(parameters, labels if renamed else None),
            "gradients": layers(parameters),
            "printed": self._printed.lines(machine),
            "field": self._picture(),
            "steps_a_second": self._speed(),
        }

    def _picture(self) -> JSON:
        """The function over the plane; found again where the variable is another thing by now."""
        variables = self._variables()
        name = subject(variables, self._wanted)
        drawn = None if name is None else variables.get(name)
        if drawn is not self._drawn:
            self._drawn, self._field = drawn, None  # what goes wrong or is cancelled is not tried again
            self._field = field(self._machine, variables, name)
        return None if self._field is None else self._field.describe()

    def _speed(self) -> float:
        """How many passes a second there were since the last frame."""
        (then, step), self._last = self._last, (perf_counter(), self._step)
        return (self._step - step) / max(self._last[0] - then, 1e-9)

"""What a program's net, or another function of two numbers, answers over a part of the plane once it has run."""

import msgspec

from engine.export.nodelink import written
from engine.language.faults import Fault
from engine.language.grammar.checked import recall
from engine.language.run import Options, Run, run_to
from engine.live.finding import field, subject
from engine.live.plane import SIZE, Plane, around
from engine.panels.program import LIMITS, NAMES, Asked, fitting

HINT = "like `net = MLP(2, [4, 1])`, or a function `def f(point)` that is asked for by its name"


class Boundary(Asked, frozen=True, kw_only=True):
    """Which function, by the variable that holds it, and where; what is not said of the plane its data say."""

    field: str | None = None
    x_from: int | float | None = None
    x_to: int | float | None = None
    y_from: int | float | None = None
    y_to: int | float | None = None
    size: int = SIZE


def boundary(request: bytes) -> bytes:
    """The function's values, and each neuron's."""
    asked = msgspec.json.decode(request, type=Boundary)
    options = Options(asked.inputs, asked.output, asked.seed)
    checked = recall(asked.source, LIMITS, NAMES)
    return fitting(run_to(checked, LIMITS, options, lambda ended: shown(ended, asked)), checked)


def shown(ended: Run, asked: Boundary) -> bytes:
    """The picture of what a run left."""
    data = around(ended.variables, asked.size)
    plane = Plane(chosen(data.x, asked.x_from, asked.x_to), chosen(data.y, asked.y_from, asked.y_to), asked.size)
    found = field(ended.machine, ended.variables, subject(ended.variables, asked.field), plane)
    if found is None:
        wanted = "net" if asked.field is None else f"function `{asked.field[:40]}`"
        raise Fault("field", f"the program has no {wanted} of two numbers", HINT)
    return written(found.describe())


def chosen(of_data: tuple[float, float], start: float | None, stop: float | None) -> tuple[float, float]:
    """A range: what was asked for, else what the data take."""
    return of_data[0] if start is None else float(start), of_data[1] if stop is None else float(stop)

"""The output over two inputs, as a grid of numbers, with the gradient at each point if it is wanted."""

from collections.abc import Sequence

import msgspec
import numpy as np

from engine.export.nodelink import Number, sound
from engine.panels.program import Asked, Subject, fitting
from engine.panels.sampling import Found, sample, slopes_at, standing


class Surface(Asked, frozen=True, kw_only=True):
    """Which surface: two inputs with their ranges, as many points of each; `node` is the output if it has no name."""

    x: str
    x_from: int | float
    x_to: int | float
    y: str
    y_from: int | float
    y_to: int | float
    size: int = 64
    gradients: bool = False
    node: int | None = None


def surface(request: bytes) -> bytes:
    """The surface, a row per number of the second input; null for points that were not reached in time."""
    asked = msgspec.json.decode(request, type=Surface)
    subject = Subject(asked, (asked.x, asked.y), asked.node)
    xs = np.linspace(asked.x_from, asked.x_to, asked.size)
    ys = np.linspace(asked.y_from, asked.y_to, asked.size)
    columns, rows = np.meshgrid(xs, ys)
    found = sample(subject, np.array([columns.ravel(), rows.ravel()]))
    slopes = [grid(one, asked.size) for one in found.slopes] if asked.gradients else None
    answer = {
        "x": asked.x,
        "y": asked.y,
        "output": subject.first.id(subject.first.output),
        "method": found.method,
        "because": found.because,
        "count": len(found.done),
        "done": sum(found.done),
        "xs": xs.tolist(),
        "ys": ys.tolist(),
        "zs": grid(found.ys, asked.size),
        "gradients": None if slopes is None else {"x": slopes[0], "y": slopes[1]},
        "point": point(subject),
    }
    return fitting(msgspec.json.encode(answer), subject.checked)


def grid(numbers: Sequence[Found], size: int) -> list[Sequence[Number]]:
    """Numbers row by row."""
    return [sound(numbers[at : at + size]) for at in range(0, len(numbers), size)]


def point(subject: Subject) -> dict[str, object]:
    """Where the inputs stand now, with the gradient there."""
    run, at = subject.first, standing(subject)
    numbers = sound([*at, run.recording.nodes.data[run.output]])
    return {**dict(zip("xyz", numbers, strict=True)), "gradient": sound(slopes_at(run, subject.keys, at))}

"""The output against one input over a range, with the slope at each point."""

import msgspec
import numpy as np

from engine.export.nodelink import sound
from engine.panels.program import Asked, Subject, fitting
from engine.panels.sampling import sample, slopes_at, standing


class Curve(Asked, frozen=True, kw_only=True):
    """Which curve: the input, the range, how many points; `node` is the output if it has no name."""

    input: str
    start: int | float = msgspec.field(name="from")
    stop: int | float = msgspec.field(name="to")
    count: int = 200
    node: int | None = None


def curve(request: bytes) -> bytes:
    """The curve; points that were not reached in time are left out."""
    asked = msgspec.json.decode(request, type=Curve)
    subject = Subject(asked, (asked.input,), asked.node)
    xs = np.linspace(asked.start, asked.stop, asked.count)
    found = sample(subject, xs.reshape(1, -1))
    there = [place for place, done in enumerate(found.done) if done]
    answer = {
        "input": asked.input,
        "output": subject.first.id(subject.first.output),
        "method": found.method,
        "because": found.because,
        "count": asked.count,
        "done": len(there),
        "xs": xs[there].tolist(),
        "ys": sound([found.ys[place] for place in there]),
        "slopes": sound([found.slopes[0][place] for place in there]),
        "point": point(subject),
    }
    return fitting(msgspec.json.encode(answer), subject.checked)


def point(subject: Subject) -> dict[str, object]:
    """Where the input stands now, and what the program's own engine takes for the slope there."""
    run, at = subject.first, standing(subject)
    numbers = sound([*at, run.recording.nodes.data[run.output], *slopes_at(run, subject.keys, at)])
    written = run.written.get(run.nodes.get(subject.keys[0], -1))
    own = {} if written is None else {"written": sound([written.gradient])[0], "right": written.right}
    return {**dict(zip(("x", "y", "slope"), numbers, strict=True)), **own}

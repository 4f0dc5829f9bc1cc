"""Every gradient of a program, found in four ways, and what it takes to find them."""

import msgspec

from engine.export.nodelink import JSON, plain, sound
from engine.panels.program import Asked, Subject, fitting
from engine.panels.recorded import Recorded
from engine.replay.agreement import Agreement, Compared, compare, one_sided

MOVABLE = ("input", "parameter")
WORST = ("differs", "undefined", "kink", "agrees")


class Gradcheck(Asked, frozen=True, kw_only=True):
    """Of what the table of smaller and smaller steps is made; by default of the first input."""

    input: str | None = None


def gradcheck(request: bytes) -> bytes:
    """The comparison, inputs before parameters."""
    asked = msgspec.json.decode(request, type=Gradcheck)
    subject = Subject(asked, () if asked.input is None else (asked.input,))
    run = subject.first
    recording, keys = run.recording, {node: key for key, node in run.nodes.items()}
    leaves = [node for kind in MOVABLE for node, one in enumerate(recording.nodes.kind) if one == kind]
    found = compare(recording, leaves)
    verdicts = {row.verdict for row in found.rows}
    answer: dict[str, JSON] = {
        "output": run.id(run.output),
        "verdict": next((one for one in WORST if one in verdicts), None),
        "held": subject.because(),
        "count": len(leaves),
        "done": len(found.rows),
        "rows": [row(run, one, keys.get(one.node)) for one in found.rows],
        "costs": [{"way": one.way, "passes": one.passes, "operations": one.operations} for one in found.costs],
        "kinks": kinks(run, found),
        "steps": steps(subject, found, asked.input),
    }
    return fitting(msgspec.json.encode(plain(answer)), subject.checked)


def row(run: Recorded, one: Compared, key: str | None) -> dict[str, JSON]:
    """One input or parameter; with what the program's own engine wrote, if it is about that."""
    nodes, written = run.recording.nodes, run.written.get(one.node)
    return {
        "node": run.id(one.node),
        "key": key,
        "label": nodes.label[one.node],
        "data": nodes.data[one.node],
        **({} if written is None else {"written": written.gradient, "right": written.right}),
        "reverse": one.reverse,
        "forward": one.forward,
        "central": one.central.slope,
        "step": one.central.step,
        "complex": one.imaginary,
        "difference": one.difference,
        "verdict": one.verdict,
    }


def kinks(run: Recorded, found: Agreement) -> list[dict[str, JSON]]:
    """Where the graph stands at a kink, and what is taken for the slope there."""
    nodes = run.recording.nodes
    named: list[dict[str, JSON]] = []
    for node in found.kinks:
        op, site = nodes.op[node], nodes.site[node]
        if op is not None and op.kink is not None:
            line = None if site is None else site.line
            named.append({"node": run.id(node), "op": op.name, "line": line, "convention": op.kink.convention})
    return named


def steps(subject: Subject, found: Agreement, key: str | None) -> dict[str, JSON] | None:
    """(f(x+h) - f(x)) / h for smaller and smaller h, beside the slope; null where there is no such input."""
    run = subject.first
    node = found.rows[0].node if key is None and found.rows else run.nodes.get(key or "")
    if node is None:
        return None
    slope = next((one.reverse for one in found.rows if one.node == node), None)
    if slope is None:
        slope = compare(run.recording, [node]).rows[0].reverse
    table = one_sided(run.recording, node)
    errors = sound([abs(measured - slope) for _, measured in table])
    return {
        "node": run.id(node),
        "key": next((one for one, place in run.nodes.items() if place == node), None),
        "x": run.recording.nodes.data[node],
        "slope": slope,
        "rows": [{"h": h, "slope": one, "error": error} for (h, one), error in zip(table, errors, strict=True)],
    }

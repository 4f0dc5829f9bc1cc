"""What is wrong with an engine, and where: each cause found from what was written and from what is true.

An engine is right if after each pass every gradient it wrote is the true one. Where one is not, each visit of a
backward rule is held against the slopes of that operation, and against the gradient that it handed on.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from engine.watch.findings import Finding
from engine.watch.passes import Checked
from engine.watch.theirs import Theirs
from engine.watch.truth import slopes
from engine.watch.work import Work

NODE = 4  # steps that the true gradient of a node stands for


def diagnose(theirs: Theirs, work: Work) -> list[Finding]:
    """The causes, first cause first, each once a line; none of a right engine."""
    found = [
        Finding("forward", one.line, node=one.node, theirs=one.theirs, true=one.true, text=one.symbol)
        for one in theirs.forwards
    ]
    if theirs.circle:
        older, newer = theirs.circle
        found.append(Finding("order", theirs.nodes[newer].line, node=older, other=newer, text="circle"))
    of = slopes(theirs)
    given: dict[int, int] = {}  # in which pass a node last got a gradient
    moved: dict[int, list[int]] = {}
    for node, at, _ in theirs.moved:
        moved.setdefault(node, []).append(at)
    for number, walk in enumerate(theirs.walks if theirs.whole else theirs.walks[:-1]):
        kinds = {deposit.kind for deposit in walk.deposits}
        work.take(len(walk.deposits))
        if "deposit" in kinds or ("seed" in kinds and walk.root is not None):
            work.take(NODE * len(theirs.nodes))
            found += sorted(Checked(theirs, of, number, walk).findings(), key=lambda one: one.step or 0)
            found += accumulated(theirs, number, given, moved)
    told: dict[tuple[str, int | None], Finding] = {}
    for one in found:
        told.setdefault((one.cause, one.line), one)
    return [*told.values()]


def accumulated(
    theirs: Theirs, number: int, given: dict[int, int], moved: Mapping[int, Sequence[int]]
) -> Iterator[Finding]:
    """Numbers that were moved since their last gradient, which is still there when the next is added."""
    touched = set[int]()
    for step, one in enumerate(theirs.walks[number].deposits):
        since, times = given.get(one.node), moved.get(one.node, ())
        held = one.kind == "deposit" and one.node not in touched and one.kept and one.before
        later = len(times) if since is None else bisect_right(times, since)
        if held and later < len(times) and times[later] <= number:
            yield Finding("stale", one.line, number, step, node=one.node, theirs=one.before, true=0.0)
        touched.add(one.node)
    given.update(dict.fromkeys(touched, number))

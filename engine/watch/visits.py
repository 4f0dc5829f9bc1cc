"""A pass cut into visits: each a call of a backward rule, or a turn of the loop that does without."""

from dataclasses import dataclass, field

from engine.watch.theirs import Deposit, Walk


@dataclass(slots=True)
class Visit:
    """One call of a backward rule: the node it is of, and its deposits with their steps."""

    source: int
    deposits: list[tuple[int, Deposit]] = field(default_factory=list)

    @property
    def step(self) -> int:
        """The first of its steps."""
        return self.deposits[0][0]

    @property
    def steps(self) -> set[int]:
        """All of them."""
        return {step for step, _ in self.deposits}


def visits(walk: Walk) -> list[Visit]:
    """The visits of a pass: by call, or where one call does them all, by whose gradient is handed on."""
    sources: dict[int, set[int]] = {}
    for one in walk.deposits:
        for flow in one.flows[:1]:
            sources.setdefault(one.visit, set()).add(flow.source)
    found: list[Visit] = []
    calls: dict[int, Visit] = {}
    last: Visit | None = None
    for step, one in enumerate(walk.deposits):
        if one.kind != "deposit":
            continue
        source = one.flows[0].source
        if len(sources[one.visit]) == 1:
            visit = calls.get(one.visit)
            if visit is None:
                visit = calls[one.visit] = Visit(source)
                found.append(visit)
        else:
            if last is None or last.source != source:
                found.append(Visit(source))
            visit = last = found[-1]
        visit.deposits.append((step, one))
    return found

"""What has happened since the server began, as plain numbers: whoever does something counts it, and readers read."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Spread:
    """How long things took: how many took up to each of some bounds, and all together."""

    __slots__ = ("counts", "sum")

    def __init__(self) -> None:
        self.counts = [0] * (len(SECONDS) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        """Count one more."""
        self.counts[bisect_left(SECONDS, seconds)] += 1
        self.sum += seconds

    def buckets(self) -> Iterator[tuple[str, int]]:
        """Each bound, and how many took no longer, as Prometheus has it."""
        total = 0
        for bound, count in zip((*SECONDS, "+Inf"), self.counts, strict=True):
            total += count
            yield str(bound), total


class Counts:
    """The requests that were answered."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()  # by method, route and status
        self.seconds: defaultdict[str, Spread] = defaultdict(Spread)  # by route
        self.problems: Counter[str] = Counter()  # by kind
        self.budgets: Counter[str] = Counter()  # by name

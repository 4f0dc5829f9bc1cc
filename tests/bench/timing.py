"""What every bench shares: the row of the table, and how two or more contenders are timed in one run.

Contenders take turns, in a new random order each time; a ratio is the median of the ratios of the turns, so that what
else the machine does meets them all alike. Both sides run with the same setting of Python's collector, which the row
states: USUAL, as every program finds it, or TUNED, where what there was before is frozen and it seldom looks.
"""

import gc
import random
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from statistics import median
from typing import Literal, NotRequired, ParamSpec, TypedDict, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
THRESHOLD = (200_000, 20, 100)
USUAL = "usual collector"
TUNED = "tuned collector"
COLLECTORS = f"""*{USUAL}*: as Python sets it; *{TUNED}*: `gc.freeze()` and `gc.set_threshold{THRESHOLD}`"""


Key = Literal["work", "ours_s", "peer", "peer_s", "ratio", "bar", "holds"]


class Row(TypedDict):
    """One line of the table.

    ours_s and peer_s are seconds (or the unit that is named); ratio says how many times better we are, and the bar
    holds where it is at least that: a bar below 1 allows us to be slower.
    """

    work: str
    ours_s: float
    peer: str
    peer_s: float
    ratio: float
    bar: float
    holds: bool
    aim: NotRequired[float]  # a ratio beyond the bar that is worked towards
    unit: NotRequired[str]


KEYS: tuple[Key, ...] = ("work", "ours_s", "peer", "peer_s", "ratio", "bar", "holds")  # what travels as JSON


def row(work: str, ours: float, peer: tuple[str, float], bar: float, *, ratio: float | None = None) -> Row:
    """A row; the ratio is that of the two numbers, unless a better one was measured in pairs."""
    found = peer[1] / ours if ratio is None else ratio
    return Row(work=work, ours_s=ours, peer=peer[0], peer_s=peer[1], ratio=found, bar=bar, holds=found >= bar)


def aiming(made: Row, aim: float) -> Row:
    """The same row with an aim."""
    return {**made, "aim": aim}


@contextmanager
def collector(setting: str) -> Iterator[None]:
    """Run with that setting of the collector."""
    usual = gc.get_threshold()
    gc.collect()
    if setting == TUNED:
        gc.freeze()
        gc.set_threshold(*THRESHOLD)
    yield
    gc.set_threshold(*usual)
    if setting == TUNED:
        gc.unfreeze()


def once(run: Callable[[], object]) -> float:
    """Seconds that one run takes; the garbage of the run before is taken away first."""
    gc.collect()
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def race(contenders: Mapping[str, Callable[[], object]], turns: int, setting: str) -> dict[str, list[float]]:
    """Seconds per turn of each contender, by turns in random order; the first turn warms up and does not count."""
    order = random.Random(0)
    times: dict[str, list[float]] = {name: [] for name in contenders}
    with collector(setting):
        for _ in range(turns + 1):
            for name in order.sample(list(contenders), len(contenders)):
                times[name].append(once(contenders[name]))
    return {name: found[1:] for name, found in times.items()}


def paired(ours: list[float], peers: list[float]) -> float:
    """How many times faster we are: the median over the turns."""
    return median(theirs / mine for mine, theirs in zip(ours, peers, strict=True))


def fresh(function: Callable[P, T], *args: P.args, **words: P.kwargs) -> T:
    """What a function gives in a process of its own, whose heap nobody used before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args, **words).result()


def repeated(run: Callable[[], object], times: int) -> Callable[[], None]:
    """The same work several times over, where once is too short to time."""

    def several() -> None:
        for _ in range(times):
            run()

    return several

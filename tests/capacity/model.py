"""How many learners a server has room for, and how many servers that makes: what they ask, times what that costs.

A server is one process that answers and others that run programs; it spends on each no more than a part of what there
is, so that waits stay short. The rest is division.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, factorial

BUSY = 0.7  # of the time; beyond it waits grow faster than the load
MIB = 1024 * 1024


@dataclass(frozen=True)
class Costs:
    """What things cost on one core: seconds of its time, and bytes of memory."""

    page: float  # the answering process, for a page with all of its files
    kept: float  # the same, for an answer that was kept
    asked: float  # the same, for a program that is run
    runs: Sequence[float]  # the process that runs it, for one program each
    front_bytes: int
    worker_bytes: int

    @property
    def run(self) -> float:
        """What running a program costs on the average."""
        return sum(self.runs) / len(self.runs)


@dataclass(frozen=True)
class Habit:
    """What somebody does in a minute: opens a page, looks at an example, runs something nobody has run before."""

    name: str
    pages: float
    examples: float
    own: float

    @property
    def asks(self) -> float:
        """Requests for graphs in a second; the page brings its first graph with it."""
        return (self.examples + self.own) / 60


HABITS = (
    Habit("a lecture: everybody has the same link, and moves an input every 10 s", 0.02, 0.0, 6.0),
    Habit("homework: an own program every 20 s, an input every 30 s, now and then an example", 0.05, 0.5, 5.0),
    Habit("visitors: a page, two examples and an own program in two minutes", 0.5, 1.0, 0.5),
)


def load(costs: Costs, habit: Habit) -> tuple[float, float]:
    """The part of a core that one person takes of the process that answers, and of those that run programs.

    Examples are kept: nobody but the first pays for a run.
    """
    front = (habit.pages * costs.page + habit.examples * costs.kept + habit.own * costs.asked) / 60
    return front, habit.own * costs.run / 60


def room(costs: Costs, habit: Habit, cores: int) -> int:
    """How many people a server with so many cores has room for. Only one core can answer."""
    front, work = load(costs, habit)
    return max(1, int(BUSY * min(1 / front, cores / (front + work))))


def servers(costs: Costs, habit: Habit, cores: int, people: int) -> int:
    """How many such servers so many people need."""
    return ceil(people / room(costs, habit, cores))


def memory(costs: Costs, workers: int, spares: int = 1) -> int:
    """The memory of a server, in bytes."""
    return costs.front_bytes + (workers + spares) * costs.worker_bytes


def waiting(rate: float, seconds: float, places: int) -> float:
    """How long one waits on the average where arrivals and times are exponential: known exactly (Erlang's C)."""
    offered = rate * seconds
    full = offered**places / factorial(places) * places / (places - offered)
    likely = full / (sum(offered**number / factorial(number) for number in range(places)) + full)
    return likely * seconds / (places - offered)

"""Servers and people, event by event: a small simulation of our own, because what is simulated are two queues.

A request waits for the process that answers, one after the other. If its answer is not kept there, it waits for a place
to run, of which there are so many; it is refused where too many wait, or where it has waited for too long. Programs
take as long as some that were measured, and longer where more run than there are cores. Servers have nothing in common
but, if it is said, the kept answers.
"""

import random
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heapify, heapreplace
from typing import NamedTuple

from tests.capacity.model import Costs, Habit

QUEUE, PATIENCE = 100, 2.0  # as the service has it
EXAMPLES = 40  # programs that everybody may look at


class Ask(NamedTuple):
    """A request: when, what for, and under which name its answer is kept; nobody else asks for what has none."""

    at: float
    page: bool = False
    kept_as: int | None = None


@dataclass
class Outcome:
    """What became of the requests for graphs."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    hits: int = 0
    answering: float = 0.0  # seconds that the process which answers was at it
    running: float = 0.0


def server(asks: Iterable[Ask], costs: Costs, cores: int, places: int, known: set[int], dice: random.Random) -> Outcome:
    """One server, and what is kept there at the beginning."""
    found = Outcome()
    answering = 0.0  # until when the process is at it
    free = [0.0] * places  # when each place is
    heapify(free)
    begins: deque[float] = deque()  # of those that wait, in their order
    for at, page, kept_as in asks:
        hit = kept_as in known
        cost = costs.page if page else costs.kept if hit else costs.asked
        answering = max(at, answering) + cost
        found.answering += cost
        if page:
            continue
        if hit:
            found.hits += 1
            found.seconds.append(answering - at)
            continue
        while begins and begins[0] <= answering:
            begins.popleft()
        begin = max(answering, free[0])
        if len(begins) >= QUEUE or begin - answering > PATIENCE:
            found.refused += 1
            continue
        begins.append(begin)
        busy = 1 + sum(one > begin for one in free)
        seconds = dice.choice(costs.runs) * max(1.0, (busy + (begin <= answering)) / cores)
        heapreplace(free, begin + seconds)
        found.running += seconds
        found.seconds.append(begin + seconds - at)
        if kept_as is not None:
            known.add(kept_as)
    return found


def asking(habit: Habit, people: int, seconds: float, dice: random.Random) -> Iterator[Ask]:
    """What so many people ask, independently of each other, in the order of time."""
    rates = [people * a_minute / 60 for a_minute in (habit.pages, habit.examples, habit.own)]
    total = sum(rates)
    now = dice.expovariate(total)
    while now < seconds:
        which = dice.random() * total
        if which < rates[0]:
            yield Ask(now, page=True)
        elif which < rates[0] + rates[1]:
            yield Ask(now, kept_as=dice.randrange(EXAMPLES))
        else:
            yield Ask(now)
        now += dice.expovariate(total)


def crowd(
    habit: Habit, costs: Costs, people: int, machines: int, cores: int, seconds: float, *, shared: bool = True
) -> Outcome:
    """So many people on so many servers, which a balancer gives everybody to by chance."""
    dice = random.Random(people)
    known: set[int] = set()
    whole = Outcome()
    for number in range(machines):
        here = people // machines + (number < people % machines)
        asks = asking(habit, here, seconds, dice)
        one = server(asks, costs, cores, cores, known if shared else set(), dice)
        whole.seconds += one.seconds
        whole.refused += one.refused
        whole.hits += one.hits
        whole.answering += one.answering
        whole.running += one.running
    return whole

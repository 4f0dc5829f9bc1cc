"""`python -m tests.capacity`: measure what things cost here, and write how many machines that makes.

Writes what stands between the marks in docs/site/operators/machines.md.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.capacity.measured import Pair, beside, costs, spread
from tests.capacity.model import HABITS, MIB, Costs, memory, room, servers
from tests.capacity.simulation import crowd
from tests.load.generator import percentile
from tests.proof.document import machine

PAGE = Path(__file__).resolve().parents[2] / "docs" / "site" / "operators" / "machines.md"
BLOCK = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
CORES = (2, 4, 8)
CROWDS = (100, 1_000, 10_000, 100_000, 1_000_000)
SIMULATED = 2_000_000  # requests of a crowd, at most


def table(head: str, rows: Iterable[str]) -> str:
    """A table whose first column are words, and the others numbers."""
    rule = "|---|" + "---:|" * (head.count("|") - 2)
    return "\n".join([head, rule, *rows])


def prices(known: Costs) -> Iterator[str]:
    """What things cost."""
    yield f"| a page with all of its files, the process that answers | {known.page * 1000:.2f} ms |"
    yield f"| an answer that is kept, the same process | {known.kept * 1e6:.0f} µs |"
    yield f"| a program that is run, the same process | {known.asked * 1e6:.0f} µs |"
    yield f"| the program itself, in a process of its own: mean | {known.run * 1000:.1f} ms |"
    halves = (percentile(known.runs, percent) * 1000 for percent in (50, 90, 100))
    yield "| the same: median, 90th percentile, longest | {:.1f} · {:.1f} · {:.0f} ms |".format(*halves)
    yield f"| memory of the process that answers | {known.front_bytes / MIB:.0f} MiB |"
    yield f"| memory of a process that runs programs | {known.worker_bytes / MIB:.0f} MiB |"


def rooms(known: Costs) -> Iterator[str]:
    """How many people servers have room for."""
    for habit in HABITS:
        yield f"| {habit.name} | {' | '.join(f'{room(known, habit, cores):,}' for cores in CORES)} |"
    yield f"| memory | {' | '.join(f'{memory(known, cores) / MIB:.0f} MiB' for cores in CORES)} |"


def pairs(found: Iterable[Pair]) -> Iterator[str]:
    """Real and simulated servers."""
    for people, share, real, simulated in found:
        for kind, one in (("real", real), ("simulated", simulated)):
            yield f"| {people:,} people, {share:.0%} busy: {kind} | {spread(one)} | {one.refused} |"


def crowds(known: Costs, cores: int) -> Iterator[str]:
    """Crowds, simulated on as many servers as the model says."""
    for habit in HABITS:
        for people in CROWDS:
            machines = servers(known, habit, cores, people)
            seconds = min(60.0, SIMULATED / (people * (habit.asks + habit.pages / 60)))
            found = crowd(habit, known, people, machines, cores, seconds)
            busy = (found.answering + found.running) / (seconds * machines * cores)
            asked = len(found.seconds) + found.refused
            yield (
                f"| {habit.name.partition(':')[0]}, {people:,} | {machines:,} | {people * habit.asks:,.0f} | "
                f"{busy:.0%} | {found.hits / asked:.0%} | {spread(found)} | {found.refused / asked:.2%} |"
            )


def main() -> int:
    """Measure, simulate, write."""
    cores = len(os.sched_getaffinity(0))
    when = machine()
    known = costs()
    blocks = {
        "costs": f"{when}.\n\n" + table("| what | cost |", prices(known)),
        "room": table("| people a server has room for | 2 cores | 4 cores | 8 cores |", rooms(known)),
        "beside": table(
            f"| a server of {cores} cores | 50 · 95 · 99 % of answers in ms | refused |",
            pairs(beside(known, cores)),
        ),
        "crowds": table(
            "| people | servers of 2 cores | graphs a second | busy | kept | 50 · 95 · 99 % in ms | refused |",
            crowds(known, 2),
        ),
    }
    text = PAGE.read_text("utf-8")
    for block in blocks.values():
        print(f"\n{block}", flush=True)
    text = BLOCK.sub(lambda found: f"{found[1]}\n{blocks[found[2]]}\n\n{found[3]}", text)
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

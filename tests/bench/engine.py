"""The engine beside micrograd: small expressions, large graphs, memory, depth, and what `import engine` costs."""

import gc
import json
import math
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from random import Random
from statistics import median
from typing import Any

from micrograd.engine import Value as Micrograd

from engine import Value
from tests.bench.timing import USUAL, Row, aiming, fresh, once, paired, race, repeated, row

Number = Any  # one of the two kinds of Value
Step = tuple[str, int, int]  # an operation, and the wires it reads; its result goes on the first
Work = Callable[[type[Number]], Number]

TURNS = 11
PROCESSES = 5
DEEP = 10**7  # the recursion limit that micrograd's long chains need
BYTES = 190
IMPORT_SECONDS = 0.050

IMPORT = """
import json, sys, time
before = set(sys.modules)
started = time.perf_counter()
import engine
seconds = time.perf_counter() - started
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps([seconds, sorted(new - sys.stdlib_module_names - {"engine"})]))
"""


def rows(nodes: int = 100_000, turns: int = TURNS, processes: int = PROCESSES) -> Iterable[Row]:
    """All rows of the table; `nodes` is the size of the large graphs."""
    yield aiming(small("(a*b + c) * f", seed_expression, 2.5, turns), 3.0)
    yield aiming(small("README example of micrograd", readme, 3.5, turns), 4.0)
    for size, bar in ((nodes // 10, 2.5), (nodes, 4.5)):
        yield large(f"random graph of {size:,} nodes", "graph", size, bar, processes)
    yield large(f"chain of {nodes:,} nodes (micrograd with a raised recursion limit)", "chain", nodes, 5.0, processes)
    for shape in ("graph", "chain"):
        yield from memory(shape, nodes)
    yield deep(10 * nodes)
    yield imported(turns)


def seed_expression(of: type[Number]) -> Number:
    """The seeds' expression, from numbers."""
    a, b, c, f = of(2.0), of(-3.0), of(10.0), of(-2.0)
    root = (a * b + c) * f
    root.backward()
    return root


def readme(of: type[Number]) -> Number:
    """The program on micrograd's front page."""
    a, b = of(-4.0), of(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    return g


def small(work: str, build: Work, bar: float, turns: int) -> Row:
    """A small expression, many times over in one process."""
    times = 500
    done = f"{work}: build and backward, {USUAL}"
    sides = {"ours": Value, "micrograd": Micrograd}
    found = race({name: repeated(partial(build, of), times) for name, of in sides.items()}, turns, USUAL)
    named = ("micrograd", median(found["micrograd"]) / times)
    ratio = paired(found["ours"], found["micrograd"])
    return row(done, median(found["ours"]) / times, named, bar, ratio=ratio)


def random_steps(size: int) -> tuple[int, list[Step]]:
    """How many wires there are, and `size` operations on them: about 300 levels deep, every node under the last."""
    random, wires = Random(0), max(2, size // 100)
    numbers = [random.uniform(-1, 1) for _ in range(wires)]
    steps: list[Step] = []
    for _ in range(size):
        i, j = random.randrange(wires), random.randrange(wires)
        name = random.choice(list(STEPS))
        if abs(numbers[i]) + abs(numbers[j]) > 3.0:
            name = "tanh"
        numbers[i] = FLOATS[name](numbers[i], numbers[j])
        steps.append((name, i, j))
    return wires, steps


FLOATS: dict[str, Callable[[float, float], float]] = {
    "add": lambda x, y: x + y,
    "mul": lambda x, y: x * y,
    "square": lambda x, _: x**2,
    "relu": lambda x, _: max(x, 0.0),
    "tanh": lambda x, _: math.tanh(x),
    "exp": lambda x, _: math.exp(x),
}
STEPS: dict[str, Callable[[Number, Number], Number]] = {
    "add": lambda x, y: x + y,
    "mul": lambda x, y: x * y,
    "square": lambda x, _: x**2,
    "relu": lambda x, _: x.relu(),
    "tanh": lambda x, _: tanh(x),
    "exp": lambda x, _: exp(x),
}


def tanh(x: Number) -> Number:
    """The operation; for micrograd, which lacks it, written with its constructor, as its author does."""
    return beside(x, math.tanh(x.data), lambda z: 1 - z * z) if isinstance(x, Micrograd) else x.tanh()


def exp(x: Number) -> Number:
    """The same for exp."""
    return beside(x, math.exp(x.data), lambda z: z) if isinstance(x, Micrograd) else x.exp()


def beside(x: Micrograd, z: float, slope: Callable[[float], float]) -> Micrograd:
    """An operation that micrograd does not have: its result is z."""
    out = Micrograd(z, (x,))

    def backward() -> None:
        x.grad += slope(z) * out.grad

    out._backward = backward
    return out


def graph(of: type[Number], size: int) -> Callable[[], Number]:
    """What builds the random graph."""
    wires, steps = random_steps(size)
    plan = [(STEPS[name], i, j) for name, i, j in steps]

    def build() -> Number:
        random = Random(0)
        numbers = [of(random.uniform(-1, 1)) for _ in range(wires)]
        for operation, i, j in plan:
            numbers[i] = operation(numbers[i], numbers[j])
        return sum(numbers[1:], numbers[0])

    return build


def chain(of: type[Number], size: int) -> Callable[[], Number]:
    """What builds a chain, each node on top of the one before."""

    def build() -> Number:
        x, up, down = of(1.0), of(1.000_001), of(-1e-6)
        for _ in range(size // 2):
            x = x * up + down
        return x

    return build


SHAPES = {"graph": graph, "chain": chain}


def differentiated(shape: str, ours: bool, size: int) -> float:  # noqa: FBT001  # which of the two
    """Seconds to build such a graph, differentiate it and let it go."""
    sys.setrecursionlimit(sys.getrecursionlimit() if ours else DEEP)
    build = SHAPES[shape](Value if ours else Micrograd, size)
    return once(lambda: build().backward())


def large(work: str, shape: str, size: int, bar: float, processes: int) -> Row:
    """A large graph: every run in a process of its own, as micrograd's leaves its garbage behind."""
    taken = [[fresh(differentiated, shape, ours, size) for ours in order] for order in alternating(processes)]
    pairs = [sorted(zip(order, pair, strict=True)) for order, pair in zip(alternating(processes), taken, strict=True)]
    peers, ours = ([pair[side][1] for pair in pairs] for side in (False, True))
    done = f"{work}: build, backward and free, {USUAL}"
    return row(done, median(ours), ("micrograd", median(peers)), bar, ratio=paired(ours, peers))


def alternating(turns: int) -> list[tuple[bool, bool]]:
    """Who comes first, us or the peer."""
    random = Random(0)
    return [random.choice([(True, False), (False, True)]) for _ in range(turns)]


def traced(shape: str, size: int) -> tuple[float, float]:
    """Bytes a node that a graph holds when it is built, and at the peak of its backward pass."""
    build = SHAPES[shape](Value, size)
    gc.collect()
    tracemalloc.start()
    root = build()
    built, _ = tracemalloc.get_traced_memory()
    root.backward()
    _, peak = tracemalloc.get_traced_memory()
    return built / size, peak / size


def memory(shape: str, size: int) -> Iterable[Row]:
    """Bytes a node, by tracemalloc."""
    for when, found in zip(("built", "at the peak of building and backward"), fresh(traced, shape, size), strict=True):
        work = f"bytes a node, {shape} of {size:,}: {when}"
        yield {**aiming(row(work, found, (f"at most {BYTES}", BYTES), 1.0), BYTES / 170), "unit": "bytes"}


def chained(size: int) -> float:
    """Seconds to build and differentiate a chain at the recursion limit Python starts with."""
    build = chain(Value, size)
    roots = []

    def run() -> None:
        roots.append(build())
        roots[0].backward()

    seconds = once(run)
    if roots[0].level != size // 2 * 2 or roots[0].grad != 1.0:
        raise RuntimeError("the chain is not as long as it should be")
    return seconds


def deep(size: int) -> Row:
    """A chain that no recursion could follow."""
    work = f"chain of {size:,} nodes at the default recursion limit of {sys.getrecursionlimit():,}"
    return row(work, fresh(chained, size), ("at most 10 s", 10.0), 1.0)


def imported(turns: int) -> Row:
    """`import engine` in new processes; it must bring no module of a third party."""
    found = []
    for _ in range(turns):
        said = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True).stdout
        seconds, others = json.loads(said)
        found.append(seconds)
    made = row(
        "import engine, of our own and Python's modules only", median(found), ("at most 50 ms", IMPORT_SECONDS), 1.0
    )
    return {**made, "holds": made["holds"] and not others}

"""Mutants of right engines, each with the cause that was planted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from tests.watch.dresses import DRESSES, OPERATIONS, PROGRAM, Branching, Dress, Operation, closure


class Mutant(NamedTuple):
    """A program whose engine is wrong, the cause, and what was done to it."""

    cause: str
    dress: str
    change: str
    source: str


FORWARDS = {
    "__add__": ("a - b", "a + b + 1.0"),
    "__mul__": ("a + b", "a * a"),
    "__sub__": ("a + b", "b - a"),
    "__truediv__": ("a * b", "b / a"),
    "__neg__": ("a",),
    "__pow__": ("a ** (k - 1)", "a * k"),
    "tanh": ("math.tanh(2 * a)", "(math.exp(a) - 1) / (math.exp(a) + 1)"),
    "exp": ("math.exp(-a)",),
    "log": ("math.log(a) / math.log(10.0)",),
    "relu": ("a if a > 0 else 0.1 * a", "-a"),
    "sigmoid": ("1.0 / (1.0 + math.exp(a))",),
}
OPERANDS = {
    "__mul__": ((0, "a"), (1, "b")),
    "__truediv__": ((0, "1.0 / a"), (1, "-b / a**2")),
    "__pow__": ((0, "k * out ** (k - 1)"),),
    "tanh": ((0, "1.0 - a**2"),),
    "exp": ((0, "a"),),
    "log": ((0, "1.0 / out"),),
    "sigmoid": ((0, "a * (1.0 - a)"),),
}
SLOPES = {
    "__add__": ((0, "-1.0"), (1, "2.0")),
    "__mul__": ((0, "-b"), (1, "1.0")),
    "__sub__": ((1, "1.0"), (0, "-1.0")),
    "__truediv__": ((1, "a / b**2"), (1, "-1.0 / b**2"), (0, "b")),
    "__neg__": ((0, "1.0"),),
    "__pow__": ((0, "a ** (k - 1)"), (0, "2.0 * k * a ** (k - 1)")),
    "tanh": ((0, "1.0 - out"), (0, "1.0 + out**2")),
    "exp": ((0, "out - 1.0"),),
    "log": ((0, "-1.0 / a"),),
    "relu": ((0, "0.5"),),
    "sigmoid": ((0, "out * (1.0 + out)"), (0, "1.0 - out")),
}


def changed(dress: Dress, one: Operation, **facts: object) -> str:
    """The engine with one operation changed."""
    return dress.source([replace(each, **facts) if each is one else each for each in OPERATIONS])  # type: ignore[arg-type]


def put(texts: Sequence[str], at: int, text: str) -> tuple[str, ...]:
    """A sequence with one text changed."""
    return (*texts[:at], text, *texts[at + 1 :])


def of_operations(dress: Dress) -> Iterator[Mutant]:
    """What can be wrong with one operation."""
    for one in OPERATIONS:
        for forward in FORWARDS[one.method]:
            yield Mutant("forward", dress.name, f"{one.method}: {forward}", changed(dress, one, forward=forward))
        for cause, table in (("operand", OPERANDS), ("local_derivative", SLOPES)):
            for at, slope in table.get(one.method, ()):
                source = changed(dress, one, slopes=put(one.slopes, at, slope))
                yield Mutant(cause, dress.name, f"{one.method}: {slope}", source)
        if dress.method is closure or isinstance(dress, Branching):
            yield from of_deposits(dress, one)


def of_deposits(dress: Dress, one: Operation) -> Iterator[Mutant]:
    """What can be wrong with the lines that write gradients."""

    def mutant(cause: str, change: str, **facts: object) -> Mutant:
        return Mutant(cause, dress.name, f"{one.method}: {change}", changed(dress, one, **facts))

    for at in range(len(one.slopes)):
        own = (("self", "other") if dress.method is closure else ("a", "b"))[at] + ".G"
        yield mutant("overwritten", f"= at {at}", signs=put(one.signs, at, "="))
        yield mutant("upstream", f"none at {at}", factors=put(one.factors, at, ""))
        yield mutant("upstream", f"own at {at}", factors=put(one.factors, at, own))
        yield mutant("local_derivative", f"nothing at {at}", signs=put(one.signs, at, ""))
        yield mutant("wrong_node", f"out at {at}", targets=put(one.targets, at, "out"))
        if one.two:
            yield mutant("wrong_node", f"other at {at}", targets=put(one.targets, at, "ba"[at]))


TOPO_DEEP = """\
                for child in v.L:
                    build_topo(child)
                topo.append(v)
"""
TOPO_FLAT = """\
                topo.append(v)
                for child in v.L:
                    build_topo(child)
"""
LIST_DEEP = """\
        for one in self.L:
            one.topo(seen, order)
        order.append(self)
"""
LIST_FLAT = """\
        order.insert(0, self)
        for one in self.L:
            one.topo(seen, order)
"""
CENTRAL_DEEP = """\
            for child in v.L:
                visit(child)
            order.append(v)
"""
CENTRAL_FLAT = """\
            order.append(v)
            for child in v.L:
                visit(child)
"""
COUNTING = """\
                if count[child] == 0:
                    ready.append(child)
"""
HURRYING = """\
                if child not in done:
                    done.append(child)
                    ready.append(child)
"""
SEEDS = ("        self.G = 1.0\n", "        self.G = 1\n", "grad=1.0")
CHILD = "child.G += local * v.G"
TURN = "v.L[i].G += v.G * v.local[i]"
Change = tuple[str, str, str]
WALKS: dict[str, tuple[Change, ...]] = {
    "overwritten": (
        (CHILD, "child.G = local * v.G", "="),
        ("self.G += grad", "self.G = grad", "="),
        (TURN, "v.L[i].G = v.G * v.local[i]", "="),
    ),
    "upstream": (
        (CHILD, "child.G += local", "none"),
        (CHILD, "child.G += local * child.G", "own"),
        ("child.backward(local * grad)", "child.backward(local)", "none"),
        (TURN, "v.L[i].G += v.local[i]", "none"),
        (TURN, "v.L[i].G += v.L[i].G * v.local[i]", "own"),
    ),
    "wrong_node": (
        (CHILD, "v.G += local * v.G", "user"),
        (CHILD, "v.L[0].G += local * v.G", "first"),
        (TURN, "v.L[0].G += v.G * v.local[i]", "first"),
        (TURN, "v.G += v.G * v.local[i]", "user"),
    ),
    "local_derivative": (
        (CHILD, "child.G += 2.0 * local * v.G", "double"),
        (CHILD, "child.G -= local * v.G", "minus"),
        (TURN, "v.L[i].G += v.G", "none"),
        (TURN, "v.L[i].G -= v.G * v.local[i]", "minus"),
        ("child.backward(local * grad)", "child.backward(-local * grad)", "minus"),
        ("child.backward(local * grad)", "child.backward(grad)", "none"),
    ),
    "operand": (
        (TURN, "v.L[i].G += v.G * v.local[len(v.L) - 1 - i]", "reversed"),
        ("zip(v.L, v.local)", "zip(v.L, reversed(v.local))", "reversed"),
    ),
    "seed": (
        *(
            (line, line.replace("1.0", number).replace("1\n", f"{number}\n"), number)
            for line in SEEDS
            for number in ("2.0", "0.0", "-1.0")
        ),
        (SEEDS[0], "", "none"),
        (SEEDS[1], "", "none"),
        (SEEDS[0], "        self.G += 2.0\n", "+="),
    ),
    "order": (
        ("for node in reversed(topo)", "for node in topo", "not reversed"),
        (TOPO_DEEP, TOPO_FLAT.replace("topo.append(v)", "topo.insert(0, v)"), "before its operands"),
        ("        order.reverse()\n", "", "not reversed"),
        (LIST_DEEP, LIST_FLAT, "before its operands"),
        (COUNTING, HURRYING, "as they come"),
        ("for v in reversed(order)", "for v in order", "not reversed"),
        (CENTRAL_DEEP, CENTRAL_FLAT.replace("order.append(v)", "order.insert(0, v)"), "before its operands"),
        ("sorted(found, key=lambda v: -v.number)", "found", "as they come"),
        ("-v.number", "v.number", "backwards"),
    ),
    "visited_twice": (
        ("            if v not in visited:\n", "            if True:\n", "no set"),
        ("        if self in seen:\n            return\n", "", "no set"),
        ("                if count[child] == 0:\n", "                if True:\n", "no count"),
        ("            if v in seen:\n                return\n            seen.add(v)\n", "", "no set"),
        (
            "                if child not in found:\n                    found.append(child)\n",
            "                found.append(child)\n",
            "no set",
        ),
        (
            "            node._backward()\n",
            "            node._backward()\n            node._backward()\n",
            "called twice",
        ),
        ("            v._backward()\n", "            v._backward()\n            v._backward()\n", "called twice"),
    ),
    "recursion": (
        (
            "            if v not in visited:\n                visited.add(v)\n" + TOPO_DEEP,
            "            build_topo(v)\n",
            "itself",
        ),
        ("        if self in seen:\n            return\n", "        self.topo(seen, order)\n", "itself"),
        ("            if v in seen:\n                return\n", "            visit(v)\n", "itself"),
        ("child.backward(local * grad)", "self.backward(local * grad)", "itself"),
        ("            v = ready.pop()\n", "            v = ready.pop()\n            v.backward()\n", "itself"),
    ),
}


def of_walks(dress: Dress) -> Iterator[Mutant]:
    """What can be wrong with the walk back."""
    for cause, changes in WALKS.items():
        for line, other, change in changes:
            if line in dress.walk:
                walk = dress.walk.replace(line, other)
                if "done" in other:
                    walk = walk.replace("ready = [self]\n", "ready = [self]\n        done = []\n")
                yield Mutant(cause, dress.name, change, replace(dress, walk=walk).source())


STALE = """
for i in range(3):
    loss = ((x*p + y).tanh() - 0.3)**2
    loss.backward()
    for v in [x, y]:
        v.D = v.D - 0.1 * v.G
"""
DOMAINS = ("(x - x).log()", "x / (y - y)", "((x*2000.0).exp() - 1.0) * y", "(y*1.0).log()")
MISSING = {
    "2.0 - x": "__rsub__",
    "1.0 / x": "__rtruediv__",
    "x.cos()": "cos",
    "x // y": "__floordiv__",
    "+x": "__pos__",
    "2.0 ** x": "__rpow__",
}
UNWRAPPED = ("x + 2.0", "x * 3.0", "x - 1.0", "y / 2.0", "1.0 + x")


def of_programs(dress: Dress) -> Iterator[Mutant]:
    """What can be wrong with how an engine is used."""
    if ".G = 0" not in dress.walk:
        twice = "w.backward()\n"
        if "paths" not in dress.name:
            yield Mutant("stale", dress.name, "the same graph twice", dress.source(program=PROGRAM + twice))
        yield Mutant("stale", dress.name, "training", dress.source(program=PROGRAM + dress.spelled(STALE)))
    for line in DOMAINS:
        program = PROGRAM.replace("w = v + q*q", f"w = v + q*q + {line}")
        yield Mutant("domain", dress.name, line, dress.source(program=program))
    for line in UNWRAPPED:
        operations = [replace(one, wraps=False) for one in OPERATIONS]
        program = PROGRAM.replace("t = (s + z.log()).relu() * 0.5", f"t = (s + z.log()).relu() * ({line})")
        yield Mutant("unwrapped", dress.name, line, dress.source(operations, program))
    for line, method in MISSING.items():
        program = PROGRAM.replace("w = v + q*q", f"w = v + q*q + ({line})")
        yield Mutant("missing", dress.name, method, dress.source(program=program))


@cache
def mutants() -> Sequence[Mutant]:
    """All of them, also those that happen to be right on the program."""
    return [one for dress in DRESSES for one in (*of_operations(dress), *of_walks(dress), *of_programs(dress))]

"""All that the language offers, with every odd argument: what comes of it is a thing of ours or a fault of ours."""

import random
import time
from collections.abc import Callable, Iterator, Mapping

import pytest

from engine.language import attributes, compare, iterate, operators, text
from engine.language.calls import call
from engine.language.faults import TROUBLE, Fault
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.machine import Machine
from engine.language.methods import METHODS
from engine.language.names import MODULES, NAMES, vocabulary
from engine.language.run import Options, Run, run, run_to
from engine.language.values import KINDS, UNBOUND, Builtin, Instance, Namespace, Thing
from engine.language.variables import Describer
from engine.nn import Module
from engine.optim import SGD, Adam

LIMITS = Limits(sequence=500, steps=10_000, elements=5_000, nodes=5_000)  # small ones end what is long the sooner
SLOW = 1.0  # seconds: of work that these limits allow, a hundredth of it
LONG_CALLS = 60  # with three to five arguments, per function

SETTING = """
class Plain: pass
class Odd:
    def __init__(self): self.x = 1
    def __getitem__(self, i): return [1, 2][i]
    def __len__(self): return 'text'
    def __call__(self, *a, **k): return a
    def __repr__(self): return 5
    def __eq__(self, other): return None
    def __lt__(self, other): return 'x'
    def __iter__(self): return [self]
    def __neg__(self): return self
    def __add__(self, other): return 1
class Endless:
    def __iter__(self): return (x for x in self)
    def __len__(self): return Value(2)
    def __repr__(self): return [self]
def everything(*a, **k): return a
def wrong(x): return x.upper()
cycle = []
cycle.append(cycle)
own = {}
own['me'] = own
deep = [0]
wide = (1,)
for i in range(60):
    deep = [deep]
    wide = (wide, wide)
used = zip([1], [2])
for i in used: pass
whole = 3
real = 2.5
neuron = Neuron(2)
broken = Layer(2, 2)
broken.neurons.append(broken)
emptied = Neuron(2)
emptied.w.clear()
"""
ODD = """
None | True | 0 | -1 | 7 | 2 ** 63 | 10 ** 300 | -10 ** 1200 | 0.5 | -0.0 | 1e308 | math.inf | -math.inf | math.nan
'' | 'a' | 'tanh' | '12' | '\\ud800\\x00' | 'x' * 499 | [] | [1, 2] | ['a', None] | [0.5] * 499 | [Value(1), 2, 0.5]
[[1, 2], [3, 4]] | cycle | deep | () | (1, 2) | wide | (None, [1]) | {} | {'a': 1, 'lr': 2} | own | {(1, whole): 2}
set() | {1, 'a', None} | range(3) | range(10 ** 18) | range(10 ** 400, -10 ** 400, -3) | zip([1, 2], 'ab') | used
(i for i in range(10 ** 9)) | enumerate([1]) | map(wrong, [1]) | filter(None, [0, 1]) | reversed([1, 2]) | {}.items()
Value(2.5) | Value(math.nan) | Value(math.inf) | Value(4) * 2 | whole | real | neuron.w[0] | neuron | Layer(2, 2)
MLP(2, [2, 1]) | broken | emptied | SGD([Value(1)], 0.1) | Adam([Value(1)], 0.1) | everything | lambda: 0 | wrong
Plain | Odd | Plain() | Odd() | Endless() | len | [].append | {}.get | Value(1).tanh | int | list | Value | MLP | math
random | math.tanh | moons
"""
SHOWN = tuple(one.strip() for line in ODD.strip().splitlines() for one in line.split(" | "))
PROGRAM = check(f"{SETTING}odd = [{', '.join(SHOWN)}]", Limits(), vocabulary())
Work = Callable[..., Thing]
OURS = (*KINDS, Instance, Module, SGD, Adam)


def odd() -> list[Thing]:
    """The odd things, made anew: what is called may change them."""
    return run_to(PROGRAM, Limits(), Options({}), kept)


def kept(ended: Run) -> list[Thing]:
    """The odd things of a run that is over, but for the names that some of them go on to read."""
    ended.machine.globals = []
    made: list[Thing] = ended.variables["odd"]
    return made


def attempt(described: tuple[str, ...], work: Work, *arguments: Thing) -> None:
    """Do it, and say what came of it in every way there is; anything but a fault of ours fails, named by its words."""
    machine = Machine(LIMITS, call)
    machine.globals.append(UNBOUND)
    started = time.process_time()
    try:
        result = work(machine, *arguments)
        assert result is NotImplemented or isinstance(result, OURS), described
        text.show(machine, result)
        Describer(machine, lambda _: None).variable(result)
    except TROUBLE:
        pass
    except Exception as error:
        raise AssertionError(described) from error
    assert time.process_time() - started < SLOW, described


def functions(names: Mapping[str, Thing], path: str = "") -> Iterator[tuple[str, Builtin]]:
    for name, thing in names.items():
        if isinstance(thing, Builtin):
            yield path + name, thing
        elif isinstance(thing, Namespace):
            yield from functions(thing.names, f"{path}{name}.")


LIBRARY = {function: path for path, function in (*functions(MODULES), *functions(NAMES))}


@pytest.mark.parametrize("function", LIBRARY, ids=LIBRARY.values())
def test_a_function_of_the_library_takes_or_refuses_whatever_it_is_given(function: Builtin) -> None:
    things, chance = odd(), random.Random(function.name)
    attempt((), call, function, (), {})
    for x, shown in zip(things, SHOWN, strict=True):
        attempt((shown,), call, function, (x,), {})
        for y in chance.sample(range(len(things)), 4):
            attempt((shown, SHOWN[y]), call, function, (x, things[y]), {})
        for name in (*function.keywords, "unknown"):
            attempt((name, shown), call, function, ([1, 2],), {name: x})
            attempt((name, shown), call, function, (2, 2), {name: x})
    for _ in range(LONG_CALLS):
        places = chance.sample(range(len(things)), chance.randint(3, 5))
        attempt(tuple(SHOWN[i] for i in places), call, function, tuple(things[i] for i in places), {})


@pytest.mark.parametrize("name", sorted(frozenset().union(*METHODS.values())))
def test_a_method_takes_or_refuses_whatever_it_is_given(name: str) -> None:
    things = odd()
    for owner, shown in zip(things, SHOWN, strict=True):
        try:
            method = attributes.read(Machine(LIMITS, call), owner, name)
        except Fault:
            continue
        attempt((shown,), call, method, (), {})
        for x, given in zip(things, SHOWN, strict=True):
            for operands in ((x,), (1, x), (x, "a")):
                attempt((shown, given), call, method, operands, {})
            attempt((shown, given), call, method, (), {"key": x})


def operation(one: operators.Operator) -> Work:
    return lambda m, x, y: operators.binary(m, one, x, y)


def relation(name: str) -> Work:
    return lambda m, x, y: compare.order(m, name, x, y)


def assignment(name: str) -> Work:
    return lambda m, x, y: attributes.write(m, x, name, y)


WRITTEN = ("data", "grad", "label", "lr", "w", "x", "__class__", "__init__")
PAIRS: Mapping[str, Work] = {
    **{one.symbol: operation(one) for one in operators.BINARY.values()},
    **{relation_name: relation(relation_name) for relation_name in compare.ORDERS},
    "==": compare.equal,
    "in": iterate.contains,
    "x[y]": attributes.element,
    "x[:y]": lambda m, x, y: attributes.element(m, x, attributes.bounds(m, None, y, None)),
    "x[1::y]": lambda m, x, y: attributes.element(m, x, attributes.bounds(m, 1, None, y)),
    "x[y] = 1": lambda m, x, y: attributes.put(m, x, y, 1),
    "x[1] = y": lambda m, x, y: attributes.put(m, x, 1, y),
    "x(y)": lambda m, x, y: call(m, x, (y,), {}),
    "x(y, y, key=y)": lambda m, x, y: call(m, x, (y, y), {"key": y}),
    **{f"x.{name} = y": assignment(name) for name in WRITTEN},
}


@pytest.mark.parametrize("way", PAIRS)
def test_any_two_things_go_together_or_are_refused(way: str) -> None:
    things = odd()
    for x, left in zip(things, SHOWN, strict=True):
        for y, right in zip(things, SHOWN, strict=True):
            attempt((left, right), PAIRS[way], x, y)


def test_any_thing_has_a_sign_a_truth_and_elements_or_is_refused() -> None:
    for x, shown in zip(odd(), SHOWN, strict=True):
        attempt((shown,), compare.truth, x)
        attempt((shown,), iterate.items, x)
        for symbol, name, plain in operators.UNARY.values():
            attempt((symbol, shown), operators.unary, symbol, name, plain, x)


def test_what_a_program_does_to_what_the_library_hands_out_is_gone_with_it() -> None:
    seen = "xs, ys = xor()\nprint(xs, ys, MLP(2, [2, 1]), random.random(), math.pi, moons(4), max(1, 2))"
    spoilt = "xs, ys = xor()\nxs.clear()\nys.append(xs)\nrandom.shuffle(ys)\nnet = MLP(1, [1])\nnet.layers.clear()\n"
    spoilt += "class Value: pass\nValue.grad = 3\nmax = None\n"
    first, *others = (
        run(check(program, Limits(), vocabulary()), Limits(), Options({})).printed for program in (seen, spoilt, seen)
    )
    assert others == ["", first]

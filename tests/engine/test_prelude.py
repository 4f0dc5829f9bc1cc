import builtins
import math
import random as python_random
import subprocess
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from engine import prelude
from engine.language import names as library
from engine.language.values import Namespace
from engine.leaf import Input
from engine.ops import OPS
from engine.prelude import MODULES, NAMES
from engine.value import Value
from tests.each import each

PLAIN = "all any bool dict enumerate filter len list map print range repr reversed sorted str tuple zip"


def names() -> Any:  # noqa: ANN401  # whatever a program finds
    """What `from engine.prelude import *` gives."""
    return SimpleNamespace(**{name: getattr(prelude, name) for name in prelude.__all__})


P = names()


def test_it_holds_exactly_the_names_of_the_language() -> None:
    assert set(prelude.__all__) == set(NAMES) == set(library.NAMES)
    assert all(getattr(prelude, name) is NAMES[name] for name in prelude.__all__)
    assert all(getattr(P, name) is getattr(builtins, name) for name in PLAIN.split())


def test_its_modules_offer_what_those_of_the_language_offer() -> None:
    def offered(modules: Mapping[str, object]) -> dict[str, object]:
        return {name: None if (inside := within(one)) is None else offered(inside) for name, one in modules.items()}

    def within(one: object) -> Mapping[str, object] | None:
        return vars(one) if isinstance(one, SimpleNamespace) else one.names if isinstance(one, Namespace) else None

    assert offered(MODULES) == offered(library.MODULES)


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no eval"):
        prelude.__getattr__("eval")


@each("op", OPS.values())
def test_an_operation_makes_a_node_of_values_and_a_number_of_numbers(op: Any) -> None:  # noqa: ANN401  # a record
    sample = op.samples[0]
    function = getattr(P, op.name)
    node = function(*map(Value, sample))
    assert node.op is op
    assert type(function(*sample)) in (float, int)
    assert function(*sample) == pytest.approx(node.data, rel=1e-12)
    assert getattr(P.math, op.name) is getattr(MODULES["torch"], op.name) is function


def test_plain_numbers_follow_python_s_own_rules() -> None:
    assert P.sqrt(4) == 2.0
    with pytest.raises(ValueError, match=r"domain|positive"):
        P.log(-1)
    with pytest.raises(OverflowError):
        P.exp(1000)
    assert P.pow(2, 3) == 8
    assert isinstance(P.math.floor(2.5), int)


def test_max_and_min_fold_the_operation_over_values() -> None:
    a, b = Value(2.0), Value(5.0)
    assert P.max([1, 3, 2]) == 3
    assert P.min("b", "a") == "a"
    assert P.max([], default=7) == 7
    assert P.max([a, b], key=lambda x: -x.data) is a
    largest = P.max(a, 3.0, b)
    assert largest.data == 5.0
    assert [node.op.name for node in largest.history() if node.op] == ["max", "max"]
    assert P.min(iter([a, b])).data == 2.0


def test_sum_adds_no_zero_in_front() -> None:
    a, b = Value(2.0), Value(5.0)
    total = P.sum([a, b])
    assert total.operands[0] is a
    assert total.operands[1] is b
    assert P.sum(x for x in (a,)) is a
    assert P.sum([a], b).operands[0] is b
    assert P.sum([1, 2.5]) == 3.5
    assert P.sum([]) == 0
    assert P.sum([[1], [2]], []) == [1, 2]


def test_an_input_is_seen_as_the_number_that_was_written() -> None:
    n = Input(10, label="n")
    assert P.isinstance(n, P.int)
    assert not P.isinstance(n, P.float)
    assert P.isinstance(n, (P.int, P.float, P.Value))
    assert P.isinstance(n, P.Value)
    assert P.round(Input(2.567), 2) == 2.57
    assert (P.int(Input(2.5)), P.float(n)) == (2, 10.0)
    assert repr(P.float(n)) == "10.0"
    assert list(P.range(Input(3))) == [0, 1, 2]
    assert (P.round(Value(2.5)), P.float(Value(2.5)), P.int("3")) == (2, 2.5, 3)


def test_types_are_compared_as_a_program_names_them() -> None:
    assert P.type(1) is P.int
    assert P.type(1.0) is P.float
    assert P.type("") is P.str
    assert P.type(Value(1.0)) is P.type(Input(1)) is P.Value
    assert P.isinstance({1}, P.set)
    assert P.isinstance(P.set([1]), P.set)
    assert P.type({1}) is P.set
    assert P.isinstance("a", (P.int, P.str))


def test_a_set_keeps_the_order_of_insertion() -> None:
    items = P.set([3, 1, 2, 3])
    items.add(0)
    items.discard(1)
    items.update([9, 3])
    assert list(items) == [3, 2, 0, 9]
    assert repr(items) == "{3, 2, 0, 9}"
    assert repr(P.set()) == "set()"
    assert list(items & {9, 2}) == [9, 2] or list(items & {9, 2}) == [2, 9]
    assert items | {5} == {3, 2, 0, 9, 5}
    assert items - {3} == {2, 0, 9}
    assert 2 in items
    assert len(items) == 4
    with pytest.raises(KeyError):
        items.remove(77)


def test_random_numbers_are_python_s_after_the_same_seed() -> None:
    P.random.seed(Input(5))
    theirs = python_random.Random(5)
    assert P.random.random() == theirs.random()
    assert P.random.uniform(Input(1), 2) == theirs.uniform(1, 2)
    assert P.random.randint(Value(1.0), 6) == theirs.randint(1, 6)
    assert P.random.gauss(0, 1) == theirs.gauss(0, 1)
    assert P.random.choice([1, 2, 3]) == theirs.choice([1, 2, 3])
    assert P.random.sample([1, 2, 3], 2) == theirs.sample([1, 2, 3], 2)
    ours, their = [1, 2, 3], [1, 2, 3]
    P.random.shuffle(ours)
    theirs.shuffle(their)
    assert ours == their


def test_nets_and_data_draw_from_the_same_random() -> None:
    P.random.seed(1)
    weights = [w.data for w in P.MLP(2, [2]).parameters()]
    points = P.moons(4, 0.1)
    P.random.seed(1)
    assert weights == [w.data for w in P.MLP(2, [2]).parameters()]
    assert points == P.moons(4, 0.1)
    P.random.seed(1)
    assert weights[0] == P.random.uniform(-1, 1)


def test_it_starts_at_seed_zero() -> None:
    command = "from engine.prelude import *; print(random.random())"
    import_path = [path for path in sys.path if path]
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {import_path!r}; {command}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(run.stdout) == python_random.Random(0).random()


def test_pytorch_s_word_for_a_value() -> None:
    x = MODULES["torch"].tensor(2.0, requires_grad=True)
    MODULES["torch"].tanh(x).backward()
    assert x.grad == pytest.approx(1 - math.tanh(2.0) ** 2)
    assert MODULES["torch"].tensor(Input(2)) == 2.0
    assert type(MODULES["torch"].tensor(2)) is float


def test_modules_of_imports() -> None:
    assert MODULES["micrograd"].engine.Value is Value
    assert (
        repr(MODULES["micrograd"].nn.MLP(1, [1, 1])) == "MLP of [Layer of [ReLUNeuron(1)], Layer of [LinearNeuron(1)]]"
    )
    assert MODULES["engine"].nn.MLP is P.MLP
    assert MODULES["math"].inf == math.inf
    assert math.isnan(MODULES["math"].nan)

"""The state of a run: keys, places and numbers of nodes, passes, what was assigned, what was printed."""

import pytest

from engine.language.calls import call
from engine.language.faults import Fault
from engine.language.limits import Limits
from engine.language.machine import KEPT, Machine, fits, serial
from engine.leaf import Input
from engine.nn import MLP
from engine.optim import SGD
from engine.origin import Site
from engine.value import Value

SITE = Site((0, 5), 3)


@pytest.fixture
def machine() -> Machine:
    return Machine(Limits(printed_bytes=10), call, overrides={"b": 7.0, "a#2": 8.0})


def test_keys_are_names_and_numbers_behind_them(machine: Machine) -> None:
    assert [machine.key(label) for label in "abaacb"] == ["a", "b", "a#2", "a#3", "c", "b#2"]


def test_an_input_is_the_number_that_was_asked_for(machine: Machine) -> None:
    numbers = [machine.input(1.0, name, SITE).data for name in ("a", "b", "a")]
    assert numbers == [1.0, 7.0, 8.0]
    assert [*machine.inputs] == ["a", "b", "a#2"]
    assert list(machine.keys.values()) == ["a", "b", "a#2"]


@pytest.mark.parametrize("number", [True, 2**53 + 1, 10**400])
def test_what_no_double_holds_is_no_input(machine: Machine, number: int) -> None:
    assert machine.input(number, "a", SITE) is number
    assert not machine.inputs


@pytest.mark.parametrize(
    ("number", "held"), [(2**53, True), (2**53 + 1, False), (2**60, True), (10**400, False), (-3, True)]
)
def test_a_double_holds_a_whole_number_exactly_or_not(number: int, held: bool) -> None:  # noqa: FBT001
    assert fits(number) is held


def test_a_leaf_takes_its_key_from_its_label_its_target_or_its_class(machine: Machine) -> None:
    machine.site = SITE
    leaves = [machine.leaf(1.0, "k"), machine.leaf(2.0, None)]
    machine.targets[SITE] = "named"
    leaves.append(machine.leaf(3.0, None))
    assert [machine.keys[serial(leaf)] for leaf in leaves] == ["k", "Value", "named"]
    assert not any(isinstance(leaf, Input) for leaf in leaves)
    assert machine.newest is leaves[-1]


def test_what_the_library_makes_is_numbered_operands_first_and_once(machine: Machine) -> None:
    old = machine.stamp(Value(1.0), Site((9, 9), 9))
    made = -(old * 2 + Value(3.0))
    machine.settle([made, "text", made], SITE)
    order = [node.origin for node in made.history()]
    assert [one[2] for one in order if one] == [0, 1, 2, 3, 4]
    assert [one[0].line for one in order if one] == [9, 3, 3, 3, 3]
    net = MLP(2, [1])
    machine.settle(net, SITE)
    assert all(serial(parameter) > 4 for parameter in net.parameters())


def test_a_pass_is_remembered_with_its_root_and_keeps_what_leaves_were(machine: Machine) -> None:
    leaf = machine.stamp(Value(2.0), SITE)
    root = machine.stamp(leaf * leaf, SITE)
    machine.write(leaf, 5.0)
    machine.write(root, 7.0)
    machine.site = SITE
    machine.backward(root)
    assert (machine.root, machine.passes) == (root, [(1, 7.0, 3)])
    assert leaf.grad == 4.0
    assert machine.assigned == [(leaf, 2, 2.0)]


def test_a_pass_does_not_keep_what_operations_were(machine: Machine) -> None:
    root = machine.stamp(Value(2.0) * 3, SITE)
    machine.write(root, 7.0)
    machine.backward(root)
    assert machine.assigned == []


def test_a_step_of_an_optimizer_is_charged_by_the_parameter(machine: Machine) -> None:
    used = []
    for count in (1, 11, 111):
        before = machine.meter.used
        machine.step(SGD([Value(1.0) for _ in range(count)], 0.5))
        used.append(machine.meter.used - before)
    assert used[2] - used[1] == 10 * (used[1] - used[0]) == 400


def test_what_is_remembered_of_a_long_training_is_bounded(machine: Machine) -> None:
    leaf = machine.stamp(Value(2.0), SITE)
    machine.site = SITE
    for _ in range(5):
        for number in range(KEPT):
            machine.write(leaf, float(number))
        machine.backward(leaf)
    assert KEPT <= len(machine.assigned) <= 2 * KEPT
    assert machine.assigned[-1][2] == KEPT - 2.0


def test_a_step_of_an_optimizer_remembers_what_it_moves(machine: Machine) -> None:
    leaf = machine.stamp(Value(2.0), SITE)
    leaf.grad = 1.0
    machine.step(SGD([leaf], 0.5))
    assert leaf.data == 1.5
    assert machine.assigned == [(leaf, 1, 2.0)]


def test_only_operations_may_become_the_output(machine: Machine) -> None:
    value = Value(1.0)
    for thing in (value * 2, value, [value * 3], None, 5):
        machine.see(thing)
    assert machine.last is not None
    assert machine.last.data == 2.0


def test_prints_are_counted_in_bytes(machine: Machine) -> None:
    machine.print("éé\ud800")
    machine.print("abc")
    assert "".join(machine.printed) == "éé\ud800abc"
    with pytest.raises(Fault) as caught:
        machine.print("a")
    assert caught.value.limit == "printed_bytes"

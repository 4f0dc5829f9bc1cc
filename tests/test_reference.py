"""The reference run does what LANGUAGE says of inputs, names, and the output."""

import pytest

from engine.leaf import Input
from engine.value import Value
from tests.each import each
from tests.reference import described, run_reference


@each(
    ("source", "inputs"),
    [
        ("a = 2.0", {"a": 2.0}),
        ("a = -3", {"a": -3.0}),
        ("x = 2/3", {"x": 2 / 3}),
        ("import math\nt = pi/4\nu = math.e**2", {"t": 0.7853981633974483, "u": 2.718281828459045**2}),
        ("a, b = 2.0, -3.0", {"a": 2.0, "b": -3.0}),
        ("a = b = 1.0", {"a": 1.0}),
        ("a: float = 2.0", {"a": 2.0}),
        ("a = 1\na = 2", {"a": 1.0, "a#2": 2.0}),
        ("e = 3.0\nx = e / 2", {"e": 3.0}),
        ("n = 2**60 + 1", {}),
        ("a = True\nb = 'x'\nc = None\nd = [1, 2]", {}),
        ("if True:\n    a = 1.0\nfor i in range(2):\n    b = 2.0", {}),
        ("a = Value(2.0)\nb = Value(3.0, label='k')\nc = Value(1.0)*2", {"a": 2.0, "k": 3.0}),
        ("import torch\nx = torch.tensor(2.0, requires_grad=True)", {"x": 2.0}),
        ("a = 2.0\nb = a", {"a": 2.0}),
    ],
)
def test_which_assignments_make_inputs(source: str, inputs: dict[str, float]) -> None:
    assert run_reference(source).data == inputs


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("a = 2.0\nb = a*3\na + 1", 3.0),
        ("a = 2.0\nb = a*3\nb.backward()\nc = a + 1", 6.0),
        ("a = 2.0\nb = a*3\na.backward()", 2.0),
        ("a = 2.0\nb = 5.0", 5.0),
        ("a = 2.0\nfor i in range(3):\n    a += i", 5.0),
        ("a = 2.0\ndef f(x):\n    y = x*7\n    return y\nb = f(a) + 1\nc = f(2)", 15.0),
        ("a = 0.0\nb = a * 1", 0.0),
    ],
)
def test_which_value_is_the_output(source: str, output: float) -> None:
    found = run_reference(source).output
    assert found is not None
    assert found.data == output
    assert found.grad == 1.0


def test_a_program_without_a_value_has_no_output() -> None:
    assert run_reference("print('hello')").output is None


def test_an_input_is_written_as_a_number_and_works_as_one() -> None:
    found = run_reference("n = 3\nxs = [5, 6, 7, 8]\nprint(n, xs[n], xs[n // 2], [0] * n, f'{n:.2f}', n // 2)")
    assert found.printed == "3 8 6 [0, 0, 0] 3.00 Value(data=1.0, grad=0.0)\n"


def test_assigning_a_value_to_data_takes_its_number() -> None:
    found = run_reference("a = 2.0\nrate = 0.5\ny = a*a\ny.backward()\na.data -= rate * a.grad\na.grad = Value(7.0)")
    assert found.data["a"] == 0.0
    assert found.grads["a"] == 7.0
    assert type(found.data["a"]) is float


def test_an_import_never_replaces_a_class_of_the_program() -> None:
    source = "from micrograd.engine import Value\nclass Value:\n    pass\nfrom micrograd.nn import Neuron as Cell"
    found = run_reference(source)
    assert found.variables.keys() == {"Value"}
    assert found.variables["Value"] is not Value


def test_values_are_as_before_afterwards() -> None:
    before = {name: vars(Value).get(name) for name in ("__init__", "backward", "data", "grad", "__index__")}
    with pytest.raises(ZeroDivisionError):
        run_reference("x = 1.0\nfor i in range(1):\n    1 / 0")
    assert {name: vars(Value).get(name) for name in before} == before


def test_the_seed_is_the_request_s() -> None:
    source = "import random\nprint(random.random())"
    assert run_reference(source).printed == run_reference(source).printed != run_reference(source, seed=1).printed


@pytest.mark.parametrize(
    ("x", "description"),
    [
        (Input(2), ("value", 2.0)),
        (2**60, ("integer", str(2**60))),
        (float("-inf"), ("number", "-Infinity")),
        ([1, (2.0, None), {"a": True}], ("list", [1, [2.0, None], {"a": True}])),
        ({1: "x"}, ("dict", [[1, "x"]])),
        (Value, ("class", None)),
        (print, ("function", None)),
    ],
)
def test_variables_are_described_as_in_answers(x: object, description: tuple[str, object]) -> None:
    assert described(x) == description

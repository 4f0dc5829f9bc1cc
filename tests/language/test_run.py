"""A run: its output, inputs and their keys, passes, names, prints, lines; what a request may say about it."""

import sys
from dataclasses import replace

import pytest

from engine.language.errors import LimitExceeded
from engine.language.grammar.checked import check
from engine.language.run import Options, Run, run
from engine.origin import Site
from engine.value import Value
from tests.each import each
from tests.language.agreement import LIMITS, NAMES, ran
from tests.language.telling import Wrong, check_wrong, fault, said

NOTHING = Options(inputs={})
EXPRESSION = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"


def grads(found: Run) -> dict[str, float]:
    """The gradients of the inputs by key."""
    return {found.keys[one.origin[2]]: one.grad for one in found.inputs if one.origin}


def keys(source: str) -> list[str]:
    return list(ran(source).keys.values())


# Inputs

INPUTS = [
    ("a = 2.0", ["a"]),
    ("a = -3", ["a"]),
    ("x = 2/3", ["x"]),
    ("theta = pi/4", ["theta"]),
    ("import math\nx = math.e ** 2 - math.pi", ["x"]),
    ("a, b = 2.0, -3.0", ["a", "b"]),
    ("(a, b) = (2.0, -3.0)", ["a", "b"]),
    ("a = b = 1.0", ["a"]),
    ("a: float = 2.0", ["a"]),
    ("a = 1.0\na = 2.0\na = 3.0", ["a", "a#2", "a#3"]),
    ("a = Value(2.0)", ["a"]),
    ("a = Value(2.0, label='k')", ["k"]),
    ("xs = [Value(1.0), Value(2.0)]", ["Value", "Value#2"]),
    ("import torch\nx = torch.tensor(2.0, requires_grad=True)", ["x"]),
    ("a = 1.0\nb = Value(2.0, label='a')", ["a", "a#2"]),
    ("if True:\n    a = 1.0", []),
    ("for i in range(2):\n    a = 1.0", []),
    ("def f():\n    a = 1.0\n    return a\nb = f()", []),
    ("a = [1.0, 2.0]\nb = (1.0, 2.0)\nc = {'a': 1.0}", []),
    ("a = True\nb = None\nc = 'x'", []),
    ("a = 1.0\nb = a", ["a"]),
    ("a = 1.0\nb = 2 * a + 1", ["a"]),
    ("a = int(2.0)\nb = [1.0][0]", []),
    ("n = 2 ** 64 + 1", []),
    ("pi = 3\nx = pi / 2", ["pi"]),
    ("a, b = 1.0, [2.0]", []),
    ("n = MLP(2, [1])", []),
]


@each(("source", "expected"), INPUTS)
def test_which_statements_make_inputs_and_how_they_are_called(source: str, expected: list[str]) -> None:
    assert keys(source) == expected


@pytest.mark.parametrize(
    ("source", "inputs", "variable", "number"),
    [
        ("a = 2.0\nb = a * 3", {"a": 5.0}, "b", 15.0),
        ("a = 2.0\na = 4.0\nb = a * 3", {"a": 5.0}, "b", 12.0),
        ("a = 2.0\na = 4.0\nb = a * 3", {"a#2": 5.0}, "b", 15.0),
        ("a, b = 1.0, 2.0\nc = a - b", {"b": 7.0}, "c", -6.0),
        ("a = Value(2.0)\nb = a * 3", {"a": 5.0}, "b", 15.0),
        ("b = Value(2.0, label='k') * 3", {"k": 5.0}, "b", 15.0),
        ("n = 3\nb = Value(1.0) * len([0] * n)", {"n": 5}, "b", 5.0),
        ("a = 2.0\nb = a * 3 if a > 0 else a * 5", {"a": -1.0}, "b", -5.0),
        ("x = 2/3\ny = x + 0", {"x": 1.0}, "y", 1.0),
    ],
)
def test_a_request_moves_inputs_by_their_keys(
    source: str, inputs: dict[str, float], variable: str, number: float
) -> None:
    assert ran(source, Options(inputs=inputs)).variables[variable].data == number


@pytest.mark.parametrize("key", ["z", "a#3", "A", "", "__class__", "b", "a" * 5000, "<b>"])
def test_an_unknown_input_is_told_with_those_that_exist(key: str) -> None:
    found = fault("a = 1.0\na = 2.0\nb = a * 2", Options(inputs={key: 1.0}))
    assert (found.code, found.line) == ("input", None)
    assert found.hint == "the inputs are `a`, `a#2`"
    assert key[:80] in found.message
    assert len(found.message) < 200


def test_an_unknown_input_of_a_program_without_any() -> None:
    assert fault("x = [1]", Options(inputs={"x": 1.0})).hint == "the program has no inputs"


# The output

OUTPUTS = [
    ("a = 2.0", 2.0),
    ("a = 2.0\nb = Value(5.0)", 5.0),
    ("a = 2.0\nb = a * 3", 6.0),
    ("a = 2.0\nb = a * 3\nc = 7.0", 6.0),
    ("a = 2.0\nb = a * 3\na + 1", 3.0),
    ("a = 2.0\nb = a * 3\nb.backward()\nc = a + 1", 6.0),
    ("a = 2.0\nb = a * 3\nb.backward()\na.backward()", 2.0),
    ("a = 2.0\nfor i in range(3):\n    a += i", 5.0),
    ("a = 2.0\nif a > 1:\n    b = a * 5\nelse:\n    b = a * 7", 10.0),
    ("a = 2.0\ndef f(x):\n    y = x * 7\n    return y\nb = f(a) + 1\nc = f(2)", 15.0),
    ("a = 2.0\nb, c = a * 2, a * 4", 8.0),
    ("a = 2.0\nb, *c = [a * 2, a * 4]", 4.0),
    ("a = 2.0\nb = a * 2\nt = (a * 4, a * 8)", 4.0),
    ("a = 2.0\nb = a * 2\nprint(a * 4)", 4.0),
    ("a = 0.0\nb = a * 1", 0.0),
    ("a = 2.0\nb = a * 2\nb = 5.0", 4.0),
]


@each(("source", "number"), OUTPUTS)
def test_the_output_is_the_last_root_the_last_operation_or_the_last_input(source: str, number: float) -> None:
    found = ran(source)
    assert found.output is not None
    assert found.output.data == found.passes[-1].data == number


def test_a_program_without_any_value_has_no_output() -> None:
    found = ran("x = [1, 2]\nprint(x)")
    assert (found.output, found.passes, found.inputs) == (None, (), ())


def test_an_output_that_is_asked_for_gets_one_further_pass_on_cleared_gradients() -> None:
    source = "a = 2.0\nb = a * 3\nc = b * b\nc.backward()\nc.backward()"
    found = ran(source, Options(inputs={}, output="b"))
    assert found.output is found.variables["b"]
    assert grads(found) == {"a": 3.0}
    assert [(one.data, one.line) for one in found.passes] == [(36.0, 4), (36.0, 5), (6.0, None)]


def test_an_output_that_is_the_root_of_the_last_pass_gets_none() -> None:
    found = ran("a = 2.0\nb = a * 3\nb.backward()", Options(inputs={}, output="b"))
    assert len(found.passes) == 1


def test_gradients_written_before_the_playgrounds_own_pass_are_added_to() -> None:
    assert grads(ran("a = 2.0\na.grad = 5\nb = a * 3")) == {"a": 8.0}


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("z", "no variable of that name", "the Values are `a`, `b`"),
        ("xs", "it is not a Value", "the Values are `a`, `b`"),
        ("print", "no variable of that name", "the Values are"),
        ("math", "no variable of that name", "the Values are"),
        ("inner", "no variable of that name", "the Values are"),
        ("", "no variable of that name", "the Values are"),
        ("__builtins__", "no variable of that name", "the Values are"),
        ("x" * 3000, "no variable of that name", "the Values are"),
    ],
)
def test_an_output_that_is_none_is_told_with_the_values_there_are(name: str, message: str, hint: str) -> None:
    source = "a = 2.0\nb = a * 3\nxs = [a]\ndef f():\n    inner = a * 2\nf()"
    found = fault(source, Options(inputs={}, output=name))
    assert (found.code, found.line) == ("output", None)
    assert message in found.message
    assert hint in (found.hint or "")
    assert len(found.message) < 200


# Passes

PASSES = [
    ("b.backward()", [4], {"a": 6.0}),
    ("b.backward()\nb.backward()", [4, 5], {"a": 12.0}),
    ("b.backward()\na.grad = 0\nb.backward()", [4, 6], {"a": 6.0}),
    ("b.backward()\nb.zero_grad()\nb.backward()", [4, 6], {"a": 6.0}),
    ("for i in range(3): b.backward()", [4, 4, 4], {"a": 18.0}),
    ("def f(v): v.backward()\nf(b)", [4], {"a": 6.0}),
    ("", [None], {"a": 6.0}),
]


@pytest.mark.parametrize(("more", "lines", "expected"), PASSES)
def test_every_call_of_backward_is_a_pass_that_adds_to_the_leaves(
    more: str, lines: list[int | None], expected: dict[str, float]
) -> None:
    found = ran("a = 1.5\nc = a * 2\nb = c * a\n" + more)
    assert [one.line for one in found.passes] == lines
    assert {one.data for one in found.passes} == {4.5}
    assert grads(found) == expected


def test_interior_nodes_hold_the_last_pass_and_micrograd_compounds() -> None:
    source = "a = 3.0\nb = a + a\nc = b * b\nc.backward()\nc.backward()"
    assert (grads(ran(source)), ran(source).variables["b"].grad) == ({"a": 48.0}, 12.0)
    assert grads(ran(source, Options(inputs={}, accumulation="micrograd"))) == {"a": 24.0 + 48.0}


def test_accumulation_is_that_of_pytorch_unless_it_is_to_be_micrograds() -> None:
    source = "x = 2.0\ny = x * x\nz = y * 3\nz.backward()\nz.backward()"
    assert grads(ran(source)) == {"x": 24.0}
    assert grads(ran(source, Options(inputs={}, accumulation="micrograd"))) == {"x": 36.0}


def test_zero_grad_clears_what_a_value_depends_on_and_nothing_else() -> None:
    found = ran("a, b = 1.0, 2.0\nc = a * a\nd = b * b\nc.backward()\nd.backward()\nc.zero_grad()\nd.data = 4.0")
    assert grads(found) == {"a": 0.0, "b": 4.0}
    assert found.variables["c"].grad == 0.0


# Names, prints, lines

VARIABLES = [
    ("a = [1]\ndel a", []),
    ("import math\nimport random as r\nfrom math import tanh, pi as p\nx = [1]", ["x"]),
    ("from micrograd.nn import MLP, Module\nfrom engine import Value as V\nx = [1]", ["x"]),
    ("from micrograd.nn import MLP\nMLP = 3\nmath = [1]", ["MLP", "math"]),
    ("def f(p):\n    inside = p\nclass A: x = 1\nf(1)", ["f", "A"]),
    ("for i in range(2): pass", ["i"]),
    ("x = [i for i in range(3)]", ["x"]),
    ("print((n := 5))", ["n"]),
    ("if 0:\n    x = [1]", []),
    ("def f():\n    global g\n    g = [1]\nf()", ["f", "g"]),
    ("sum = print\nmax = max", ["sum"]),
    ("x = None\nprint = None", ["x", "print"]),
    ("x = [math.pi][0]\ny = [math][0]", ["x", "y"]),
]


@each(("source", "names"), VARIABLES)
def test_variables_are_the_names_of_the_module_without_imports(source: str, names: list[str]) -> None:
    assert list(ran(source).variables) == names


LINES = [
    ("a = 1.0\nb = a * 2", {1: 1, 2: 1}),
    ("a = 1.0\nif a > 2:\n    b = a\nelse:\n    b = a * 2", {1: 1, 2: 1, 5: 1}),
    ("for i in range(3):\n    x = i\n    y = i", {1: 1, 2: 3, 3: 3}),
    ("for i in range(3):\n    if i == 1:\n        continue\n    x = i", {1: 1, 2: 3, 3: 1, 4: 2}),
    ("def f():\n    return 1\nf()\nf()", {1: 1, 2: 2, 3: 1, 4: 1}),
    ("i = [0][0]\nwhile i < 2:\n    i += 1\nelse:\n    x = 1", {1: 1, 2: 1, 3: 2, 5: 1}),
    ("def f():\n    return 1", {1: 1}),
    ("class A:\n    x = 1\n    def f(self):\n        return 2\nA()", {1: 1, 2: 1, 3: 1, 5: 1}),
    ("", {}),
    ("# nothing", {}),
]


@pytest.mark.parametrize(("source", "lines"), LINES)
def test_the_lines_that_ran_are_counted(source: str, lines: dict[int, int]) -> None:
    assert ran(source).lines == lines


def test_every_node_knows_the_line_and_the_text_it_was_written_in() -> None:
    source = "a = 2.0\nb = (a * 3\n     + a)\ndef f(x):\n    return tanh(x)\nc = f(b).exp()"
    nodes = {node.op.name: node for node in ran(source).variables["c"].history() if node.op}
    places = {name: (source[slice(*site.span)], site.line) for name, node in nodes.items() for site in [site_of(node)]}
    assert places == {
        "mul": ("a * 3", 2),
        "add": ("a * 3\n     + a", 2),
        "tanh": ("tanh(x)", 5),
        "exp": ("f(b).exp()", 6),
    }


def site_of(node: Value) -> Site:
    assert node.origin is not None
    return node.origin[0]


def test_prints_are_kept_as_they_are() -> None:
    assert said("print(1)\nprint('a', 'b', sep='', end='|')\nprint()") == "1\nab|\n"


def test_the_seed_of_the_request_decides_the_random_numbers() -> None:
    source = "print(random.random(), MLP(1, [1]).parameters()[0].data)"
    assert said(source) == said(source)
    assert ran(source, Options(inputs={}, seed=1)).printed != said(source)
    assert ran("random.seed(0)\n" + source, Options(inputs={}, seed=1)).printed == said(source)


def test_nothing_is_left_of_one_run_in_the_next() -> None:
    first = said("print(random.random(), sum([1, 2]))")
    ran("random.seed(5)\nsum = max = 3\nmath = 4\nclass Value: pass")
    assert said("print(random.random(), sum([1, 2]))") == first


def test_the_recursion_limit_is_as_it_was_afterwards() -> None:
    before = sys.getrecursionlimit()
    said("def f(n): return f(n - 1) if n else 0\nprint(f(900))")
    assert sys.getrecursionlimit() == before


WRONG = [
    Wrong("def f():\n    return g()\ndef g():\n    return 1 / 0\nf()", "zero_division", 4, "divides by zero"),
    Wrong("x = [1,\n     2,\n     1 / 0]", "zero_division", 3, "divides by zero"),
    Wrong("a = 1\r\nb = [2]\r\nc = b[5]", "index", 3, "there is no position 5"),
    Wrong("x = 1; y = [1][3]", "index", 1, "there is no position 3"),
    Wrong("for i in [3, 0]:\n    x = 1\n    y = 1 / i", "zero_division", 3, "divides by zero"),
    Wrong("while True:\n    x = [1][1]", "index", 2, "there is no position 1"),
    Wrong("assert 1 > 2, f'{1 + 1} is wrong'", "assertion", 1, "does not hold: 2 is wrong"),
    Wrong("def f():\n    x = y\n    y = 1\nf()", "name", 2, "`y` is used before"),
]


@pytest.mark.parametrize("row", WRONG)
def test_a_mistake_has_the_line_it_was_made_in(row: Wrong) -> None:
    check_wrong(row)


@pytest.mark.parametrize(
    ("budget", "limit", "source", "line"),
    [
        ("steps", 500, "x = [1]\nwhile True: pass", 2),
        ("cpu_seconds", 1e-9, "x = [1]\nwhile True: pass", 2),
        ("nodes", 50, "a = 1.0\nxs = []\nwhile True: xs.append(a * 2)", 3),
        ("elements", 300, "x = []\nwhile True: x.append([0] * 10)", 2),
        ("integer_bits", 64, "x = [3][0]\nwhile True: x = x * x", 2),
        ("sequence", 20, "x = []\nfor i in range(30): x.append(i)", 2),
        ("call_depth", 20, "def f(n):\n    return f(n + 1)\nf(0)", 2),
        ("data_depth", 5, "x = []\nfor i in range(9): x = [x]\nprint(x)", 3),
        ("printed_bytes", 20, "x = [1]\nwhile True: print('abc')", 2),
    ],
)
def test_a_budget_that_is_exceeded_is_named_with_its_limit_and_the_line(
    budget: str, limit: float, source: str, line: int
) -> None:
    limits = replace(LIMITS, **{budget: limit})  # type: ignore[arg-type]  # of any budget
    with pytest.raises(LimitExceeded) as caught:
        run(check(source, limits, NAMES), limits, NOTHING)
    (found,) = caught.value.diagnostics
    assert found.line == line
    assert found.limit == next(one["name"] for one in limits.describe() if one["value"] == limit)
    assert str(found.limit) in found.message
    assert f"{limit:,}" in found.message


@pytest.mark.parametrize(
    ("source", "moved", "initial"),
    [
        ("x = 3.0\ny = x*x", {}, []),
        ("x = 3.0\ny = x*x", {"x": 3.0}, []),
        ("x = 3.0\ny = x*x", {"x": 5.0}, [3.0]),
        ("x = Value(3)\ny = x*x", {"x": 5.0}, [3.0]),
        ("x = -1.0\ny = x*x\ny.backward()\nSGD([x], lr=0.1).step()\ny = x*x", {}, [-1.0]),
        ("x = -1.0\ny = x*x\ny.backward()\nSGD([x], lr=0.1).step()\ny = x*x", {"x": 2.0}, [-1.0]),
    ],
)
def test_the_programs_own_number_is_known_where_an_input_has_another(
    source: str, moved: dict[str, float], initial: list[float]
) -> None:
    found = run(check(source, LIMITS, NAMES), LIMITS, Options(inputs=moved))
    assert list(found.initial.values()) == initial


def test_a_whole_request_is_answered_as_the_seed_says() -> None:
    found = ran(EXPRESSION)
    assert grads(found) == {"a": 6.0, "b": -4.0, "c": -2.0, "f": 4.0}
    assert {name: one.data for name, one in found.variables.items()} == {
        "a": 2.0,
        "b": -3.0,
        "c": 10.0,
        "f": -2.0,
        "L": -8.0,
    }

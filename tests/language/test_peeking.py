"""Whether a program takes a number out of a Value: then at other inputs it may build another graph."""

import ast

import pytest

from engine.examples import EXAMPLES
from engine.language.errors import RunError
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.names import vocabulary
from engine.language.run import Options, run
from tests.each import each
from tests.invariants.sources import functions, place, python_files

LIMITS, NAMES = Limits(), vocabulary()
START = "x = 2.0\nv = Value(3.0)\ny = x * v\nxs = [1, 2, 3]\n"

TAKES = {
    "if y > 1:\n    y = y * 2": "compares",
    "y = y if x == 2 else 1.0": "compares",
    "while y:\n    y = y * 0": "asks whether",
    "y = x and v": "asks whether",
    "y = not x": "asks whether",
    "y = bool(v)": "asks whether",
    "ok = any([y])": "asks whether",
    "assert y": "asks whether",
    "y = [z for z in [y] if z]": "asks whether",
    "n = int(y)": "plain number",
    "n = float(x)": "plain number",
    "n = round(y)": "plain number",
    "n = y.item()": "plain number",
    "n = y.detach()": "plain number",
    "n = Value(y)": "plain number",
    "n = y.data": "reads `.data`",
    "y.backward()\nn = x.grad": "reads `.grad`",
    "class P:\n    pass\np = P()\np.v = v\nn = p.v.data": "reads `.data`",
    "n = xs[x]": "whole",
    "n = xs[x:]": "whole",
    "xs[x] = 1": "whole",
    "n = [0] * x": "whole",
    "n = xs.pop(x)": "whole",
    "for i in range(x):\n    y = y * 2": "whole",
    "net = MLP(x, [1])": "whole",
    "random.seed(x)": "whole",
    "n = random.uniform(x, v)": "plain number",
    "n = {x: 1}": "key",
    "n = {1: 2}.get(x)": "key",
    "n = (x, 1) in {(2, 1)}": "key",
    "n = x in range(5)": "plain number",
    "n = y in [1.0]": "compares",
    "n = [1.0].index(x) if False else [2.0].index(x)": "compares",
    "n = sorted([y, x])": "sorts",
    "n = max([x, v], key=lambda z: z)": "compares",
    "n = isinstance(x, int)": "whole",
    "n = str(y)": "text",
    "n = repr([y])": "text",
    "n = f'{y:.3f}'": "text",
    "print(f'{y}', len([z for z in [y] if z > 1]))": "text",
    "y.data = 3.0": "assigns",
    "x.data -= 0.1": "assigns",
    "SGD([x], 0.1).step()": "assigns",
    "n = grad(y, x)": "builds a gradient",
    "n = softmax([x, v])": "largest",
    "n = cross_entropy([x, v], 1)": "largest",
    "def f(z):\n    return z > 1\nprint(f(y))": "compares",
    "class R:\n    def __repr__(self):\n        return 'a' if y > 1 else 'b'\nprint(R())": "compares",
    "def print(z):\n    return z\nn = print(y.data)": "reads `.data`",
}
LEAVES = (
    "z = tanh(y) + relu(x) - max(x, v)",
    "z = sum([x, v, y])\nw = mse([x, y], [1, 2])",
    "for i in range(3):\n    if i % 2 == 0:\n        y = y * x",
    "print(x, y, [v], y.data, x.grad, f'{y.data:.3f} {x / 2} {y > 1}', round(y, 2), v.item(), sep='-')",
    "y.backward()\ny.zero_grad()\nx.grad = 0\nx.grad = None",
    "net = MLP(2, [2, 1])\nz = net([x, v])",
    "y.label = 'out'\nn = [x, v][0] * len([x, v])",
    "n = isinstance(x, (int, float, Value))",
    "d = {'a': x}\nz = d['a'] * 2\ns = 'a' in d",
    "z = x // 2 + x % 2 + abs(x) + x**2",
)


def ended(source: str, *, strict: bool = False) -> str | None:
    return run(check(source, LIMITS, NAMES), LIMITS, Options({}, strict=strict)).machine.peeked


@each("text", TAKES)
def test_taking_a_number_out_of_a_value_is_noted_with_its_line(text: str) -> None:
    said = ended(START + text)
    assert said is not None
    assert TAKES[text] in said
    with pytest.raises(RunError) as caught:
        ended(START + text, strict=True)
    found = caught.value.diagnostics[0]
    assert (found.code, found.message) == ("peek", said)
    assert found.line is not None
    assert found.line > START.count("\n")


@pytest.mark.parametrize("text", LEAVES)
def test_building_and_printing_leaves_numbers_where_they_are(text: str) -> None:
    assert ended(START + text) is None
    assert ended(START + text, strict=True) is None


def test_examples_that_can_be_replayed() -> None:
    found = {example.name for example in EXAMPLES if ended(example.source) is None}
    assert {"expression", "square", "diamond", "micrograd", "loop", "neuron", "vanishing", "net", "torch"} <= found
    assert not found & {"branch", "descent", "line", "xor", "moons", "newton", "nudge", "limit", "chain"}


# Who reads the numbers of Values: to hand them to the program, which is noted; or for what is told at the end.
READERS = {
    "engine/language/compare.py": {"written"},
    "engine/language/compiler/augmented.py": {"augmented_attribute", "of_data"},
    "engine/language/compiler/peeking.py": {"number_of", "data", "grad"},
    "engine/language/compiler/updates.py": {"move", "work"},  # as noted, where anything has been
    "engine/language/conversions.py": {"is_a", "rounded"},
    "engine/language/library.py": {"text_of"},  # of a program that ends there
    "engine/language/machine.py": {"backward", "step", "write"},
    "engine/language/operators.py": {"as_index", "as_number"},
    "engine/language/run.py": {"finished", "has_changed"},
    "engine/language/variables.py": {"value", "variable"},
}


def test_the_numbers_of_values_are_read_in_few_places() -> None:
    """A new place needs a note, and a line here."""
    found: dict[str, set[str]] = {}
    for path in python_files("engine/language"):
        for function in functions(path):
            attributes = [node for node in ast.walk(function) if isinstance(node, ast.Attribute)]
            read = {node.attr for node in attributes if isinstance(node.ctx, ast.Load)}
            if read & {"data", "grad", "written"}:
                found.setdefault(place(path), set()).add(function.name)
    assert found == READERS

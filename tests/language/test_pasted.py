"""What learners paste: micrograd's own files, its imports, PyTorch's words; and the keys that the inputs get."""

import json
from pathlib import Path
from typing import Any

import micrograd
import pytest

from engine.document import run
from tests.each import each

JSON = dict[str, Any]


def answer(source: str, **asked: object) -> JSON:
    reply = run(json.dumps({"verb": "graph", "source": source, **asked}).encode())
    assert reply[:1] == b"+", reply
    found: JSON = json.loads(reply[1:])
    return found


def keys(source: str, **asked: object) -> JSON:
    nodes = answer(source, **asked)["nodes"]
    return {node["key"]: node["data"] for node in nodes if node["kind"] == "input"}


KEYS = [
    # program, its inputs by key
    ("a = 1.0\nb = 2.0\ny = a * b", {"a": 1.0, "b": 2.0}),
    ("a = 1.0\na = 2.0\ny = a * 3", {"a": 1.0, "a#2": 2.0}),
    ("a = Value(1.0)\ny = a * 2", {"a": 1.0}),
    ("a = b = Value(1.0)\ny = a * b", {"a": 1.0}),
    ("a, (b, c) = Value(1.0), (Value(2.0), 3.0)\ny = a * b", {"a": 1.0, "b": 2.0}),
    ("a: Value = Value(1.0)\ny = a * 2", {"a": 1.0}),
    ("z = Value(1.0, label='a')\na = Value(2.0)\ny = z * a", {"a": 1.0, "a#2": 2.0}),
    ("import torch\na = torch.tensor(1.0, requires_grad=True)\ny = torch.tanh(a)", {"a": 1.0}),
    ("xs = [Value(1.0), Value(2.0)]\nfor x in xs: y = x * xs[0]", {"Value": 1.0, "Value#2": 2.0}),
    ("xs = list(map(Value, [1, 2]))\ny = sum(xs)", {"xs": 1.0, "xs#2": 2.0}),
    ("y = Value(1.0) * Value(2.0)", {"Value": 1.0, "Value#2": 2.0}),
    ("class A:\n    def __init__(self): self.w = Value(1.0)\ny = A().w * A().w", {"w": 1.0, "w#2": 1.0}),
    ("def f(v): return v * v\ny = f(Value(1.0))", {"Value": 1.0}),
]


@each(("source", "inputs"), KEYS)
def test_every_input_has_a_key_of_its_own_and_answers_to_it(source: str, inputs: dict[str, float]) -> None:
    assert keys(source) == inputs
    moved = {key: 10.0 + place for place, key in enumerate(inputs)}
    assert keys(source, inputs=moved) == moved


def micrograd_file(name: str) -> str:
    [folder] = micrograd.__path__
    return Path(folder, name).read_text(encoding="utf-8")


def test_the_two_files_of_micrograd_run_as_they_stand() -> None:
    use = "n = MLP(2, [4, 4, 1])\ny = n([Value(1.0), Value(-2.0)])\ny.backward()\nprint(n, len(n.parameters()))\n"
    given = answer("\n".join([micrograd_file("engine.py"), micrograd_file("nn.py"), use]))
    hidden = f"Layer of [{', '.join(['ReLUNeuron(2)'] * 4)}], Layer of [{', '.join(['ReLUNeuron(4)'] * 4)}]"
    assert given["printed"] == [f"MLP of [{hidden}, Layer of [LinearNeuron(4)]] 37"]


NETS = """
class Scale(Module):
    def __init__(self):
        super().__init__()
        self.w = Value(2.0)
    def __call__(self, x): return self.w * x
    def parameters(self): return [self.w]
class Bare(Module): pass
n = Scale()
n(5).backward()
n.zero_grad()
y = n(3.0)
y.backward()
Bare().zero_grad()
print(n.w.grad, Bare().parameters(), isinstance(n, Module), isinstance(MLP(2, [1]), Module), isinstance(n, MLP))
"""


@pytest.mark.parametrize("imported", ["from micrograd.nn import Module", "from engine.nn import Module"])
def test_a_class_of_the_program_can_build_on_module(imported: str) -> None:
    assert answer(f"{imported}\n{NETS}")["printed"] == ["3.0 [] True True False"]


SPREAD = [
    ("print(*[1, 2], **{'sep': '-', 'end': '!'})", "1-2!"),
    ("def f(a, b=2, **rest): return a, b, rest\nprint(f(1, **{'b': 3, 'z': 4}))", "(1, 3, {'z': 4})"),
    ("def f(a, b=2, **rest): return a, b, rest\nprint(f(**{'a': 1}, q=5))", "(1, 2, {'q': 5})"),
    ("print(dict(a=1, m=2), dict([(1, 2)], **{'b': 3}))", "{'a': 1, 'm': 2} {1: 2, 'b': 3}"),
]


@pytest.mark.parametrize(("source", "printed"), SPREAD)
def test_a_dict_spreads_into_the_arguments_of_a_call(source: str, printed: str) -> None:
    assert answer(source)["printed"] == [printed]


MISTAKES = [
    # a program that goes wrong as it runs, what is said of it, a part of the advice
    ("xs = [1.0]\ny = xs * 2.0", "`*` does not work on a list and a number", "`[x * y for x in xs]`"),
    ("xs = [1.0]\ny = tanh(xs)", "`tanh` needs numbers or Values, and not a list", "`[tanh(x) for x in xs]`"),
    ("xs = [Value(1.0)]\nxs.backward()", "a list has no `backward`", "`xs[0].backward`"),
    ("y = '3' * 2.0", "`*` does not work on a text and a number", "`float(…)`"),
    ("x = 1.0\ny = x + 'a'", "`+` does not work on a Value and a text", "`str(…)`"),
    ("x = 1.0\ny = x^x", "`^` does not work on a Value and a Value", "`**`"),
    ("a = 1.0\nb = 2.0\nc = a @ b", "`@` does not work on a Value and a Value", "`*`"),
    ("def f(x): y = x\nz = f(1.0) + 1", "`+` does not work on None and a whole number", "`return …`"),
    ("x = 1.0\ny = x.relu\nz = y + 1", "`+` does not work on a method and a whole number", "`(…)`"),
    ("x = 1.0\ny = tanh(x)\ny.grad()", "a number cannot be called", "leave the brackets out"),
    ("x = 1.0\nx.backward(retain_graph=True)", "`backward` takes no argument `retain_graph`", "leave it out"),
    ("a, b = 1.0", "a number cannot be taken apart into several names", "`a, b = 1.0, 2.0`"),
    ("a = 1.0\nprint(f'{a:d}')", "the format `d` does not fit 1.0", "`{x:.3f}`"),
    (
        "class Net(MLP): pass",
        "class Net can build on a class of the program or on `Module`, and not on `MLP`",
        "MLP(2,",
    ),
    ("print(math.log(-1))", "`log` needs x > 0, but is given -1", ""),
    ("n = MLP(3, [1])\nn([1.0])", "a neuron with 3 weights takes as many numbers, but got 1", ""),
    ("x = 1.0\nx.tanh(1)", "`tanh` takes 0 arguments, and 1 is given", ""),
    ("def f(x): return f(x)\nf(1.0)", "the program exceeds its budget of call depth", "a case in which it does not"),
    ("while True: pass", "the program exceeds its budget of steps", "a loop that never ends"),
]


@each(("source", "said", "advice"), MISTAKES)
def test_a_program_that_goes_wrong_is_told_why_and_what_to_write(source: str, said: str, advice: str) -> None:
    reply = run(json.dumps({"source": source}).encode())
    assert reply[:1] == b"-"
    [found] = json.loads(reply[1:])["diagnostics"]
    assert found["message"].startswith(said)
    assert advice in (found["hint"] or "")
    assert found["line"] is not None


def test_a_class_of_ones_own_called_value_is_not_drawn_and_the_answer_says_why() -> None:
    [found] = answer("class Value:\n    def __init__(self, data): self.data = data\na = Value(1.0)")["diagnostics"]
    assert found["code"] == "empty"
    assert "your own" in found["hint"]


@pytest.mark.parametrize("module", ["micrograd.nn", "engine.nn"])
def test_nets_of_either_kind_are_called_printed_and_cleared(module: str) -> None:
    use = "n = MLP(2, [2, 1])\ny = n([Value(1.0), 2.0])\ny.backward()\nn.zero_grad()\n"
    printed = answer(f"from {module} import MLP\n{use}print(n)\nprint(len(n.parameters()))")["printed"]
    assert printed[0].startswith("MLP of [Layer of [")
    assert printed[1] == "9"

# ruff: noqa: E501  # a row is one line
"""The two answers: strict JSON, whatever the program does; and what they say of right, wrong and odd engines."""

import json
from typing import Any

import msgspec
import pytest

from engine.document import run
from tests.language.answering import MOST_SECONDS, Answerer
from tests.language.attacks import DYNAMIC, WATCHED, Attack, leaks
from tests.watch.dresses import DRESSES, Dress
from tests.watch.mutants import mutants
from tests.watch.variants import MICROGRAD, VARIANTS

ODD = {
    "nothing": "",
    "no class": "x = 2.0\ny = x * x",
    "no number": "class A:\n    def __add__(self, other): return A()\nA() + A()",
    "text": "class V:\n    def __init__(self, d): self.data = d\n    def __add__(self, o): return V(self.data + o.data)\nV('a') + V('b')",
    "lists": "class V:\n    def __init__(self, d):\n        self.data = [d]\n        self.grad = None\n    def __mul__(self, o): return V(self.data * 2)\nV(1) * V(2)",
    "number, then text": "class V:\n    def __init__(self, d): self.data = d\n    def __add__(self, o): return V(self.data + 1)\nv = V(1.0) + 1\nv.data = 'x'",
    "cycle": "class V:\n    def __init__(self, d, p=()):\n        self.data = d\n        self.grad = 0.0\n        self.p = list(p)\n    def __add__(self, o): return V(self.data + o.data, (self, o))\na = V(1.0)\nb = a + a\na.p.append(b)\nb.grad = 1.0",
    "itself": "class V:\n    def __init__(self):\n        self.me = self\n        self.data = 1.0\n    def __add__(self, o): return self\nV() + V()",
    "inherits": "class B:\n    def __add__(self, o): return self.make(self.n + o.n)\nclass V(B):\n    def __init__(self, n):\n        self.n = n\n        self.g = 0.0\n    def make(self, n): return V(n)\na = V(1.0) + V(2.0)\na.g = 1.0",
    "huge whole numbers": "class V:\n    def __init__(self, d): self.data = d\n    def __mul__(self, o): return V(self.data * o.data)\na = V(2**500) * V(2**600)",
    "nan": "class V:\n    def __init__(self, d): self.data = d\n    def __mul__(self, o): return V(self.data * o.data)\na = V(math.inf) * V(0.0)",
    "endless": "class V:\n    def __init__(self, d): self.data = d\n    def __add__(self, o): return self + o\nV(1.0) + V(2.0)",
    "many": "class V:\n    def __init__(self, d, p=()):\n        self.data, self.p = d, p\n    def __add__(self, o): return V(self.data + o.data, (self, o))\na = V(1.0)\nfor i in range(30000): a = a + a",
    "one list in all": "xs = list(range(40000))\nclass V:\n    def __init__(self, d):\n        self.data = d\n        self.xs = xs\n    def __add__(self, o): return V(self.data + o.data)\na = V(1.0)\nfor i in range(5000): a = a + a",
    "long expressions": "class V:\n    def __init__(self, d): self.data = d\n    def __add__(self, o): return V(self.data + o.data)\na = V(1.0)\nx = a.data\nfor i in range(20000): x = x + 1.0\nfor i in range(2000): V(x)",
    "a pass for each number": "class V:\n    def __init__(self, d, p=()):\n        self.data, self.grad, self.p = d, 0.0, p\n    def __add__(self, o): return V(self.data + o.data, (self, o))\n    def poke(self, g): self.grad = g\na = V(1.0)\nb = a\nfor i in range(1000): b = b + a\nfor i in range(5000):\n    a.poke(b.grad * 2.0)\n    b.poke(1.0)",
    "wide expressions": "class V:\n    def __init__(self, d): self.data = d\n    def __add__(self, o): return V(self.data + o.data)\na = V(1.0)\nxs = [a.data * i for i in range(400)]\nfor i in range(5000): V(sum(xs))",
    "names of ours": "class V:\n    def __init__(self, d):\n        self.data = d\n        self.attributes = d\n        self.of = d\n    def __add__(self, o): return V(self.attributes + o.of)\na = V(1.0) + V(2.0)",
}  # fmt: skip

# three numbers, each turn made of one another: many nodes, and not so deep that recursion ends
WIDE = """
xs = [Value(1.0) for i in range(3)]
for i in range(650):
    xs = [xs[1] * xs[2], xs[2] * xs[0], xs[0] * xs[1]]
xs[0].backward()
"""


def ask(verb: str, source: str, lang: str = "en", **asked: int) -> tuple[bool, Any]:
    reply = run(msgspec.json.encode({"verb": verb, "source": source, "lang": lang, **asked}))

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return reply[:1] == b"+", json.loads(reply[1:], parse_constant=refuse)


@pytest.mark.parametrize("name", ODD)
def test_whatever_a_class_does_there_is_an_answer(name: str) -> None:
    right, answer = ask("own", ODD[name])
    assert right or answer["diagnostics"][0]["limit"]
    assert not right or answer["engine"]["right"] is not None


@pytest.mark.parametrize("dress", DRESSES, ids=lambda one: one.name)
def test_a_right_engine_has_every_skill_that_it_has_a_method_for(dress: Dress) -> None:
    right, answer = ask("grade", dress.source())
    assert right
    failed = {one["name"]: one["message"] for one in answer["skills"] if not one["passed"]}
    if dress.name == "paths":  # right, but at the cost of a visit for each path
        assert "many diamonds" in failed
        assert "visited_twice" in {one["cause"] for one in answer["causes"]}
        return
    assert failed.keys() == {"subtract from a number", "divide a number"}
    assert {one["cause"] for one in answer["causes"]} == {"missing"}
    assert answer["right"]


def test_micrograd_has_all_skills_but_two() -> None:
    _, answer = ask("grade", MICROGRAD)
    assert {one["name"] for one in answer["skills"] if not one["passed"]} == {"tanh", "exp"}
    assert {one["cause"] for one in answer["causes"]} == {"missing"}
    assert answer["right"]


@pytest.mark.parametrize("cause", ["overwritten", "operand", "upstream", "local_derivative", "seed", "order"])
def test_a_wrong_engine_is_told_so_with_the_line(cause: str) -> None:
    wrong = next(one for one in mutants() if one.cause == cause and one.dress == DRESSES[0].name)
    _, answer = ask("grade", wrong.source)
    assert not answer["right"]
    assert cause in {one["cause"] for one in answer["causes"]}
    assert any(one["passed"] for one in answer["skills"]) or cause in ("seed", "order")


def test_a_walk_that_writes_nothing_is_no_skill() -> None:
    source = DRESSES[0].source().replace("            node._backward()\n", "            pass\n")
    _, answer = ask("grade", source)
    assert not any(one["passed"] for one in answer["skills"])
    assert not answer["right"]


def test_the_graph_has_theirs_and_the_true_gradients() -> None:
    source = VARIANTS["by hand"].replace("a.grad = b.data * e.grad", "a.grad = b.data")
    _, answer = ask("own", source)
    nodes = {node["label"]: node for node in answer["nodes"]}
    assert (nodes["a"]["grad"], nodes["a"]["adjoint"]) == (-3.0, 6.0)
    assert (nodes["b"]["grad"], nodes["b"]["adjoint"]) == (-4.0, -4.0)
    assert {edge["key"] for edge in answer["edges"] if edge["target"] == nodes["L"]["id"]} == {0, 1}
    assert not answer["engine"]["right"]
    assert answer["engine"]["causes"][0]["line"] == source[: source.index("a.grad = b.data")].count("\n") + 1
    assert nodes["a"]["wrong"]
    assert not nodes["b"]["wrong"]
    back = [step for step in answer["steps"] if step["phase"] == "backward"]
    assert [step["kind"] for step in back][:2] == ["seed", "give"]
    assert answer["graph"]["steps"] == len(answer["steps"])
    assert [place for place, step in enumerate(answer["steps"], 1) if step["wrong"]] == [answer["engine"]["first"]]


def test_near_the_most_nodes_that_are_drawn_all_steps_can_be_had() -> None:
    source = DRESSES[0].source(program=WIDE)
    _, answer = ask("own", source)
    drawn, total = len(answer["nodes"]), answer["graph"]["steps"]
    operations = [node for node in answer["nodes"] if node["kind"] == "operation"]
    assert answer["engine"]["right"]
    assert 1_900 < drawn < 2_000
    assert len(answer["steps"]) < total == 2 * len(operations) + 1
    steps = [*answer["steps"]]
    while page := ask("own_steps", source, start=len(steps), nodes=drawn)[1]["steps"]:
        steps += page
    assert len(steps) == total
    assert sum(len(step["deposits"]) for step in steps) == answer["engine"]["writes"] + 1
    _, middle = ask("own_steps", source, start=2_000, count=3, nodes=drawn)
    assert middle == {"total": total, "start": 2_000, "steps": steps[2_000:2_003]}


@pytest.mark.parametrize("attack", [one for one in WATCHED if one.family != "watched"], ids=lambda one: one.name)
def test_numbers_that_are_lent_are_numbers_and_no_more(attack: Attack) -> None:
    plain, watched = (ask(verb, attack.text)[1]["diagnostics"] for verb in ("graph", "own"))
    assert plain[0]["severity"] == watched[0]["severity"] == "error"
    assert plain[0]["line"] == watched[0]["line"]


@pytest.mark.parametrize("name", ["text-of-a-number", "kind-of-a-number"])
def test_a_watched_program_prints_what_it_prints(name: str) -> None:
    [source] = [one.text for one in WATCHED if one.name == name]
    plain, watched = (ask(verb, source)[1]["printed"] for verb in ("graph", "own"))
    assert plain == watched


@pytest.mark.parametrize("verb", ["own", "grade"])
def test_hostile_programs_are_answered_in_time_and_learn_nothing(verb: str) -> None:
    with Answerer() as answerer:
        watched = WATCHED if verb == "own" else WATCHED[::10]
        for attack in (*DYNAMIC[::60], *watched, *(Attack("own", name, text, "ends") for name, text in ODD.items())):
            answer = answerer.ask(attack.text, verb=verb)
            assert answer.body, attack
            assert answer.seconds < MOST_SECONDS, attack
            assert not leaks(answer.reply.decode(), attack.text), attack

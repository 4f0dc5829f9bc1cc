"""Engines that hold no numbers, are linked in circles, or do not come to an end: named, with their lines."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine import examples
from engine.document import run
from engine.language import meter
from engine.watch import work

HEAD = """\
class V:
    def __init__(self, d, p=()):
        self.data = d
        self.grad = 0.0
        self.p = list(p)
    def __add__(self, o):
        return V(RESULT, (self, o))
"""
RECURSIVE = """
    def backward(self, g=1.0):
        self.grad += g
        for one in self.p:
            one.backward(g)
"""
PLAIN = HEAD.replace("RESULT", "self.data + o.data")


def own(source: str) -> Any:  # noqa: ANN401 - JSON
    reply = run(msgspec.json.encode({"verb": "own", "source": source}))
    assert reply[:1] == b"+"
    return json.loads(reply[1:])


@pytest.mark.parametrize(
    ("source", "line", "held"),
    [
        (PLAIN + "c = V('1.0') + V('2.0')\nc.grad = 1.0", 3, "str"),
        (PLAIN + "c = V([1.0]) + V([2.0])", 3, "list"),
        (HEAD.replace("RESULT", "None") + "c = V(1.0) + V(2.0)\nc.grad = 1.0", 3, "None"),
        (HEAD.replace("RESULT", "{self.data: 1}") + "c = V(1.0) + V(2.0)", 3, "dict"),
        (PLAIN + "c = V(1.0) + V(2.0)\nc.data = 'three'\nc.grad = 1.0", 9, "str"),
        (PLAIN + "c = V(1.0) + V(2.0)\nc.data = V(1.0)\nc.grad = 1.0", 9, "V"),
        (PLAIN.replace("self.data", "self.x").replace("o.data", "o.x") + "c = V(1.0) + V(2.0)\nc.x = {1}", 9, "set"),
    ],
)
def test_what_is_no_number_is_named_with_its_line(source: str, line: int, held: str) -> None:
    answer = own(source)
    first = answer["diagnostics"][0]
    assert first["line"] == line
    assert f"stores `{held}` in `" in first["message"]
    assert not answer["engine"]["right"]


@pytest.mark.parametrize(
    "source",
    [
        PLAIN + "v = V(None)\nv.data = 1.0\nw = v + v\nw.grad = 1.0\nv.grad = w.grad + w.grad",
        PLAIN + "class M:\n    def __init__(self):\n        self.data = [1]\n    def __add__(self, o): return self\n"
        "m = M()\nw = V(1.0) + V(2.0)\nw.grad = 1.0",
    ],
)  # fmt: skip
def test_no_other_attribute_and_no_other_class_is_meant(source: str) -> None:
    assert not [one for one in own(source)["diagnostics"] if one["code"] == "forward"]


@pytest.mark.parametrize(
    "source",
    [
        PLAIN + "a = V(1.0)\nb = a + a\na.p.append(b)\nb.grad = 1.0",
        PLAIN + RECURSIVE + "a = V(1.0)\nb = a + a\na.p.append(b)\nb.backward()",
        PLAIN + "a = V(1.0)\nb = a + V(2.0)\nc = b + b\na.p = [c]\nc.grad = 1.0",
        PLAIN + "a = V(1.0)\nb = a + V(2.0)\nb.p.append(b)\nb.grad = 1.0",
    ],
)
def test_a_circle_is_named_and_does_not_go_on_for_ever(source: str) -> None:
    answer = own(source)
    assert any("in a circle" in one["message"] for one in answer["diagnostics"])
    assert answer["engine"]["closing"].keys() == {"source", "target"}
    assert set(answer["engine"]["closing"].values()) <= {node["id"] for node in answer["nodes"]}
    assert not answer["engine"]["right"]
    assert answer["nodes"]


def test_links_to_newer_nodes_alone_are_no_circle() -> None:
    source = (
        PLAIN.replace("return V(self.data + o.data, (self, o))", "").rstrip()
        + """
        out = V(self.data + o.data, (self, o))
        self.users = [out]
        return out
a = V(1.0)
b = a + a
b.grad = 1.0
a.grad = b.grad + b.grad
"""
    )
    assert own(source)["engine"]["right"]


@pytest.mark.parametrize(
    ("source", "cause", "steps"),
    [
        (PLAIN + RECURSIVE.replace("for one in self.p:\n            one", "self") + "V(1).backward()", "recursion", 99),
        (PLAIN + RECURSIVE + "a = V(0.0)\nfor i in range(1500): a = a + V(1.0)\na.backward()", "recursion", 900),
    ],
)  # fmt: skip
def test_what_does_not_end_is_ended_and_says_how_far_it_came(source: str, cause: str, steps: int) -> None:
    answer = own(source)
    [found] = answer["engine"]["causes"]
    assert found["cause"] == cause
    assert found["line"]
    assert found["at"] == answer["graph"]["steps"] >= steps
    assert f"as far as step {found['at']}." in found["message"]
    assert answer["nodes"]


def test_a_rule_that_goes_round_for_ever_is_ended_at_its_line_with_the_graph_so_far() -> None:
    endless = RECURSIVE.replace("for one in self.p:", "while True:").replace("one.backward(g)", "self.grad += g")
    answer = own(PLAIN + endless + "b = V(1.0) + V(1.0)\nb.backward()")
    [said] = answer["diagnostics"]
    assert (said["limit"], said["line"]) == ("steps", 12)
    assert answer["graph"]["steps"] >= 1
    assert answer["nodes"]
    assert not answer["engine"]["right"]


def test_what_does_not_end_ends_alike_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (Path(examples.__file__).parent / "540_no_visited.py").read_text("utf-8")
    usual = own(source)
    monkeypatch.setattr(meter, "process_time", lambda: 0.0)
    monkeypatch.setattr(work, "MOST", work.MOST * 10)
    assert own(source) == usual
    assert "budget of steps" in usual["engine"]["causes"][0]["message"]


def test_telling_ends_by_steps_and_tells_of_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    source = PLAIN + "a = V(1.0)\nfor i in range(1500): a = a + V(1.0)\na.grad = 1.0"
    assert own(source)["engine"]["whole"]
    monkeypatch.setattr(work, "MOST", 10_000)
    assert not own(source)["engine"]["whole"]


def test_without_a_class_it_says_what_was_looked_for() -> None:
    [said] = own("x = 2.0\nclass A:\n    pass")["diagnostics"]
    assert "`__add__`" in said["message"]


@pytest.mark.parametrize("asked", ["c.data.grad", "(c.data * 2.0).backward()", "V(1).data.grad"])
def test_what_a_plain_number_is_asked_for_is_not_missing_from_the_class(asked: str) -> None:
    answer = own(PLAIN + RECURSIVE + f"c = V(1.0) + V(2.0)\nprint({asked})")
    [found] = answer["engine"]["causes"]
    assert (found["cause"], found["line"]) == ("unwrapped", 14)

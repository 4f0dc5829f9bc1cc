"""What an answer says of a program's names: type, value, node."""

import json
from typing import Any

import pytest

from engine import document
from engine.language.calls import call
from engine.language.faults import Fault
from engine.language.limits import Limits
from engine.language.machine import Machine
from engine.language.variables import Describer
from tests.each import each
from tests.language.hostile import leaks


def answered(source: str) -> dict[str, Any]:
    reply = document.run(json.dumps({"verb": "graph", "source": source}).encode())
    assert reply[:1] == b"+", reply
    found: dict[str, Any] = json.loads(reply[1:])
    return found


ROWS = [
    ("x = [1.5][0]", "number", 1.5),
    ("x = [3][0]", "integer", 3),
    ("x = [2 ** 53][0]", "integer", 2**53),
    ("x = [2 ** 53 + 1][0]", "integer", "9007199254740993"),
    ("x = -2 ** 64 + 0 * len([])", "integer", "-18446744073709551616"),
    ("x = [math.inf][0]", "number", "Infinity"),
    ("x = [-math.inf][0]", "number", "-Infinity"),
    ("x = [math.nan][0]", "number", "NaN"),
    ("x = True", "bool", True),
    ("x = None", "none", None),
    ("x = 'a\\nb'", "text", "a\nb"),
    ("x = [1, [2.5, 'a'], None]", "list", [1, [2.5, "a"], None]),
    ("x = (1, (2,))", "tuple", [1, [2]]),
    ("x = {3, 'a'}", "set", [3, "a"]),
    ("x = {'a': 1, 'b': {'c': [2]}}", "dict", {"a": 1, "b": {"c": [2]}}),
    ("x = {1: 'a', 'b': 2}", "dict", [[1, "a"], ["b", 2]]),
    ("x = {(1, 2): 3, None: 4}", "dict", [[[1, 2], 3], [None, 4]]),
    ("x = {}", "dict", {}),
    ("x = [math.nan, 2 ** 60]", "list", ["NaN", "1152921504606846976"]),
    ("x = [1]\nx.append(x)", "list", [1, "…"]),
    ("x = {}\nx['me'] = x", "dict", {"me": "…"}),
    ("y = [1]\nx = [y, y]", "list", [[1], [1]]),
    ("a = 2.0\nx = [a, a * 3]", "list", [2.0, 6.0]),
    ("x = lambda: 0", "function", "<function lambda>"),
    ("x = tanh", "function", "<function tanh>"),
    ("x = [].append", "function", "<method append>"),
    ("x = MLP", "class", "<class 'MLP'>"),
    ("class x: pass", "class", "<class 'x'>"),
    ("class A: pass\nx = A()", "instance", "<A object>"),
    ("class A:\n    def __repr__(self): return 'mine'\nx = A()", "instance", "mine"),
    ("class A:\n    def __repr__(self): return 'a' * 1000\nx = A()", "instance", "a" * 199 + "…"),
    ("x = Neuron(2)", "instance", "TanhNeuron(2)"),
    ("x = [math][0]", "module", "<module math>"),
    ("x = [print, math]", "list", ["<function print>", "<module math>"]),
    ("x = range(3)", "instance", "range(0, 3)"),
    ("x = zip([1], [2])", "instance", "<zip>"),
    ("x = {1: 2}.items()", "instance", "dict_items([(1, 2)])"),
]  # fmt: skip


@each(("source", "kind", "value"), ROWS)
def test_a_variable_has_a_type_and_a_value(source: str, kind: str, value: object) -> None:
    found = answered(source)["variables"]["x"]
    assert (found["type"], found["value"]) == (kind, value)
    assert not leaks(json.dumps(found), source)


def test_a_value_has_its_node_where_it_is_drawn() -> None:
    found = answered("a, unused = 2.0, 5.0\nb = a * 3\nc = b * 2\nd = a * 7\nc.backward()")
    nodes = {node["id"]: node["data"] for node in found["nodes"]}
    variables = found["variables"]
    assert {name: variables[name]["type"] for name in variables} == dict.fromkeys(variables, "value")
    assert {name: nodes[variables[name]["node"]] for name in ("a", "b", "c", "unused")} == {
        "a": 2.0, "b": 6.0, "c": 12.0, "unused": 5.0
    }  # fmt: skip
    assert variables["d"] == {"type": "value", "value": 14.0, "node": None}


def describing(**limits: int) -> Describer:
    return Describer(Machine(Limits(**limits), call), lambda _: None)


def test_an_answer_holds_what_there_is_room_for_and_no_more() -> None:
    describer = describing(answer_bytes=100)
    describer.take(99)
    describer.take(1)
    with pytest.raises(Fault) as caught:
        describer.take(1)
    assert (caught.value.code, caught.value.limit) == ("limit", "answer_bytes")


def test_a_text_takes_its_letters_and_two_more() -> None:
    describer = describing(answer_bytes=100)
    describer.value("a" * 50, ())
    assert describer.room == 48


def test_data_is_nested_as_deep_as_it_may_be_and_no_deeper() -> None:
    assert describing(data_depth=3).value([[[]]], ()) == [[[]]]
    with pytest.raises(Fault, match="nested") as caught:
        describing(data_depth=3).value([[[[]]]], ())
    assert caught.value.limit == "data_depth"


def test_a_note_says_that_there_is_nothing_to_differentiate() -> None:
    found = answered("x = [1]\nprint(x)")
    assert (found["nodes"], found["graph"]["output"], found["printed"]) == ([], None, ["[1]"])
    (note,) = found["diagnostics"]
    assert (note["severity"], note["line"]) == ("info", None)


WARNINGS = [
    ("a = -1.0\nb = 2.0\nc = log(a) * b", [3]),
    ("a = 0.0\nb = a / a", [2]),
    ("a = 0.0\nb = sqrt(a)", [2]),
    ("a = 1.0\nb = log(a)", []),
    ("a = 2.0\nb = log(-1 * a) + log(-2 * a)\nc = asin(a)\nd = b + c", [2, 3]),
]


@pytest.mark.parametrize(("source", "lines"), WARNINGS)
def test_a_warning_names_the_line_of_the_operation(source: str, lines: list[int]) -> None:
    found = answered(source)["diagnostics"]
    assert [one["line"] for one in found] == lines
    assert {one["severity"] for one in found} <= {"warning"}

"""The panels on an engine of the program's own: compared with PyTorch, and with its text with other numbers in it."""

from typing import Any

import pytest

from engine.examples import ENGINES
from engine.language.limits import Limits
from engine.panels import program
from tests.panels.test_panels import ask, curve, surface
from tests.watch.dresses import DRESSES, Dress
from tests.watch.looking import numbers
from tests.watch.mutants import mutants
from tests.watch.test_answers import ODD
from tests.watch.true import HOME, true
from tests.watch.variants import VARIANTS

OWN = {"engine": "own"}
PATIENT = pytest.mark.usefixtures("patience")
LONG = {
    "wide expressions",
    "a pass for each number",
    "one list in all",
}  # what these spend, the engine's graph spends too
EACH = pytest.mark.parametrize("dress", DRESSES, ids=lambda one: one.name)
HAND, KINK = VARIANTS["by hand"], VARIANTS["kink"]
STALE = next(one.source for one in ENGINES if one.name == "stale")
ENDLESS = next(one.source for one in ENGINES if one.name == "no-visited")


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine takes its time."""
    monkeypatch.setattr(program, "LIMITS", Limits(cpu_seconds=600.0, kill_seconds=600.0))
    monkeypatch.setattr(program, "PLACING", 600.0)


def rows(source: str, **asked: object) -> dict[str, dict[str, Any]]:
    """The rows of a check, by key."""
    return {one["key"]: one for one in ask("gradcheck", source, **OWN, **asked)["rows"]}


def moved(source: str, key: str, home: float, number: float) -> str:
    """The text with another number where an input is made."""
    found = source.replace(f"{key} = Value({home}", f"{key} = Value({number}")
    assert found != source or number == home
    return found


@EACH
def test_gradients_are_checked_in_every_way_beside_those_that_were_written(dress: Dress) -> None:
    found, gradients = rows(dress.source()), true()[1]
    for key, one in found.items():
        assert one["data"] == HOME[key]
        assert [one["reverse"], one["forward"], one["written"]] == pytest.approx([gradients[key]] * 3)
        assert one["central"] == pytest.approx(gradients[key], rel=1e-6)
        assert (one["verdict"], one["right"]) == ("agrees", True)
    assert found.keys() == HOME.keys()


@EACH
@PATIENT
def test_a_curve_goes_where_the_program_with_other_numbers_would(dress: Dress) -> None:
    found = curve(dress.source(), "x", 0.3, 1.1, 5, **OWN)
    expected = [true(x=x) for x in found["xs"]]
    assert found["done"] == 5
    assert found["ys"] == pytest.approx([y for y, _ in expected])
    assert found["slopes"] == pytest.approx([slopes["x"] for _, slopes in expected])
    assert found["point"]["written"] == pytest.approx(true()[1]["x"])
    assert found["point"]["right"]
    assert found["method"] == "run", "relu and levels look at numbers"
    assert found["because"]["line"]


@EACH
def test_an_input_that_is_moved_is_what_the_program_with_another_number_has(dress: Dress) -> None:
    document = ask("own", dress.source(), inputs={"x": 0.25, "z": 1.5})
    nodes = {node["label"]: node for node in document["nodes"]}
    y, gradients = true(x=0.25, z=1.5)
    assert nodes["w"]["data"] == pytest.approx(y)
    assert {key: nodes[key]["grad"] for key in "xyz"} == pytest.approx(gradients)
    assert [(nodes[key]["data"], nodes[key].get("initial")) for key in "xyz"] == [(0.25, 0.7), (-1.3, None), (1.5, 2.1)]
    plain = numbers(moved(moved(dress.source(), "x", 0.7, 0.25), "z", 2.1, 1.5))
    assert plain["w"][0] == nodes["w"]["data"]
    assert document["engine"]["right"]


@PATIENT
def test_a_wrong_gradient_stands_beside_the_true_one() -> None:
    source = HAND.replace("a.grad = b.data * e.grad", "a.grad = b.data")
    found = rows(source)
    assert {key: (one["written"], one["right"], one["verdict"]) for key, one in found.items()} == {
        "a": (-3.0, False, "agrees"),
        "b": (-4.0, True, "agrees"),
        "c": (-2.0, True, "agrees"),
        "f": (4.0, True, "agrees"),
    }
    assert found["a"]["reverse"] == 6.0
    at = curve(source, "a", 0.0, 4.0, 3, **OWN)
    assert at["point"] == {"x": 2.0, "y": -8.0, "slope": 6.0, "written": -3.0, "right": False}
    assert (at["method"], at["ys"]) == ("replay", [-20.0, -8.0, 4.0])


@pytest.mark.parametrize("cause", ["overwritten", "operand", "local_derivative", "order"])
def test_what_a_mistake_spoils_is_marked_and_the_truth_stays_true(cause: str) -> None:
    wrong = next(one for one in mutants() if one.cause == cause and one.dress == DRESSES[0].name)
    found = rows(wrong.source)
    assert not all(one["right"] for one in found.values())
    for one in found.values():
        assert one["verdict"] in ("agrees", "kink")
        assert one["right"] == (one["written"] == pytest.approx(one["reverse"], rel=1e-6))


@PATIENT
def test_other_results_by_name_and_by_the_number_in_the_graph() -> None:
    document = ask("own", HAND)
    e = next(node["id"] for node in document["nodes"] if node["label"] == "e")
    for asked in ({"output": "e"}, {"node": e}):
        found = curve(HAND, "a", 0.0, 1.0, 2, **OWN, **asked)
        assert (found["output"], found["ys"], found["slopes"]) == (e, [0.0, -3.0], [-3.0, -3.0])
        assert "written" not in found["point"], "the pass began elsewhere"
    assert "no node 99" in curve(HAND, "a", 0.0, 1.0, 2, **OWN, node=99)["detail"]
    assert "cannot be the output" in curve(HAND, "a", 0.0, 1.0, 2, **OWN, output="q")["detail"]


def test_ids_are_those_of_the_engines_graph() -> None:
    document, found = ask("own", HAND), ask("gradcheck", HAND, **OWN, input="b")
    ids = {node["label"]: node["id"] for node in document["nodes"]}
    assert found["output"] == document["graph"]["output"]
    assert {one["label"]: one["node"] for one in found["rows"]} == {key: ids[key] for key in "abcf"}
    assert (found["steps"]["key"], found["steps"]["node"]) == ("b", ids["b"])


@PATIENT
def test_a_surface_is_what_the_program_with_other_numbers_gives() -> None:
    found = surface(HAND, "a", "b", 3, **OWN, gradients=True)
    for row, b in enumerate(found["ys"]):
        assert found["zs"][row] == pytest.approx([(a * b + 10.0) * -2.0 for a in found["xs"]])
        assert found["gradients"]["x"][row] == pytest.approx([-2.0 * b] * 3)


@PATIENT
def test_numbers_that_the_program_writes_itself_are_held() -> None:
    found = curve(STALE, "w", 0.5, 2.0, 4, **OWN)
    assert found["because"]["reason"] == "assigns `.data`"
    assert ".data" in STALE.splitlines()[found["because"]["line"] - 1]
    assert found["slopes"] == [None] * 4
    for x, y in zip(found["xs"], found["ys"], strict=True):
        plain = ask("own", moved(STALE, "w", 2.0, x))
        nodes = {node["id"]: node["data"] for node in plain["nodes"]}
        assert y == pytest.approx(nodes[plain["graph"]["output"]])


def test_at_a_kink_either_slope_is_right() -> None:
    one = rows(KINK)["x"]
    assert one["right"]
    assert (one["written"], one["reverse"]) == (3.0, 6.0)


def test_what_was_made_before_the_end_of_a_budget_is_checked() -> None:
    (one,) = ask("gradcheck", ENDLESS, **OWN)["rows"]
    assert one["reverse"] == 2.0**18
    assert not one["right"]


def test_an_input_that_is_not_there_is_told_so_with_those_that_are() -> None:
    for found in (
        refused("gradcheck", input="q"),
        refused("gradcheck", inputs={"q": 1.0}),
        refused("own", inputs={"q": 1}),
    ):
        assert "no input `q`" in found["detail"]
        assert found["diagnostics"][0]["hint"] == "the inputs are `a`, `b`, `c`, `f`"


def refused(verb: str, **asked: object) -> dict[str, Any]:
    """What is said of a program that has no such input."""
    found: dict[str, Any] = ask(verb, HAND, **OWN, **asked)
    return found


@pytest.mark.parametrize("name", [name for name in ODD if name not in LONG])
def test_whatever_a_class_does_there_is_an_answer(name: str) -> None:
    found = ask("gradcheck", ODD[name], **OWN)
    assert found.get("rows") is not None or found["diagnostics"]

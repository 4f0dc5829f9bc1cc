"""The picture of a function is the function, and finding it leaves no trace in the run."""

import base64
import json
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.document import run
from engine.language.machine import Machine
from engine.language.run import Run
from engine.live.field import NEURONS
from engine.live.finding import OUTPUTS, field, nets, subject
from engine.live.plane import UNKNOWN, Plane, around
from engine.value import Value
from tests.live.readers import Reader, watched

PLANE = Plane((-1.0, 2.0), (0.0, 0.5), 7)
SEVERAL = """
random.seed(3)
points, labels = moons(20, 0.1)
plain = 3.0
one = Neuron(2)
wide = MLP(3, [2, 1])
net = MLP(2, [4, 3], activation="relu", last="linear")
loss = mse([net(p)[0] for p in points], labels)
"""
NAMED = """
calls = []
w = 1.5
def apart(x, y):
    print("called")
    random.random()
    return tanh(w * w + x) / y
def together(point):
    return [point[0] * w, point[1] - point[0], 0.1 * point[0]]
def numbers(x, y):
    return 3.0
def wrong(x, y):
    return x + "a"
before = random.random()
"""


def unpacked(text: str, size: int) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(text), dtype="<f4").reshape(size, size)


def described(source: str, name: str, plane: Plane = PLANE) -> dict[str, Any]:
    said: list[dict[str, Any]] = []

    def describe(ended: Run) -> None:
        found = field(ended.machine, ended.variables, name, plane)
        assert found is not None
        said.append(json.loads(json.dumps(found.describe())))

    watched(source, Reader(), then=describe)
    return said[0]


def points(plane: Plane) -> list[list[tuple[float, float]]]:
    return [
        [(float(x), float(y)) for x in np.linspace(*plane.x, plane.size)] for y in np.linspace(*plane.y, plane.size)
    ]


def test_a_net_is_drawn_as_it_answers() -> None:
    ended = watched(SEVERAL, Reader())
    one, said = ended.variables["one"], described(SEVERAL, "one")
    expected = [[one([Value(x), Value(y)]).data for x, y in row] for row in points(PLANE)]
    np.testing.assert_allclose(unpacked(said["values"], 7), expected, rtol=1e-5, atol=1e-6)
    assert (said["name"], said["x"], said["y"], said["size"], said["outputs"]) == ("one", [-1, 2], [0, 0.5], 7, 1)
    (neuron,) = said["neurons"]
    assert neuron["size"] == 2
    np.testing.assert_array_equal(unpacked(neuron["values"], 2), unpacked(said["values"], 7)[1::3, 1::3])


def test_of_several_outputs_it_says_which_is_largest_and_what_each_neuron_answers() -> None:
    ended = watched(SEVERAL, Reader())
    net, said = ended.variables["net"], described(SEVERAL, "net")
    answers = [[[out.data for out in net([Value(x), Value(y)])] for x, y in row] for row in points(PLANE)]
    assert said["outputs"] == 3
    np.testing.assert_array_equal(unpacked(said["values"], 7), np.argmax(answers, axis=2))
    names = [f"layers[0].neurons[{i}]" for i in range(4)] + [f"layers[1].neurons[{i}]" for i in range(3)]
    assert [one["name"] for one in said["neurons"]] == names
    for place, one in enumerate(said["neurons"][4:]):
        expected = np.array(answers)[1::3, 1::3, place]
        np.testing.assert_allclose(unpacked(one["values"], 2), expected, rtol=1e-5, atol=1e-6)


def test_a_picture_follows_the_parameters() -> None:
    ended = watched(SEVERAL, Reader())
    found = field(ended.machine, ended.variables, "one", PLANE)
    assert found is not None
    before = found.describe()
    for parameter in ended.variables["one"].parameters():
        parameter.data = 0.0
    assert found.describe() != before
    assert not unpacked(str(found.describe()["values"]), 7).any()


def test_a_function_of_the_program_is_called_where_it_is_named() -> None:
    said = described(NAMED, "apart")
    with np.errstate(divide="ignore"):
        expected = [[np.tanh(1.5 * 1.5 + x) / np.float64(y) for x, y in row] for row in points(PLANE)]
    np.testing.assert_allclose(unpacked(said["values"], 7), expected, rtol=1e-5)
    together = unpacked(described(NAMED, "together")["values"], 7)
    expected = [[int(np.argmax([1.5 * x, y - x, 0.1 * x])) for x, y in row] for row in points(PLANE)]
    np.testing.assert_array_equal(together, expected)


def test_finding_it_leaves_nothing_behind() -> None:
    def known(machine: Machine) -> tuple[Any, ...]:
        return list(machine.printed), machine.peeked, machine.last, machine.newest, machine.site, machine.quiet

    def look(ended: Run) -> None:
        before = known(ended.machine)
        assert field(ended.machine, ended.variables, "apart") is not None
        assert known(ended.machine) == before
        drawn.append(ended.machine.random.random())

    drawn = list[float]()
    watched(NAMED, Reader(), then=look)
    again = watched(NAMED + "after = random.random()", Reader())
    assert drawn == [again.variables["after"]]


TRAINED = """
a = 1.5
def passes(x, y):
    (x * y * a).backward()
    return x * a
def trains(x, y):
    for turn in range(3):
        ((a - turn) ** 2).backward()
    return x * y
def makes(x, y):
    return x * Value(2.0) + y * Value(3.0, label="k")
for turn in range(4):
    k = Value(0.5)
    loss = (a * k - turn) ** 2
    a.grad = 0
    loss.backward()
    a.grad = 0
"""


@pytest.mark.usefixtures("_always_due")
@pytest.mark.parametrize("name", ["passes", "trains", "makes"])
def test_what_is_drawn_may_do_passes_and_make_inputs(name: str) -> None:
    alone, seen = watched(TRAINED, Reader()), watched(TRAINED, reader := Reader(), wanted=name)
    assert len(reader.frames) == 4
    assert reader.frames[0]["field"]["name"] == name
    assert (seen.passes, seen.keys, seen.initial, seen.lines) == (alone.passes, alone.keys, alone.initial, alone.lines)
    assert seen.output is seen.variables["loss"]


@pytest.mark.parametrize("name", ["numbers", "wrong", "calls", "w", "nobody", "before"])
def test_what_makes_no_values_of_two_numbers_is_not_drawn(name: str) -> None:
    ended = watched(NAMED, Reader())
    assert field(ended.machine, ended.variables, name) is None


def test_a_function_of_very_many_answers_is_not_drawn() -> None:
    found = [
        field(ended.machine, ended.variables, "f", PLANE)
        for many in (OUTPUTS, OUTPUTS + 1)
        for ended in [watched(f"def f(x, y):\n    return [x] * {many}\n", Reader())]
    ]
    assert [one is None for one in found] == [False, True]


def test_only_nets_of_two_numbers_are_drawn_by_themselves() -> None:
    variables = watched(SEVERAL, Reader()).variables
    assert list(nets(variables)) == ["one", "net"]
    assert subject(variables, None) == "one"
    assert subject(variables, "wide") == "wide"
    assert subject(watched(NAMED, Reader()).variables, None) is None
    broken = watched("net = MLP(2, [1])\nnet.layers.clear()\nlayer = Layer(2, 1)\nlayer.neurons[0] = 1.0", Reader())
    assert subject(broken.variables, None) is None


def test_the_plane_is_where_the_points_are() -> None:
    plane = around(watched("far = [[0.0, -1.0], [2.0, Value(3.0)]]", Reader()).variables)
    assert [*plane.x, *plane.y] == pytest.approx([-0.3, 2.3, -1.6, 3.6])
    for source in ("xs = [1.0, 2.0]", "xs = [[1.0, 2.0]]", "xs = [[1.0, 2.0], [1.0]]", "xs = [['a', 'b'], ['c', 'd']]"):
        assert around(watched(source, Reader()).variables) == Plane(UNKNOWN, UNKNOWN)
    same = around(watched("xs = [[1.0, 2.0], [1.0, 2.0]]", Reader()).variables)
    assert (same.x, same.y) == ((0.0, 2.0), (1.0, 3.0))


@pytest.mark.usefixtures("_always_due")
def test_a_frame_has_the_picture_of_the_net_there_is() -> None:
    source = (
        "for turn in range(3):\n    net = MLP(2, [2, 1])\n    for again in range(2):\n"
        "        loss = net([0.1, 0.2])**2\n        loss.backward()\n        net.layers[0].neurons[0].b.data = 5.0\n"
    )
    reader = Reader()
    watched(source, reader)
    pictures = [frame["field"]["values"] for frame in reader.frames]
    assert len(set(pictures)) == len(pictures) > 1


def test_many_neurons_are_not_all_sent() -> None:
    source = f"net = MLP(2, [{NEURONS}, 4])\nloss = sum(net([0.1, 0.2]))"
    assert len(described(source, "net")["neurons"]) == NEURONS


def boundary(source: str, **asked: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(json.dumps({"verb": "boundary", "source": source, **asked}).encode())[1:])
    return found


def test_a_boundary_is_the_picture_after_the_run() -> None:
    asked = {"x_from": -1.0, "x_to": 2.0, "y_from": 0.0, "y_to": 0.5, "size": 7}
    assert boundary(SEVERAL, **asked) == described(SEVERAL, "one")
    assert boundary(SEVERAL, field="net", **asked) == described(SEVERAL, "net")
    found, data = boundary(SEVERAL, x_to=9.0), around(watched(SEVERAL, Reader()).variables)
    assert (found["x"], found["y"], found["size"]) == ([data.x[0], 9.0], list(data.y), 60)


def test_a_boundary_is_no_larger_than_an_answer_may_be() -> None:
    problem = boundary(f"net = MLP(2, [{NEURONS}, 1])\nloss = net([0.1, 0.2])", size=128)
    assert problem["diagnostics"][0]["limit"] == "answer size"


def test_neurons_have_names_that_can_be_sent() -> None:
    half, long = "\\ud800<b>.w", "x" * 20_000 + ".w"
    for label in (half, long):
        found = boundary(f"net = Neuron(2)\nnet.w[0].label = '{label}'\nnet.w[1].label = '{label}'", size=7)
        assert 0 < len(found["neurons"][0]["name"]) <= 80


@pytest.mark.parametrize(("wanted", "said"), [(None, "no net of two numbers"), ("w", "no function `w` of two numbers")])
def test_a_program_without_such_a_function_is_told_so(wanted: str | None, said: str) -> None:
    assert said in boundary(NAMED, field=wanted)["detail"]

"""Right engines, whatever they look like: read as what they are, compared with PyTorch, and never called wrong."""

import random
from pathlib import Path

import micrograd
import pytest

from engine.watch.theirs import Theirs
from tests.watch.dresses import DRESSES, Dress
from tests.watch.looking import look, numbers
from tests.watch.true import true
from tests.watch.variants import VARIANTS

EXAMPLES = Path(__file__).parents[2] / "engine" / "examples"
FORMS = (
    "{} + {}", "{} * {}", "{} - {}", "{} / ({}*2.0 + 40.0)", "-{} + {}", "{}**2 - {}", "{}**3 * {}", "{}.tanh() + {}",
    "({}*0.1).exp() * {}", "{}.relu() - {}", "{}.sigmoid() * {}", "2.0 * {} + {}", "sum([{}, {}], Value(0))",
    "({0}*{0} + 0.5).log() + {1}", "{0} * {0} + {1}",
)  # fmt: skip


def program(seed: int) -> str:
    """A random program: leaves at corners and elsewhere, every operation, shared operands."""
    of = random.Random(seed)
    names, lines = ["a", "b", "c"], [f"{name} = Value({of.choice([0.0, 1, 2.0, -0.5, 1.37])})" for name in "abc"]
    for turn in range(of.randint(3, 12)):
        lines.append(f"v{turn} = {of.choice(FORMS).format(of.choice(names), of.choice(names))}")
        names.append(f"v{turn}")
    return "\n" + "\n".join([*lines, f"{names[-1]}.backward()"]) + "\n"


def written(theirs: Theirs) -> dict[str, float | None]:
    """The gradients that the engine wrote, by name."""
    return {node.label: node.grad for node in theirs.nodes if node.label}


@pytest.mark.parametrize("dress", DRESSES, ids=lambda one: one.name)
def test_an_engine_in_any_dress_is_read_and_right(dress: Dress) -> None:
    seen = look(dress.source())
    assert seen.theirs
    assert not seen.findings
    assert (seen.theirs.number, seen.theirs.gradient) == (dress.names.data, dress.names.grad)
    assert seen.theirs.links == (dress.names.links,)
    assert {name: written(seen.theirs)[name] for name in "xyz"} == pytest.approx(true()[1])


@pytest.mark.parametrize("dress", DRESSES, ids=lambda one: one.name)
@pytest.mark.parametrize("seed", range(12))
def test_no_right_engine_is_called_wrong(dress: Dress, seed: int) -> None:
    seen = look(dress.source(program=program(seed)))
    assert seen.theirs
    assert not seen.findings
    assert not seen.ended


@pytest.mark.parametrize("name", VARIANTS)
def test_engines_as_they_occur_are_right(name: str) -> None:
    seen = look(VARIANTS[name])
    assert seen.theirs
    assert not seen.findings
    assert seen.theirs.gradient
    assert any(walk.deposits for walk in seen.theirs.walks)


def test_the_two_files_of_micrograd_as_they_stand() -> None:
    [folder] = micrograd.__path__
    files = "\n".join([(Path(folder) / name).read_text("utf-8") for name in ("engine.py", "nn.py")])
    use = "\nrandom.seed(3)\nn = MLP(2, [3, 1])\nloss = (n([1.0, -2.0]) - 0.5)**2\nn.zero_grad()\nloss.backward()\n"
    seen = look(files + use)
    assert seen.theirs
    assert not seen.findings
    assert not seen.ended
    boxes = {node.scope: node for node in seen.theirs.nodes if node.scope}
    assert [scope.name for scope in boxes] == ["Neuron"] * 4
    assert {scope.parent.name for scope in boxes if scope.parent} == {"Layer"}
    assert sum(node.held for node in seen.theirs.nodes) == 13


def test_the_seeds_own_engine_trains_and_is_right() -> None:
    seen = look((EXAMPLES / "490_engine.py").read_text("utf-8"))
    assert seen.theirs
    assert not seen.findings
    assert len(seen.theirs.nodes) > 2_000


def test_a_watched_program_computes_what_it_computes() -> None:
    for dress in DRESSES:
        seen, plain = look(dress.source()).theirs, numbers(dress.source())
        assert seen
        for node in seen.nodes:
            if node.label:
                assert plain[node.label][:2] == (node.data, node.grad)


def test_operands_are_in_the_order_of_the_call_and_counted() -> None:
    seen = look(DRESSES[0].source(program="\na = Value(3.0)\nb = Value(2.0)\nc = b - a\nd = c * c\nd.backward()\n"))
    assert seen.theirs
    nodes = {node.label: node for node in seen.theirs.nodes}
    assert [(edge.node, edge.local) for edge in nodes["c"].operands] == [(1, 1.0), (0, -1.0)]
    assert [(edge.node, edge.local) for edge in nodes["d"].operands] == [(2, -1.0), (2, -1.0)]
    assert (nodes["c"].op, nodes["c"].method, nodes["a"].op) == ("sub", "__sub__", None)

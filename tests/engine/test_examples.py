"""Every example runs in CPython, and does there what it promises."""

import math
import re
from collections.abc import Callable
from functools import cache

import pytest

from engine.derivative import check
from engine.examples import EXAMPLES, LEVELS, PROGRAMS, Example, parse
from tests.each import each
from tests.reference import Reference, run_reference

EACH = each("example", EXAMPLES)
DRAWN = 200  # nodes that can be taken in at one look
SOURCES = {example.name: example.source for example in EXAMPLES}


@cache
def reference(source: str) -> Reference:
    return run_reference(source)


def printed(name: str) -> list[float]:
    """The numbers that an example prints."""
    text = reference(SOURCES[name]).printed
    return [float(number) for number in re.findall(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:e-?\d+)?", text)]


def test_there_are_enough_and_each_is_named_once() -> None:
    assert len(EXAMPLES) >= 20
    assert len({example.name for example in PROGRAMS}) == len({example.title for example in PROGRAMS}) == len(PROGRAMS)


def test_the_levels_follow_one_another() -> None:
    levels = [LEVELS.index(example.level) for example in PROGRAMS]
    assert levels == sorted(levels)
    assert set(levels) == set(range(len(LEVELS)))


def test_the_first_one_is_the_expression_everybody_starts_with() -> None:
    assert EXAMPLES[0].source == "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f\n"
    assert reference(EXAMPLES[0].source).grads == {"a": 6.0, "b": -4.0, "c": -2.0, "f": 4.0}


@each("example", PROGRAMS)
def test_each_has_a_title_and_a_sentence(example: Example) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", example.name)
    assert 3 <= len(example.title) <= 40
    assert example.sentence.endswith((".", "?"))
    assert len(example.sentence) <= 110
    assert example.source.endswith("\n")
    assert all(len(line) <= 100 for line in example.source.splitlines())


@EACH
def test_each_draws_a_graph_that_can_be_taken_in(example: Example) -> None:
    output = reference(example.source).output
    assert output is not None
    nodes = output.history()
    constants = [operand for node in nodes for operand in node.operands if isinstance(operand, float)]
    assert 2 <= len(nodes) + len(constants) <= DRAWN


@EACH
def test_its_gradients_can_be_measured(example: Example) -> None:
    output = reference(example.source).output
    assert output is not None
    assert all(one.agrees for one in check(output))


FACTS: dict[str, Callable[[list[float]], bool]] = {
    "limit": lambda n: n[1:12:2] == pytest.approx([3 * 10**-k for k in range(1, 7)], abs=1e-6) and n[-1] == 0,
    "chain": lambda n: n[0] == n[1],
    "square": lambda n: n == [6],
    "diamond": lambda n: n == [5],
    "micrograd": lambda n: n == [24.7041, 138.8338, 645.5773],
    "loop": lambda n: n[0] == round(100 * 1.05**10, 2) and n[1] == round(10 * 1.05**9, 2),
    "accumulate": lambda n: n == [12, 24, 12],
    "pieces": lambda n: n[:2] == n[2:],
    "second": lambda n: n == [8, 12, 12],
    "softmax": lambda n: n[-1] == n[-2],
    "nudge": lambda n: n[-1] == n[-2],
    "descent": lambda n: n[-1] == pytest.approx(1, abs=1e-3),
    "line": lambda n: n[-2:] == pytest.approx([2, 1], abs=0.05),
    "logistic": lambda n: 1.5 < n[-1] < 2.5,
    "xor": lambda n: all(abs(n[i] - n[i + 1]) < 0.1 for i in range(-14, 0, 4)),
    "moons": lambda n: n[0] > 0.9 * n[1],
    "ravine": lambda n: abs(n[-2]) < 0.1 and abs(n[-1]) < 0.5,
    "classes": lambda n: n[0] > 0.9 * n[1],
    "algorithm": lambda n: n[0] == round(math.sqrt(2), 9) and n[1] == n[-1],
    "newton": lambda n: n[-5] == 2.25,
    "rosenbrock": lambda n: n[-4:-2] == pytest.approx([1, 1], abs=0.02),
    "taylor": lambda n: n[-1] == round(math.e, 6) and n[-3] == pytest.approx(math.e, abs=1e-4),
    "engine": lambda n: n[-4] == n[-3] and n[-2] == n[-1] and n[19] < n[1],
}


@each("name", FACTS)
def test_what_an_example_prints_is_what_it_promises(name: str) -> None:
    assert FACTS[name](printed(name))


@pytest.mark.parametrize("text", ["x = 1\n", "# title: a\n# sentence: b\n\nx = 1\n", "# titel: a\n\nx = 1\n"])
def test_a_file_without_its_three_lines_is_refused(text: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        parse("110_wrong.py", text)

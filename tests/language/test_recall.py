"""A checked program that is run again: nothing that a run does changes it."""

import ast

import msgspec
import pytest

from engine import document
from engine.examples import EXAMPLES, Example
from engine.language.grammar.checked import SHORT, check, recall
from engine.language.names import vocabulary

LIMITS, NAMES = document.LIMITS, vocabulary()


def answer(source: str, **more: object) -> bytes:
    return document.run(msgspec.json.encode({"verb": "graph", "source": source, **more}))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_a_program_that_was_run_is_still_the_program(example: Example) -> None:
    source = example.source
    first, tree = answer(source), ast.dump(recall(source, LIMITS, document.NAMES).tree)
    answer(source, seed=7)
    assert answer(source) == first
    assert ast.dump(recall(source, LIMITS, document.NAMES).tree) == tree == ast.dump(ast.parse(source))


def test_short_programs_are_read_once_and_long_ones_each_time() -> None:
    short = "a = 2.0\n"
    long = short + "#" * SHORT
    assert recall(short, LIMITS, NAMES) is recall(short, LIMITS, NAMES)
    assert recall(long, LIMITS, NAMES) is not recall(long, LIMITS, NAMES)
    assert check(short, LIMITS, NAMES) is not check(short, LIMITS, NAMES)

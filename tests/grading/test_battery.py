"""A teacher's own battery: what a file may say, and with which line it is told what is wrong."""

from typing import Any

import pytest

from engine.language.errors import ProgramError
from engine.language.grammar.checked import MOST
from engine.panels.program import LIMITS, NAMES
from engine.watch.battery import MOST_SKILLS, OURS, STEPS, Skill, battery, ours
from engine.watch.grade import graded
from tests.docs.documents import snippets
from tests.invariants.sources import ROOT
from tests.watch.dresses import DRESSES
from tests.watch.variants import MICROGRAD

SQUARE = '[[skill]]\nname = "square"\nprogram = "x = Value(3.0)\\ny = x * x\\ny.backward()"\n'
LONG = """\
# [[skill]] is a header, but not here
[[skill]]
name = "first"
program = '''
x = Value(1.0)
text = "
[[skill]]
points = 3
"
'''

[["skill"]]
name = "second"
points = -1
program = "Value(1.0).backward()"
"""
WRONG = {  # a text, the line that is named, and a piece of the sentence
    "": (None, "has 0"),
    "[[skill]\n": (1, "Expected"),
    "x = 1\n" + SQUARE: (1, "no `x`"),
    'title = "a"\n[meta]\na = 1\n' + SQUARE: (1, "no `title`"),
    "skill = 3": (None, "has 0"),
    "skill = [1]": (None, "holds tables"),
    '[[skill]]\nname = "a"\n': (1, "no `program`"),
    SQUARE.replace("name", "nme"): (1, "no `name`"),
    SQUARE + "poins = 2\n": (4, "no `poins`"),
    SQUARE + "points = true\n": (4, "`points` must be a number from 0 to 1,000"),
    SQUARE + "points = nan\n": (4, "`points`"),
    SQUARE + "steps = 1.5\n": (4, "`steps` must be a whole number"),
    SQUARE + "nodes = 0\n": (4, "`nodes`"),
    SQUARE + "\n" + SQUARE: (5, "called `square`"),
    SQUARE.replace("Value(3.0)", "Number(3.0)"): (3, "makes no `Value`"),
    SQUARE.replace("x * x", "x *"): (3, "line 2"),
    SQUARE.replace("x = Value", "import os\\nx = Value"): (3, "no module `os`"),
    SQUARE.replace('"square"', '" "'): (2, "`name` must be a text"),
    SQUARE * (MOST_SKILLS + 1): (None, f"has {MOST_SKILLS + 1}"),
    "skill = " + "[" * 5_000: (None, "nested too deeply"),
    "skill = " + "1" * 5_000: (None, "too many digits"),
    LONG.replace('text = "', 'text = """').replace('\n"\n', '\n"""\n'): (14, "`points`"),
}


def read(text: str) -> tuple[Skill, ...]:
    return battery(text, LIMITS, NAMES)


def grade(source: str, text: str) -> Any:  # noqa: ANN401 - JSON
    return graded(source, LIMITS, NAMES, "en", read(text))


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[-24:])
def test_what_is_wrong_with_a_file_is_said_with_its_line(text: str) -> None:
    line, piece = WRONG[text]
    with pytest.raises(ProgramError) as problem:
        read(text)
    first = problem.value.diagnostics[0]
    assert (first.line, first.code) == (line, "battery")
    assert piece in first.message


def test_all_that_is_wrong_is_said() -> None:
    with pytest.raises(ProgramError) as problem:
        read(SQUARE + "points = -1\nsteps = 2\n" + SQUARE.replace("name", "nam"))
    assert [one.line for one in problem.value.diagnostics] == [4, 5, 6, 7]


def test_our_own_battery_is_one() -> None:
    assert read(OURS.read_text("utf-8")) == ours()
    assert len({one.name for one in ours()}) == len(ours()) == 23


def test_the_documented_battery_is_one() -> None:
    [text] = [
        one.text for one in snippets((ROOT / "docs" / "batteries.md").read_text("utf-8")) if one.language == "toml"
    ]
    found = grade(DRESSES[0].source(), text)
    assert (found["points"], found["of"]) == (5.0, 5.0)


def test_what_a_file_leaves_out_has_a_default() -> None:
    [skill] = read(SQUARE)
    assert (skill.points, skill.steps) == (1.0, STEPS)


def test_points_are_added_up_and_budgets_are_kept() -> None:
    several = SQUARE + "points = 3\n"
    several += SQUARE.replace("square", "few steps") + "points = 2\nsteps = 1000\n"
    several += SQUARE.replace("square", "few nodes") + "points = 0.5\nnodes = 1\n"
    several = several.replace("x * x", "sum([x * x for i in range(40)], x)", 2).replace(
        "sum(", "(lambda a, b: x * x)(", 1
    )
    found = grade(MICROGRAD, several)
    assert (found["points"], found["of"]) == (3.0, 5.5)
    square, steps, nodes = found["skills"]
    assert square["passed"]
    assert "budget of steps" in steps["message"]
    assert nodes["message"] == "The engine makes more than 1 numbers in this program, which is more than it may."
    assert not found["right"]


def test_the_engine_is_called_as_the_learner_calls_it() -> None:
    source = DRESSES[0].source().replace("Value", "Num")
    assert grade(source, SQUARE)["right"]


def test_sentences_name_no_lines_that_the_file_does_not_have() -> None:
    source = DRESSES[0].source().replace("self.grad += (other.data)", "self.grad += (self.data)")
    program = "x = Value(3.0)\\ny = x * Value(2.0) + x * Value(5.0)\\ny.backward()"
    found = grade(source, f'[[skill]]\nname = "a"\nprogram = "{program}"\n')
    [cause] = found["causes"]
    assert cause["cause"] == "operand"
    assert "line" in cause["message"]
    numbers = [int(word.strip(".,")) for word in cause["message"].split() if word.strip(".,").isdigit()]
    assert max(numbers) <= source.count("\n")


def test_of_a_file_of_keys_that_are_none_the_first_are_told() -> None:
    text = SQUARE + "".join(f'key{i} = """\n[[skill]]\nname{i} = 1\n"""  # """\n' for i in range(3_000))
    with pytest.raises(ProgramError) as problem:
        read(text)
    assert [one.line for one in problem.value.diagnostics] == [*range(4, 4 + 4 * MOST, 4)]

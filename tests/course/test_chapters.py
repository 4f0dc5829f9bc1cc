"""Every chapter stands up to the engine, and the lint finds what can be wrong with one."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from app.course.chapter import FOLDER, Chapter, parse, read
from app.course.check import NodeCheck, NumberCheck, ProgramCheck
from app.course.courses import COURSES, FIRST, course_in
from app.course.quantity import NotUnderstoodError, holds, names
from app.texts import CATALOGUES
from engine.explain.names import named as explained
from tests.course.lint import findings, found_in, graph_of
from tests.each import each
from tests.invariants.sources import ROOT

FILES = sorted(FOLDER.glob("*/*"))
CHAPTERS = [read(path) for path in FILES]


def named(value: object) -> str:
    return f"{value.lang}-{value.slug}" if isinstance(value, Chapter) else str(value)


@each("path", FILES)
def test_a_chapter_holds_what_it_says(path: Path) -> None:
    assert findings(path) == []


def test_every_kind_of_check_is_asked_somewhere() -> None:
    assert {type(chapter.check) for chapter in CHAPTERS} == {NumberCheck, NodeCheck, ProgramCheck}


@pytest.mark.parametrize("lang", COURSES)
def test_parts_stand_together(lang: str) -> None:
    parts = [chapter.part for chapter in course_in(lang).values()]
    assert len([one for one, before in zip(parts, ["", *parts], strict=False) if one != before]) == len(set(parts))


@pytest.mark.parametrize("lang", CATALOGUES)
def test_a_course_is_complete_in_every_language(lang: str) -> None:
    assert list(course_in(lang)) == list(COURSES[FIRST])


def test_what_a_language_lacks_is_read_in_english() -> None:
    assert course_in("tlh") == COURSES[FIRST]
    assert course_in("de")["slope"].lang == "de"


@each("chapter", CHAPTERS)
def test_the_first_answer_to_a_changed_program_is_a_hint_of_its_own(chapter: Chapter) -> None:
    if isinstance(chapter.check, ProgramCheck):
        graph = graph_of(chapter.source)
        assert any(holds(hint.when, graph, chapter.source) for hint in chapter.check.hints)


@each("chapter", CHAPTERS)
def test_nodes_are_called_what_explanations_call_them(chapter: Chapter) -> None:
    graph = graph_of(chapter.source)
    rows = [(one["id"], one["kind"], one["label"], one["span"], one["data"]) for one in graph["nodes"]]
    theirs = explained(rows, {}, chapter.source)
    ours = names(graph, chapter.source)
    assert ours
    assert {node: theirs[node].plain for node in ours} == ours


EXAMPLE = dedent(
    re.sub(
        r"\n(?!    |\n)[\s\S]*",
        "",
        (ROOT / "docs" / "chapters.md").read_text("utf-8").partition("This is a whole chapter.\n\n")[2],
    )
)


def test_the_chapter_in_the_guide_is_one() -> None:
    assert list(found_in(parse(EXAMPLE, "slope", "en"))) == []


@each(
    ("old", "new", "said"),
    [
        ("---\n", "", "begins with its facts"),
        ("title: A tip for every cup\n", "", "lack `title:`"),
        ("start: ", "begin: ", "no fact `begin:`"),
        ("```program", "```python", "no block `program`"),
        ("```check", "```program\nx = 1.0\n```\n\n```check", "two blocks `program`"),
        ("ask: ", "demand: ", "lacks `ask:`"),
        ("ask: ", "demand: This.\nask: ", "no `demand:`"),
        ("number: ", "count: ", "one of `number:`"),
        ("grad of tip at n = 5", "slope of tip", "no quantity"),
        ("at n = 5", "at five", "no input with its number"),
        ("number: ", "within: little\nnumber: ", "how far off"),
        ("wrong: ", "wrong:", "no line `name: text`"),
        ("right: ", "right: Yes.\nright: ", "two lines `right:`"),
        ("number: grad of tip at n = 5\nright", "program: grad of tip\nright", "no condition"),
        ("```check", "```solution\nx = 1.0\n```\n\n```check", "has a `solution`"),
    ],
)
def test_a_file_that_is_no_chapter_says_why(old: str, new: str, said: str) -> None:
    assert old in EXAMPLE
    with pytest.raises(NotUnderstoodError, match=re.escape(said)):
        parse(EXAMPLE.replace(old, new, 1), "slope", "en")


NODE = "node: n\nright: Yes.\nwrong: No.\n```\n"
PROGRAM = "program: {wanted}\nright: Yes.\nwrong: No.\n```\n\n```solution\n{solution}\n```\n"


@each(
    ("pattern", "new", "said"),
    [
        ("title: .*", f"title: {'long ' * 9}", "the title has"),
        ("Move `tip`", "Move it " * 100, "the prose has"),
        ("bill = ", "bill = log(-1.0) + ", "the program: "),
        ("bill = ", "bill = nobody + ", "the program: "),
        ("start: .*", "start: step=99", "no `step=99`"),
        ("panel=table", "panel=kitchen", "no `panel=kitchen`"),
        (r"\(\?panel=table", "(/nowhere", "`/nowhere` leads nowhere"),
        ("at n = 5", "at m = 5", "the check's inputs"),
        ("grad of tip", "grad of nobody", "a number that the program does not have"),
        ("hint 3:", "hint 5:", "cannot tell 5 from 5"),
        (r"(?s)number:.*", NODE.replace("n\n", "nobody\n", 1), "no node `nobody`"),
        (r"(?s)number:.*", f"hint n: No.\n{NODE}", "node `n` twice"),
        (r"(?s)number:.*", PROGRAM.format(wanted="nodes > 1", solution="x = 1.0\ny = x * x"), "before anything was"),
        (r"(?s)number:.*", PROGRAM.format(wanted="nodes = 99", solution="x = 1.0"), "the solution does not pass"),
        (r"(?s)number:.*", PROGRAM.format(wanted="nodes = 99", solution="x = y"), "the solution: "),
    ],
)
def test_what_a_chapter_says_wrongly_is_found(pattern: str, new: str, said: str) -> None:
    text, times = re.subn(pattern, lambda _: new, EXAMPLE, count=1)
    assert times == 1
    (found, *_) = found_in(parse(text, "slope", "en"))
    assert said in found


def test_a_translation_has_an_original() -> None:
    assert "translation" in list(found_in(parse(EXAMPLE, "nobody", "de")))[-1]


def test_the_name_of_a_file_is_its_place_and_address(tmp_path: Path) -> None:
    path = tmp_path / "Chapter 1.md"
    path.write_text(EXAMPLE, "utf-8")
    assert "is named like" in findings(path)[0]


def test_prose_is_text() -> None:
    chapter = parse(EXAMPLE.replace("Move `tip`", "<script>alert(1)</script> <b>Move</b>"), "slope", "en")
    assert "<script>" not in chapter.prose
    assert "<b>" not in chapter.prose
    assert "[js](javascript:alert(1))" in parse(EXAMPLE.replace("Move", "[js](javascript:alert(1))"), "a", "en").prose

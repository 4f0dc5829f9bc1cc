"""Places in the text, by `ast`, by code points and by UTF-16, and the error tree."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language.errors import (
    Diagnostic,
    EngineError,
    LimitExceeded,
    ProgramError,
    Refusal,
    RunError,
    Source,
    SyntaxRejected,
)
from tests.each import each

BREAKS = ["\n", "\r\n", "\r"]
LETTERS = ["a", "é", "漢", "😀"]


def names(text: str) -> list[tuple[str, ast.Name]]:
    return [(node.id, node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]


@each("line_break", BREAKS)
@each("letter", LETTERS)
def test_span_finds_a_name_behind_any_letter_and_line_break(line_break: str, letter: str) -> None:
    text = line_break.join([f"'{letter}'; first", f'"""{letter}', '"""; second + \\', f" '{letter}'; \x0cthird"])
    source = Source(text)
    for name, node in names(text):
        start, end = source.span(node)
        assert text[start:end] == name
        assert source.line_of(start) == node.lineno


@given(st.lists(st.tuples(st.sampled_from(LETTERS), st.sampled_from(BREAKS), st.booleans()), max_size=12))
def test_range_counts_utf16_units_of_the_line(lines: list[tuple[str, str, bool]]) -> None:
    text = "".join(f"'{letter}'; {'name' if named else '1'}{line_break}" for letter, line_break, named in lines)
    source = Source(text)
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for name, node in names(text):
        start, end = source.range(source.span(node))
        units = rows[start.line].encode("utf-16-le")
        assert units[2 * start.character : 2 * end.character].decode("utf-16-le") == name


def test_other_separators_of_python_strings_do_not_break_lines() -> None:
    text = "'\x0b\x1c\u2028\x85'; x"
    assert Source(text).line_of(len(text)) == 1


def test_a_statement_is_reported_by_its_first_line() -> None:
    text = "if a:\n    b\n"
    statement = ast.parse(text).body[0]
    assert isinstance(statement, ast.If)
    found = Source(text).diagnostic("error", "syntax", "no", statement)
    assert found.span == (0, 5)


@pytest.mark.parametrize("line_break", BREAKS)
def test_a_line_is_its_text_without_indentation_and_break(line_break: str) -> None:
    text = line_break.join(["a", "   b c  ", "", "d"])
    source = Source(text)
    spans = [source.line_span(line) for line in (1, 2, 3, 4)]
    assert [text[start:end] for start, end in spans] == ["a", "b c", "", "d"]


def test_describe_has_every_key_of_the_api() -> None:
    found = Source("x = 😀y").diagnostic("warning", "domain", "log needs x > 0", (5, 6), hint="h", limit="steps")
    assert found.describe() == {
        "severity": "warning",
        "code": "domain",
        "message": "log needs x > 0",
        "hint": "h",
        "limit": "steps",
        "line": 1,
        "span": [5, 6],
        "range": {"start": {"line": 0, "character": 6}, "end": {"line": 0, "character": 7}},
        "fix": None,
    }


def test_a_finding_without_a_place_has_no_line() -> None:
    found = Source("x").diagnostic("info", "empty", "nothing to differentiate")
    assert (found.line, found.span, found.range) == (None, None, None)
    assert found.describe()["range"] is None


def test_refusal_becomes_an_error_at_its_node() -> None:
    text = "a\nbad"
    (_, node) = names(text)[1]
    found = Source(text).refuse(Refusal(node, "name", "unknown", "did you mean"))
    assert found == Diagnostic("error", "name", "unknown", "did you mean", None, 2, (2, 5), Source(text).range((2, 5)))


@pytest.mark.parametrize("kind", [SyntaxRejected, LimitExceeded, RunError])
def test_every_program_error_is_one_of_the_tree(kind: type[ProgramError]) -> None:
    assert issubclass(kind, ProgramError)
    assert issubclass(kind, EngineError)


def test_program_errors_carry_their_findings() -> None:
    finding = Source("x").diagnostic("error", "limit", "too many steps", 1, limit="steps")
    assert LimitExceeded([finding]).limit == "steps"
    assert RunError([finding]).code == "limit"
    assert RunError([finding]).diagnostics == (finding,)


def test_places_of_a_long_line_are_found_without_rescanning_it() -> None:
    text = "é = [" + ",".join(["é"] * 15_000) + "]"
    source = Source(text)
    assert sum(text[slice(*source.span(node))] == "é" for _, node in names(text)) == 15_001

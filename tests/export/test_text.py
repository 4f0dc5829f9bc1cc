import math

import pytest

from engine.explain.figures import number, shorten
from engine.export.text import sentence, table
from engine.recording import record
from engine.value import Value
from tests.each import each


@each(
    ("value", "text"),
    [
        (2.0, "2"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (-1 / 3, "-0.333333"),
        (123456.7, "123457"),
        (999999.4, "999999"),
        (999999.6, "1e6"),
        (1e6, "1e6"),
        (-1234567.0, "-1.23457e6"),
        (1e-4, "0.0001"),
        (0.00009999996, "0.0001"),
        (0.000012345678, "1.23457e-5"),
        (1e300, "1e300"),
        (5e-324, "4.94066e-324"),
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
    ],
)
def test_a_number_has_at_most_six_significant_digits(value: float, text: str) -> None:
    assert number(value) == text
    assert math.isnan(value) or float(text) == pytest.approx(value, rel=5e-6)


def test_a_node_is_named_as_the_page_names_it() -> None:
    a = Value(2.0, "a")
    output = a * 3.0
    output.backward()
    nodes = record(output).nodes
    assert [sentence(nodes, row) for row in range(3)] == [
        "a, input, data 2, grad 3",
        "constant, data 3",
        "*, data 6, grad 1",
    ]


def test_the_table_has_a_row_per_node() -> None:
    assert table(record(Value(2.0, "a") * 3.0).nodes) == [
        ("a", "input", "2", "0"),
        ("", "constant", "3", ""),
        ("", "*", "6", "0"),
    ]


@pytest.mark.parametrize(("text", "short"), [("abc", "abc"), ("abcdefg", "ab…fg"), ("abcdef", "ab…ef"), ("", "")])
def test_a_long_text_loses_its_middle(text: str, short: str) -> None:
    assert shorten(text, 5) == short

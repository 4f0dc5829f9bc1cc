"""Every program of the table that the grammar must refuse is refused: at once, with a place, in our own words."""

import time
from collections import Counter

import pytest

from engine.language.errors import ProgramError
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from tests.each import each
from tests.language.attacks import STATIC, Attack, ids, leaks
from tests.language.offered import NAMES

CODES = {"syntax", "scope", "name", "attribute", "import", "limit"}


@each("attack", STATIC)
def test_it_is_refused_at_once_with_a_place_and_in_our_own_words(attack: Attack) -> None:
    started = time.process_time()
    with pytest.raises(ProgramError) as caught:
        check(attack.text, Limits(), NAMES)
    assert time.process_time() - started < 1
    findings = caught.value.diagnostics
    assert 1 <= len(findings) <= 20
    for finding in findings:
        assert finding.severity == "error"
        assert finding.code in CODES
        assert (finding.limit is not None) == (finding.code == "limit")
        assert finding.line is not None
        assert 1 <= finding.line <= attack.text.count("\n") + attack.text.count("\r") + 1
        assert finding.span is not None
        assert 0 <= finding.span[0] <= finding.span[1] <= len(attack.text)
        assert not leaks(f"{finding.message}\n{finding.hint or ''}", attack.text)


def test_no_two_rows_are_the_same() -> None:
    assert not [text for text, times in Counter(attack.text for attack in STATIC).items() if times > 1]
    assert not [name for name, times in Counter(ids(STATIC)).items() if times > 1]


@pytest.mark.parametrize(
    "text",
    [
        "TypeError: x",
        "<built-in function print>",
        "<f at 0x7f3a00112233>",
        'File "x"',
        "in /usr/lib",
        "a.py",
        "NoneType",
    ],
)
def test_a_leak_is_found(text: str) -> None:
    assert leaks(text)
    assert not leaks(text, program=text)

"""Some hundreds of the programs that `make fuzz` runs by the million, and that what is wrong would be noticed."""

import os
import time
from collections import Counter

import pytest

from engine import document
from tests.fuzz import batches, judged
from tests.fuzz.batches import child, run
from tests.fuzz.judged import fault, found_in
from tests.fuzz.over_http import wrong
from tests.fuzz.written import KEPT, KINDS, SHARES, body, request

MANY = 240
PROGRAM: dict[str, object] = {"verb": "graph", "source": "a = 2.0"}


def test_nothing_is_found_in_a_few() -> None:
    found = run(0, MANY)
    assert found.faults == {}
    assert found.programs == Counter({kind: MANY // len(SHARES) * SHARES.count(kind) for kind in KINDS})


def test_nothing_is_found_in_those_that_are_kept() -> None:
    assert {source: found for source in KEPT if (found := fault({**PROGRAM, "source": source}))} == {}


def test_a_number_means_one_program_for_ever() -> None:
    assert [request(number) for number in range(40)] == [request(number) for number in range(40)]
    assert len({body(request(number)[1]) for number in range(200)}) > 190


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (b"", "form"),
        (b"+[]", "form"),
        (b'+{"a": NaN}', "not strict JSON"),
        (b'+{"a": 1, "a": 2}', "not strict JSON"),
        (b'+{"a": "\xff"}', "not strict JSON"),
        (b"+{" + b" " * judged.MOST_BYTES + b"}", "size"),
        (b'-{"title": "TypeError: x"}', "leak"),
        (b'+{"printed": ["<built-in function print>"]}', "leak"),
    ],
)
def test_an_answer_that_should_not_be_is_noticed(reply: bytes, what: str) -> None:
    assert (found_in(reply, PROGRAM) or "").startswith(what)
    assert found_in(b'+{"a": 1}', PROGRAM) is None


def test_a_program_that_falls_or_takes_long_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(_: bytes) -> bytes:
        raise SystemExit

    def spins(_: bytes) -> bytes:
        until = time.process_time() + 0.05
        while time.process_time() < until:
            pass
        return b"+{}"

    monkeypatch.setattr(document, "run", falls)
    assert (fault(PROGRAM) or "").startswith("fell: SystemExit")
    monkeypatch.setattr(document, "run", spins)
    monkeypatch.setattr(judged, "MOST_SECONDS", 0.02)
    assert (fault(PROGRAM) or "").startswith("slow")


def test_a_program_that_ends_its_process_is_found_among_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "run", deadly)
    with child() as process:
        found = process.run(96, 8)
    assert found.faults == {99: "crashes the process"}
    assert found.programs == {"safe": 7}


def deadly(first: int, count: int) -> batches.Found:
    """What a batch does with a program among it that ends everything."""
    if first <= 99 < first + count:
        os._exit(1)
    return batches.Found(Counter(safe=count))


@pytest.mark.parametrize(
    ("status", "text", "what"),
    [
        (500, b'{"type": "/problems/internal"}', "status"),
        (503, b'{"type": "/problems/lost"}', "status"),
        (200, b"nonsense", "not strict JSON"),
        (422, b'{"detail": "NoneType"}', "leak"),
    ],
)
def test_an_answer_over_http_that_should_not_be_is_noticed(status: int, text: bytes, what: str) -> None:
    assert (wrong(status, text, "") or "").startswith(what)
    assert wrong(503, b'{"type": "/problems/busy"}', "") is None

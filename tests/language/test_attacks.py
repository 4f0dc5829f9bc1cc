"""Every program of the table that may run, run in a process like the service's: what must not happen, does not."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from engine.language.limits import BUDGETS, Limits
from tests.language.answering import MOST_SECONDS, Answer, Answerer, NoAnswer
from tests.language.attacks import ATTACKS, DYNAMIC, Attack, ids, leaks
from tests.language.classes import CLASSES, LEAST

PROBE = """
a, b, n = 2.0, Value(3.0, label="b"), 4
net = MLP(2, [2, 1])
d = {"x": [a, math.pi], n: {1, 2.5}}
for i in range(n):
    a = a * b - i
y = net([a, b]) + random.random() + sum(moons(3)[1]) + max(a, b)
print(y, d, str(net), f"{a:.3f}")
y.backward()
"""
ENDLESS = [attack for attack in DYNAMIC if attack.family in ("endless", "without-end")]
BRISK = "tests.language.brisk:run"


@pytest.fixture(scope="module")
def quick() -> Iterator[Answerer]:
    """A process with smaller budgets."""
    with Answerer(BRISK) as answerer:
        yield answerer


@pytest.fixture(scope="module")
def full() -> Iterator[Answerer]:
    """A process with the budgets that are published."""
    with Answerer() as answerer:
        yield answerer


@pytest.fixture(scope="module")
def expected() -> bytes:
    """What the probe says where nothing was asked before."""
    with Answerer() as answerer:
        return answerer.ask(PROBE).reply


@pytest.mark.parametrize("attack", DYNAMIC, ids=ids(DYNAMIC))
def test_it_ends_as_it_must(attack: Attack, quick: Answerer, full: Answerer, expected: bytes) -> None:
    answerer = quick if attack.expect == "ends" else full
    answer = answerer.ask(attack.text, verb="page")
    assert fits(attack.expect, answer), answer.reply[:1000]
    assert answer.seconds < MOST_SECONDS
    check_form(attack, answer)
    assert not leaks(answer.reply.decode(), attack.text)
    assert answerer.ask(PROBE).reply == expected
    if attack in ENDLESS and not answer.right:
        assert answer.body["diagnostics"][0]["line"]


def fits(expect: str, answer: Answer) -> bool:
    """Whether an answer is what a row of the table expects."""
    if answer.right:
        return expect in ("ends", "right")
    finding = answer.body["diagnostics"][0]
    return expect in ("ends", finding["code"], finding["limit"])


def check_form(attack: Attack, answer: Answer) -> None:
    """A graph no larger than it may be, or a problem whose findings have a kind, a sentence and a place in the text."""
    if answer.right:
        assert len(json.dumps(answer.body["document"])) <= 2 * Limits().answer_bytes
        return
    assert answer.body.keys() == {"title", "detail", "diagnostics"}
    assert 1 <= len(answer.body["diagnostics"]) <= 20
    lines = attack.text.count("\n") + attack.text.count("\r") + 1
    for finding in answer.body["diagnostics"]:
        assert finding["severity"] == "error"
        assert (finding["limit"] is not None) == (finding["code"] == "limit")
        assert finding["limit"] in (None, *(budget.name for budget in BUDGETS.values()))
        assert finding["message"]
        assert finding["line"] is None or 1 <= finding["line"] <= lines
        assert finding["span"] is None or 0 <= finding["span"][0] <= finding["span"][1] <= len(attack.text)


@pytest.mark.parametrize("attack", ENDLESS[::8], ids=ids(ENDLESS[::8]))
def test_the_published_budgets_end_what_never_ends(attack: Attack, full: Answerer) -> None:
    answer = full.ask(attack.text)
    assert answer.seconds < MOST_SECONDS
    finding = answer.body["diagnostics"][0]
    assert (finding["code"], finding["line"] is None) == ("limit", False)


def test_the_table_is_long_and_says_nothing_twice() -> None:
    assert len(ATTACKS) >= 600
    assert not [text for text, times in Counter(attack.text for attack in DYNAMIC).items() if times > 1]
    assert not [name for name, times in Counter(ids(ATTACKS)).items() if times > 1]


def test_every_class_has_rows_and_every_row_a_class() -> None:
    families = Counter(attack.family for attack in ATTACKS)
    classes = {name: of.split() for name, of in CLASSES.items()}
    assert not [name for name, of in classes.items() if sum(families[family] for family in of) < LEAST]
    assert sorted(family for of in classes.values() for family in of) == sorted(families)


def test_a_process_that_gives_no_answer_is_noticed() -> None:
    with Answerer("tests.language.test_attacks:hang") as answerer, pytest.raises(NoAnswer):
        answerer.ask("x = 1")
    with Answerer("tests.language.test_attacks:fall") as answerer, pytest.raises(NoAnswer, match="RuntimeError"):
        answerer.ask("x = 1")


def hang(_request: bytes) -> bytes:
    """A target that never answers."""
    while True:
        pass


def fall(_request: bytes) -> bytes:
    """A target that goes wrong."""
    raise RuntimeError

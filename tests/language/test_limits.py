"""The budgets: those of LANGUAGE, published with names, named in errors."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from engine.language.errors import Source
from engine.language.limits import BUDGETS, Limits
from tests.each import each

EVALUATION = {
    "source_bytes": 65_536,
    "body_bytes": 262_144,
    "tree_depth": 400,
    "tree_nodes": 20_000,
    "steps": 2_000_000,
    "nodes": 200_000,
    "drawn_nodes": 2_000,
    "cpu_seconds": 1.0,
    "kill_seconds": 2.0,
    "answer_seconds": 3.0,
    "integer_bits": 4_096,
    "sequence": 50_000,
    "elements": 500_000,
    "call_depth": 1_000,
    "data_depth": 40,
    "printed_bytes": 32_768,
    "answer_bytes": 1_048_576,
    "worker_bytes": 536_870_912,
    "events": 1_000,
    "batch_bytes": 4_194_304,
    "batch_seconds": 60.0,
    "batch": 1_000,
}


def test_the_defaults_are_those_of_one_evaluation() -> None:
    assert {one.name: getattr(Limits(), one.name) for one in fields(Limits)} == EVALUATION


def test_a_stream_has_more_steps_and_more_time_and_nothing_else() -> None:
    one, stream = Limits(), Limits.stream()
    assert (stream.steps, stream.cpu_seconds) == (80_000_000, 30.0)
    assert one.cpu_seconds < one.kill_seconds < one.answer_seconds
    assert stream.cpu_seconds < stream.kill_seconds < stream.answer_seconds
    times = {name: getattr(one, name) for name in ("steps", "cpu_seconds", "kill_seconds", "answer_seconds")}
    assert replace(stream, **times) == one


def test_limits_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Limits().steps = 1  # type: ignore[misc]


@each("name", EVALUATION)
@each("value", [0, -1, float("nan")])
def test_a_budget_is_greater_than_zero(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        replace(Limits(), **{name: value})  # type: ignore[arg-type]


def test_the_published_list_has_every_budget_once_under_its_public_name() -> None:
    published = Limits().describe()
    assert [one["value"] for one in published] == list(EVALUATION.values())
    assert [one["stream"] for one in published] == [getattr(Limits.stream(), name) for name in EVALUATION]
    assert len({one["name"] for one in published}) == len(EVALUATION)
    assert all(set(one) == {"name", "value", "stream", "unit", "meaning"} for one in published)


@each("attribute", EVALUATION)
def test_the_error_names_the_budget_its_limit_and_the_line(attribute: str) -> None:
    error = Limits().exceeded(attribute, Source("a\nb"), 2)
    (finding,) = error.diagnostics
    assert error.limit == finding.limit == BUDGETS[attribute].name
    assert finding.line == 2
    assert f"{EVALUATION[attribute]:,} {BUDGETS[attribute].unit}" in finding.message

"""What a link holds: the same state has the same bytes, older ones open, and damage is named."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.links.state import NAME_LENGTH, VERSION, LinkState, digest, names, read

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
FULL: dict[str, Any] = {
    "version": VERSION,
    "source": "a = 2.0\nL = a * a",
    "inputs": {"a": 3.5},
    "step": 2,
    "node": 0,
    "panel": "ledger",
    "accumulation": "micrograd",
    "passes": 2,
    "layout": "tb",
    "expand": ["net#1"],
    "locks": ["inputs", "source"],
    "engine": "ours",
    "task": {"hide": "data", "nodes": [0, "L"], "tries": 3, "reveal": False, "seed": 7, "tolerance": 0.05},
}


def state(**said: object) -> LinkState:
    return LinkState.model_validate_json(json.dumps({"source": "a = 2.0", **said}))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_an_earlier_version_wrote_opens_under_the_same_name(sample: Path) -> None:
    """Each file is a state as it was kept, named after its version and its address. They are never changed."""
    kept = sample.read_bytes().rstrip(b"\n")
    found = read(kept)
    assert found is not None
    assert found.ignored == ()
    assert {name: value for name, value in json.loads(kept).items() if name != "version"}.items() <= (
        found.state.model_dump().items()
    )
    version, _, name = sample.stem.partition("-")
    assert json.loads(kept)["version"] == int(version)
    assert next(names(digest(kept))) == name
    if int(version) == VERSION:
        assert found.state.canonical() == kept


def test_there_is_a_sample_of_this_version_with_every_field() -> None:
    fields = [json.loads(sample.read_text("utf-8")).keys() for sample in SAMPLES if sample.stem[0] == str(VERSION)]
    assert LinkState.model_fields.keys() in fields


def test_saying_what_is_so_anyway_is_no_other_state() -> None:
    bare = LinkState(source="a = 2.0")
    assert state(**{name: value for name, value in bare.model_dump().items() if name != "source"}) == bare
    assert state(step=None, inputs={}).canonical() == bare.canonical() == b'{"source":"a = 2.0","version":1}'


def test_order_is_no_other_state() -> None:
    first = state(inputs={"a": 1, "b": 2.0}, expand=["y", "x", "y"], locks=["source", "inputs"])
    assert (
        first.canonical() == state(inputs={"b": 2, "a": 1.0}, expand=["x", "y"], locks=["inputs", "source"]).canonical()
    )


@pytest.mark.parametrize("field", [name for name in FULL if name != "version"])
def test_every_field_makes_another_state(field: str) -> None:
    whole = LinkState.model_validate_json(json.dumps(FULL))
    left = {name: value for name, value in FULL.items() if name != field}
    assert LinkState.model_validate_json(json.dumps({"source": "", **left})).canonical() != whole.canonical()


@given(st.builds(dict, source=st.text(max_size=50), inputs=st.dictionaries(st.text(max_size=5), st.floats(-9, 9))))
def test_a_state_comes_back_as_it_was(said: dict[str, object]) -> None:
    kept = LinkState.model_validate_json(json.dumps(said)).canonical()
    found = read(kept)
    assert found is not None
    assert found.state.canonical() == kept
    assert found.state.source == said["source"]


def test_names_grow_and_can_be_read_aloud() -> None:
    found = list(names(digest(b"x")))
    assert [len(name) for name in found] == list(range(NAME_LENGTH, 53))
    assert all(longer.startswith(name) for name, longer in pairwise(found))
    assert found[-1].isalnum()
    assert found[-1] == found[-1].lower()


@pytest.mark.parametrize(
    ("damage", "ignored"),
    [
        ({"panel": "later"}, ("panel",)),
        ({"theme": "dark"}, ("theme",)),
        ({"step": -1, "inputs": {"a": "many"}}, ("inputs", "step")),
        ({"locks": ["source", "door"]}, ("locks",)),
        ({"task": [1]}, ("task",)),
        ({"task": {"hide": "everything"}}, ("task",)),
    ],
)
def test_what_is_not_understood_is_left_out_and_named(damage: dict[str, object], ignored: tuple[str, ...]) -> None:
    found = read(json.dumps({**FULL, **damage}).encode())
    assert found is not None
    assert found.ignored == ignored
    assert found.state.source == FULL["source"]
    assert found.state.expand == FULL["expand"]


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"version": 1}',
        b'{"source": 1}',
        b'{"source": "a = 2.0", "version": 2}',
        b'{"source": "a = 2.0", "version": true}',
        b"\xff",
    ],
)
def test_without_a_program_of_a_version_that_is_known_there_is_nothing_to_open(kept: bytes) -> None:
    assert read(kept) is None


@pytest.mark.parametrize(
    "said",
    [
        {"task": {"tries": 0}},
        {"engine": "theirs"},
        {"step": -1},
        {"step": 10**9},
        {"node": 1.5},
        {"inputs": {"a": True}},
        {"passes": 101},
        {"locks": ["door"]},
        {"version": 2},
        {"strange": 1},
    ],
)
def test_a_state_has_bounds(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        state(**said)

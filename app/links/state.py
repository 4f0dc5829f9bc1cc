"""What a link holds: a program, and what was done to it on the page.

The form has a version. What an older version wrote must open for good: `tests/links/samples/` keeps some, and a field
that is missing has its default. A state that was kept is read leniently: a part that cannot be understood is left out
and named, and only without a program there is nothing to open.
"""

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

import orjson
from pydantic import AfterValidator, FailFast, Field, FiniteFloat, ValidationError

from app.schemas import Expand, GraphRequest, Name, Source, Strict
from app.tasks import Task

VERSION = 1
NAME_LENGTH = 10  # characters of an address; more where two states would share them
NAME = re.compile(rf"[a-z2-7]{{{NAME_LENGTH},52}}")
SORTED = AfterValidator(lambda names: sorted(set(names)))  # in any order the same state

Panel = Literal["inspect", "engine", "ledger", "curve", "surface", "check", "train", "predict", "table"]
Count = Annotated[int, Field(ge=0, lt=10**9)]


class LinkState(Strict):
    """What a link opens with."""

    version: Annotated[int, Field(ge=1, le=VERSION)] = VERSION
    source: Source
    inputs: dict[Name, FiniteFloat] = Field(default={}, description="Inputs that were moved, by key.")
    step: Annotated[Count | None, Field(description="How many steps are done; null for all, with none marked.")] = None
    node: Annotated[Count | None, Field(description="The node that is chosen, by its id.")] = None
    panel: Annotated[Panel, Field(description="The panel that is shown.")] = "table"
    accumulation: Literal["pytorch", "micrograd"] = "pytorch"
    passes: Annotated[int, Field(ge=0, le=100, description="How often the backward pass has run.")] = 1
    layout: Annotated[
        Literal["lr", "tb"] | None, Field(description="Which way the picture runs; null for what suits the screen.")
    ] = None
    expand: Annotated[Expand, SORTED] = Field(default=[])
    locks: Annotated[list[Literal["source", "inputs"]], FailFast(), SORTED] = Field(
        default=[], description="What cannot be changed where the link is opened: the program's text, its inputs."
    )
    engine: Annotated[
        Literal["own", "ours"] | None,
        Field(description="Whose engine is drawn, where the program has one of its own; null for what suits it."),
    ] = None
    task: Annotated[Task | None, Field(description="What is to be predicted, if anything.")] = None

    def program(self) -> GraphRequest:
        """What a worker is asked for the graph."""
        return GraphRequest(source=self.source, inputs=self.inputs, accumulation=self.accumulation, expand=self.expand)

    def canonical(self) -> bytes:
        """The state as bytes, the same for the same state: what is as it would be anyway is left out."""
        said = {"version": self.version, **self.model_dump(exclude_defaults=True)}
        return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


@dataclass(frozen=True, slots=True)
class Read:
    """A state that was kept, and the names of what is not understood in it."""

    state: LinkState
    ignored: tuple[str, ...]


def read(kept: bytes) -> Read | None:
    """The state in these bytes; None where there is no program in them, or where a later version wrote them."""
    try:
        said = orjson.loads(kept)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(said, dict):
        return None
    ignored: set[str] = set()
    while True:
        try:
            state = LinkState.model_validate_json(orjson.dumps(said))
        except ValidationError as error:
            wrong = {str(one["loc"][0]) for one in error.errors() if one["loc"]} & said.keys()
            if not wrong or wrong & {"version", "source"}:
                return None
            ignored |= wrong
            said = {name: value for name, value in said.items() if name not in wrong}
        else:
            return Read(state, tuple(sorted(ignored)))


def digest(canonical: bytes) -> bytes:
    """What tells states apart."""
    return hashlib.sha256(canonical).digest()


def names(digest: bytes) -> Iterator[str]:
    """What a state may be called in an address, the shortest first: letters and digits that can be read aloud."""
    whole = b32encode(digest).decode().rstrip("=").lower()
    return (whole[:length] for length in range(NAME_LENGTH, len(whole) + 1))

"""Tasks: what an address or a request asks a learner to predict."""

from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import unquote

from pydantic import Field

from app.schemas import LARGEST, Expand, Lang, Name, ProgramRequest, Strict

Hidden = Literal["grad", "data", "order"]
PARAMETERS = {
    "predict": "hide",
    "ask": "nodes",
    "tries": "tries",
    "reveal": "reveal",
    "vary": "seed",
    "within": "tolerance",
}
"""By the name in an address the field of the task."""


class Task(Strict):
    """What is hidden, of which nodes, and how often one may try."""

    hide: Annotated[
        Hidden,
        Field(description="Gradients; or the numbers of operations; or the order in which operations give backward."),
    ] = "grad"
    nodes: Annotated[
        list[Annotated[int, Field(ge=0, le=LARGEST)] | Name],
        Field(max_length=100, description="The nodes asked for, by id or name; all of them where none is named."),
    ] = Field(default=[])
    tries: Annotated[int | None, Field(ge=1, le=100, description="Answers that a node may be given.")] = None
    reveal: Annotated[bool, Field(description="Whether the right answer may be seen.")] = True
    seed: Annotated[
        int | None, Field(ge=0, le=LARGEST, description="What varies the inputs; null leaves them as they are.")
    ] = None
    tolerance: Annotated[
        float, Field(ge=0, le=0.1, description="How far an answer may be off, as a part of the right one.")
    ] = 0.01


class PredictRequest(ProgramRequest):
    """A program, and what is to be predicted of it."""

    task: Task = Task()
    expand: Expand = Field(default=[])
    lang: Lang = "en"


def task_of(query: Mapping[str, str]) -> Task | None:
    """The task of an address; None where it has none, or none that can be understood."""
    said = {field: query[name] for name, field in PARAMETERS.items() if name in query}
    if "hide" not in said:
        return None
    nodes = [unquote(part) for part in said["nodes"].split(",")] if said.get("nodes") else []
    try:
        return Task.model_validate(
            {
                **said,
                "nodes": [int(one) if one.isdecimal() and one.isascii() else one for one in nodes],
                "reveal": {"yes": True, "no": False}[said.get("reveal", "yes")],
            },
            strict=False,
        )
    except (ValueError, KeyError):
        return None

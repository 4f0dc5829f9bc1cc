"""What the routes of the panels share: how they are asked, and where their numbers come from."""

from typing import Annotated, Any, Literal

from fastapi import Request, Response
from pydantic import BaseModel, Field, FiniteFloat

from app.body import read
from app.documents import Number
from app.evaluate import evaluate
from app.routes.described import REQUEST_EXAMPLE, problems
from app.routes.programs import JSON, NOT_KEPT
from app.schemas import LARGEST, Name, ProgramRequest
from app.services import services

EXAMPLE: dict[str, Any] = {name: REQUEST_EXAMPLE[name] for name in ProgramRequest.model_fields}

FAR = 1e300  # a range between two such numbers has a length

Key = Annotated[Name, Field(description="The input's key.")]
From = Annotated[FiniteFloat, Field(alias="from", ge=-FAR, le=FAR, description="Where the range begins.")]
To = Annotated[FiniteFloat, Field(alias="to", ge=-FAR, le=FAR, description="Where it ends.")]
End = Annotated[FiniteFloat, Field(ge=-FAR, le=FAR)]
Node = Annotated[
    int | None, Field(ge=0, le=LARGEST, description="The output by its id in the graph; it goes before a name.")
]
Method = Annotated[
    Literal["replay", "run"],
    Field(description="Whether the recorded graph was evaluated at all points at once, or the program run for each."),
]
Output = Annotated[int, Field(ge=0, description="The id of the output in the program's graph.")]
Counted = Annotated[int, Field(ge=0, description="How many points were asked for.")]
Done = Annotated[int, Field(ge=0, description="How many were computed within the budgets of time.")]
Missing = Annotated[Number | None, Field(description="Null where there is none.")]


def answers(model: type[BaseModel], what: str) -> dict[int | str, dict[str, Any]]:
    """What a panel may answer to a body."""
    return {200: {"model": model, "description": what}, **problems(400, 408, 413, 415, 422, 503)}


def answers_by_address(model: type[BaseModel], what: str) -> dict[int | str, dict[str, Any]]:
    """What a panel may answer to an address."""
    same: dict[int | str, dict[str, Any]] = {304: {"description": "The client's copy is still right"}}
    return {200: {"model": model, "description": what}, **same, **problems(414, 422, 503)}


async def posted(request: Request, verb: str, model: type[ProgramRequest]) -> Response:
    """The answer to a body."""
    program = await read(request, model, services(request).settings.body_seconds)
    return Response(await evaluate(request, verb, program), headers=NOT_KEPT, media_type=JSON)

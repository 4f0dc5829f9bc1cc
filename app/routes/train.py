"""A program that trains, told of while it runs: a stream of events, and what may be said to it."""

import json
from pathlib import Path as File
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import Field, FiniteFloat

from app.admission import admit, client_of
from app.events import EVENTS, LINES, Streamed, ending
from app.http.errors import BUSY, NOT_FOUND, REQUEST, TOO_MANY, Problem
from app.pool.job import Busy
from app.pool.stream import FRAME, Stream
from app.pool.streams import Another
from app.routes.described import EVENT, body, problems
from app.routes.programs import NOT_KEPT, received
from app.schemas import LARGEST, Diagnostic, GraphRequest, Name, Strict
from app.services import services

ANOTHER = "One training of a client goes on at a time: end the other, or wait for it."
GONE = "There is no such training any more: it is over, or the server was restarted. Start it again."
EXAMPLE: dict[str, Any] = json.loads((File(__file__).parent / "train_example.json").read_text("utf-8"))
SENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "event": {"enum": ["started", "frame", "done", "problem"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
        "id": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "required": ["event", "data", "id"],
}
TOLD: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events, the last one `done` or `problem`",
        "content": {
            EVENTS: {"schema": SENT, "example": EXAMPLE["events"]},
            LINES: {"schema": EVENT, "example": EXAMPLE["line"]},
        },
    }
}

Job = Annotated[str, Path(max_length=100, description="As `started` says it.")]
LastEvent = Annotated[
    int, Header(alias="Last-Event-ID", ge=-1, le=LARGEST, description="The number of the last event that was received.")
]
Pace = Annotated[
    float | None,
    Field(
        ge=0.01,
        le=60,
        description="So many backward passes a second at most, each of which is told of as long as there is room for "
        "events; without it, and after a `resume` without it, as fast as it goes.",
    ),
]


class TrainRequest(GraphRequest):
    """A program, how to run it, and which function of two numbers to show."""

    field: Annotated[
        Name | None,
        Field(description="The variable that holds it; by default the first net of two numbers, if there is one."),
    ] = None
    paused: Annotated[bool, Field(description="Whether it waits after its first backward pass.")] = False
    pace: Pace = None


class ControlRequest(Strict):
    """What to do with a training."""

    action: Annotated[
        Literal["pause", "resume", "step", "cancel"] | None,
        Field(description="`step` goes on to the next backward pass; `cancel` ends it with what there is so far."),
    ] = None
    pace: Pace = None
    inputs: dict[Name, FiniteFloat] = Field(
        default={}, description="Numbers for inputs, by key: they hold from the next pass on."
    )


router = APIRouter(prefix="/api/v1", tags=["training"])


@router.post(
    "/train",
    operation_id="train",
    summary="Run a program and tell of it after its backward passes",
    response_class=Response,
    responses={**TOLD, **problems(400, 408, 413, 415, 422, 429, 503)},
    openapi_extra=body(TrainRequest, EXAMPLE["request"]),
)
async def train(request: Request) -> Response:
    """Run a program with the budgets of a stream.

    Frames come as often as the client takes them, at most 60 a second. Server-sent events, or a line of JSON for each
    with `Accept: application/x-ndjson`.
    """
    program = await received(request, TrainRequest)
    await admit(request)
    asked = orjson.dumps(program.model_dump(by_alias=True))
    try:
        stream = await services(request).streams.start(asked, client_of(request))
    except Another:
        raise Problem(TOO_MANY, ANOTHER) from None
    except Busy:
        raise Problem(BUSY, BUSY.meaning) from None
    await stream.checked
    first = stream.events[0]
    if first.last and first.number == 0:
        ending(request, first.result)
    return Streamed(request, stream, after=-1)


@router.get(
    "/train/{job}",
    operation_id="train_again",
    summary="Go on listening to a training",
    response_class=Response,
    responses={**TOLD, 204: {"description": "There is nothing more to come"}, **problems(404, 422)},
)
async def again(request: Request, job: Job, after: LastEvent = -1) -> Response:
    """Send the events after the last one received. For a minute after its client left a training can be found again."""
    stream = _found(request, job)
    if stream.ended.done() and stream.events[-1].number <= after:
        return Response(status_code=204, headers=NOT_KEPT)
    return Streamed(request, stream, after)


@router.post(
    "/train/{job}",
    operation_id="train_control",
    summary="Pause, resume, step or cancel a training, and move its inputs",
    status_code=204,
    response_class=Response,
    responses={204: {"description": "The program is told"}, **problems(400, 404, 408, 413, 415, 422, 429, 503)},
    openapi_extra=body(ControlRequest, {"action": "pause", "inputs": {"lr": 0.05}}),
)
async def control(request: Request, job: Job) -> Response:
    """Tell a training something. One that has ended takes no notice."""
    stream = _found(request, job)
    said = await received(request, ControlRequest)
    _check(stream, said)
    if stream.deaf:
        raise Problem(BUSY, "The program has not yet heard what it was told before.")
    if said.inputs:
        stream.tell(inputs=said.inputs)
    if said.action == "cancel":
        stream.cancel()
    elif said.action is not None or said.pace is not None:
        stream.tell(action=said.action, pace=said.pace)
    return Response(status_code=204, headers=NOT_KEPT)


def _found(request: Request, job: str) -> Stream:
    stream = services(request).streams.find(job)
    if stream is None:
        raise Problem(NOT_FOUND, GONE)
    return stream


def _check(stream: Stream, said: ControlRequest) -> None:
    """Refuse inputs that the newest frame does not have."""
    newest = stream.newest
    if newest is None or not isinstance(newest.result, bytes) or not newest.result.startswith(FRAME):
        return
    known = orjson.loads(newest.result[1:])["inputs"]
    unknown = sorted(said.inputs.keys() - known.keys())
    if unknown:
        message = f"there is no input `{unknown[0]}`"
        hint = f"the inputs are {', '.join(f'`{key}`' for key in known)}" if known else "the program has no inputs"
        raise Problem(REQUEST, message, diagnostics=[Diagnostic.placeless("input", message, hint=hint)])

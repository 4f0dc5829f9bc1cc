"""A program's steps: forward and backward, as data, in symbols, and in words."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.documents import Number
from app.http.compression import ACCEPT
from app.routes.addresses import kept, program_of
from app.routes.described import REQUEST_EXAMPLE, answers, answers_by_address, body
from app.routes.programs import answered, received
from app.schemas import GraphQuery, GraphRequest, Strict
from app.texts import FIRST, by_preference
from engine.explain.templates import LANGUAGES

MOST = 1_000
VARIES = "Accept-Language"

Lang = Annotated[
    Literal["de", "en"] | None,
    Field(description="The language of the sentences; by default the client's (`Accept-Language`), else English."),
]
Start = Annotated[int, Field(ge=0, le=2**53 - 1, description="The first step to send, from 0.")]
Count = Annotated[
    int, Field(ge=1, le=MOST, description="How many steps to send at most; fewer where the answer is full.")
]


class Told(BaseModel):
    """Which steps to tell, and in which language."""

    lang: Lang = None
    start: Start = 0
    count: Count = MOST


class StepsRequest(Told, GraphRequest):
    """A program, how to run it, and which of its steps to tell."""


class StepsQuery(Told, GraphQuery):
    """The same in an address."""


class StepEdge(Strict):
    """What a step does along one edge."""

    source: int
    target: int
    key: Annotated[int, Field(ge=0, description="The operand's position.")]
    data: Annotated[Number | None, Field(description="The operand's number; null for a collapsed scope.")]
    local: Annotated[Number | None, Field(description="The local derivative; null from a constant or into a scope.")]
    upstream: Annotated[Number | None, Field(description="The gradient handed on; null forward and from a scope.")]
    deposit: Annotated[Number | None, Field(description="upstream · local; null forward and to a constant.")]
    before: Annotated[Number | None, Field(description="What the operand had in this pass; null if nothing.")]
    after: Annotated[Number | None, Field(description="What it has then; null where nothing is added up.")]


class StepLine(Strict):
    """The rule in symbols, with numbers put in, and the result; empty where a collapsed scope hides it."""

    symbols: Annotated[str, Field(examples=["dL/da += dL/dd · b"])]
    numbers: Annotated[str, Field(examples=["-2 · -3"])]
    result: Annotated[str, Field(examples=["6"])]


class LedgerEntry(Strict):
    """A deposit in the ledger of a node."""

    node: int
    pass_: Annotated[int, Field(alias="pass", ge=1, description="The backward pass, from 1.")]
    amount: Number
    total: Annotated[Number, Field(description="What this pass brought the node so far.")]
    sentence: str


class StepDocument(Strict):
    """One step."""

    index: Annotated[int, Field(ge=0)]
    phase: Literal["forward", "backward"]
    kind: Annotated[Literal["make", "seed", "give"], Field(description="A node is made, seeded, or gives.")]
    node: int
    edges: list[StepEdge]
    lines: list[StepLine]
    sentence: str
    latex: Annotated[str, Field(description="The lines as one formula; empty for what a collapsed scope computes.")]
    mathml: str
    ledger: list[LedgerEntry]
    pending: Annotated[list[int], Field(description="The first operations that could give now, in their order.")]
    pending_total: Annotated[int, Field(ge=0, description="How many there are.")]


class StepsDocument(Strict):
    """Steps of a program's graph."""

    total: Annotated[int, Field(ge=0, description="How many steps the graph has.")]
    start: Annotated[int, Field(ge=0)]
    lang: Annotated[str, Field(examples=["en"])]
    steps: list[StepDocument]


router = APIRouter(prefix="/api/v1", tags=["programs"])


@router.post(
    "/steps",
    operation_id="steps",
    summary="The steps of a program, forward and backward, with what happens in each",
    response_class=Response,
    responses=answers(StepsDocument, "Steps"),
    openapi_extra=body(StepsRequest, {**REQUEST_EXAMPLE, "lang": "en", "start": 6, "count": 1}),
)
async def steps(request: Request, lang: Annotated[Lang, Query()] = None) -> Response:
    """Run a program and tell its steps; the language may stand in the address."""
    program = await received(request, StepsRequest)
    return await answered(request, "steps", _spoken(request, program, program.lang or lang))


@router.get(
    "/steps",
    operation_id="steps_by_address",
    summary="The same, for links and caches",
    response_class=Response,
    responses=answers_by_address(StepsDocument, "Steps"),
)
async def steps_by_address(request: Request, query: Annotated[StepsQuery, Query()]) -> Response:
    """Run the program in the address and tell its steps."""
    program = program_of(request, query, StepsRequest)
    return await kept(request, "steps", _spoken(request, program, program.lang), Vary=f"{VARIES}, {ACCEPT}")


def _spoken(request: Request, program: StepsRequest, lang: str | None) -> StepsRequest:
    """The request in the language that was asked for, else the first of the client's that there is, else English."""
    accepted = by_preference(request.headers.get(VARIES, ""))
    return program.model_copy(update={"lang": lang or next((one for one in accepted if one in LANGUAGES), FIRST)})

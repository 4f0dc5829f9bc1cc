"""The graph of an engine that a learner wrote, its steps in the order it took them, and what is wrong with it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field, FiniteFloat, JsonValue

from app.documents import Edge, GraphFacts, Lines, Node, Number, Pass, Scope
from app.routes.described import answers, body
from app.routes.grade import SOURCE, FoundCause
from app.routes.panels import Turn
from app.routes.programs import answered, received
from app.schemas import LARGEST, LIMITS, CheckRequest, Diagnostic, Lang, Line, Name, Seed, Span, Strict

PROGRAM = """
a = Value(2.0)
b = Value(-3.0)
c = a * b
d = c + a
e = d * c
e.backward()
"""
EXAMPLE: dict[str, Any] = {"source": SOURCE + PROGRAM, "inputs": {}, "seed": 0, "lang": "en"}
Step = Annotated[int | None, Field(description="How many steps are done then; null where it is no step of the pass.")]


class OwnRequest(CheckRequest):
    """A program with a class that computes, and what it is run with."""

    inputs: dict[Name, FiniteFloat] = Field(default={}, description="Numbers for inputs, by key.")
    seed: Seed = 0
    turn: Turn = None
    lang: Lang = "en"


class OwnStepsRequest(OwnRequest):
    """The same, and which of the steps."""

    start: Annotated[int, Field(ge=0, le=LARGEST, description="The first step to send, from 0.")] = 0
    count: Annotated[
        int, Field(ge=1, le=LARGEST, description="How many to send at most; fewer where the answer is full.")
    ] = LARGEST
    nodes: Annotated[
        int, Field(ge=1, le=LARGEST, description="How many nodes are drawn: as many as the graph has.")
    ] = LIMITS.drawn_nodes


class OwnFacts(GraphFacts):
    """What is true of the graph as a whole."""

    schema_: Literal["own/1"] = Field(alias="schema")  # type: ignore[assignment]
    order: Annotated[list[int], Field(description="The operation nodes in the order they first hand a gradient on.")]
    steps: Annotated[int, Field(ge=0, description="How many steps there are.")]


class OwnOperand(Strict):
    """What an elementary operation is applied to: a node's number, an earlier part's result, or a plain number."""

    node: int | None
    part: Annotated[int | None, Field(description="A place in the list of parts, from 0.")]
    data: Number


class OwnPart(Strict):
    """An elementary operation inside one of the engine."""

    op: Annotated[str, Field(description="As `GET /api/v1/ops` names it.")]
    operands: list[OwnOperand]
    data: Number
    line: Line | None
    span: Span | None


class OwnNode(Node):
    """A number of the engine: `grad` is the engine's, `adjoint` the true gradient."""

    symbol: Annotated[str | None, Field(description="What the engine calls the operation, else the method.")]
    wrong: Annotated[bool, Field(description="Whether the pass makes another gradient of it than the true one.")]
    method: Annotated[str | None, Field(description="The method that made it.")]
    defined: Annotated[Line | None, Field(description="Where that stands.")]
    inside: list[OwnPart] = Field(
        default=[],
        description="The elementary operations its number was computed by, the last one its own; none where it is only "
        "one, or where there is no room left for more.",
    )


class OwnEdge(Edge):
    """A number used as an operand: `local` is the true slope, `flow` what the engine gave."""

    linked: Annotated[bool, Field(description="Whether the engine keeps a link to the operand.")] = True


class OwnDeposit(Strict):
    """A gradient that was written."""

    node: int
    source: Annotated[int | None, Field(description="The node that hands it on; null for a seed.")]
    before: Number
    after: Number
    added: Annotated[bool, Field(description="Whether what was there before is kept.")]
    upstream: Annotated[Number | None, Field(description="The gradient of `source` that it was multiplied with.")]
    local: Annotated[Number | None, Field(description="The factor; without `upstream` the whole of it.")]
    line: Line


class OwnStep(Strict):
    """An operation that was made, or what one call of a backward rule wrote."""

    phase: Literal["forward", "backward"]
    kind: Literal["compute", "clear", "seed", "give"]
    node: Annotated[int, Field(description="What is made, or whose gradient is handed on.")]
    line: Line | None
    wrong: Annotated[bool, Field(description="Whether a cause shows here.")]
    deposits: list[OwnDeposit]


class OwnCause(FoundCause):
    """Why a gradient is wrong, and where it shows."""

    node: int | None
    theirs: Annotated[Number | None, Field(description="What the engine has.")]
    true: Annotated[Number | None, Field(description="What is right.")]
    at: Step
    instead: Annotated[int | None, Field(description="The step that should have come before.")]


class Attributes(Strict):
    """How the engine was recognised: by what its attributes hold."""

    number: str
    gradient: str | None
    links: list[str]


class Closing(Strict):
    """A link that closes a circle, so that it is no edge of a graph that can be gone through."""

    source: Annotated[int, Field(description="The newer node.")]
    target: Annotated[int, Field(description="The older one, which holds the link.")]


class Engine(Strict):
    """What there is to say of the engine."""

    right: Annotated[bool, Field(description="Every gradient is the true one, and the program got to its end.")]
    first: Annotated[int | None, Field(description="The first step that is wrong.")]
    causes: Annotated[list[OwnCause], Field(description="First cause first.")]
    attributes: Annotated[Attributes | None, Field(description="Null where no class of the program computes.")]
    closing: Annotated[Closing | None, Field(description="Null where no links of its nodes lead in a circle.")]
    whole: Annotated[bool, Field(description="Whether all it did was looked at.")]
    passes: Annotated[int, Field(ge=0, description="How many backward passes were looked at; one is drawn.")]
    turns: Annotated[int, Field(ge=0, description="How many backward passes by calls there were, looked at or not.")]
    visits: Annotated[int, Field(ge=0, description="How many nodes it visits in the pass, each as often as it does.")]
    writes: Annotated[int, Field(ge=0, description="How many gradients it writes.")]
    operations: Annotated[int, Field(ge=0, description="How many visits the playground's own pass needs.")]
    edges: Annotated[int, Field(ge=0, description="How many gradients that writes.")]


class OwnDocument(Strict):
    """The graph that an engine built, in the form of a graph document, with its steps and what is wrong with them."""

    directed: Literal[True]
    multigraph: Literal[True]
    graph: OwnFacts
    nodes: list[OwnNode]
    edges: list[OwnEdge]
    scopes: list[Scope]
    steps: Annotated[
        list[OwnStep],
        Field(
            description="In the order the engine took them: the first, where there is no room for all `graph.steps`. "
            "`POST /api/v1/own/steps` has the others."
        ),
    ]
    variables: dict[str, JsonValue]
    passes: Annotated[list[Pass], Field(description="The pass that is drawn.")]
    lines: Lines
    printed: list[str]
    diagnostics: Annotated[list[Diagnostic], Field(description="The causes, and what ended the program.")]
    engine: Engine


class OwnStepsDocument(Strict):
    """Steps of an engine."""

    total: Annotated[int, Field(ge=0, description="How many there are.")]
    start: Annotated[int, Field(ge=0)]
    steps: list[OwnStep]


router = APIRouter(prefix="/api/v1", tags=["programs"])


@router.post(
    "/own",
    operation_id="own",
    summary="The graph and the steps of an engine that a learner wrote, beside the true gradients",
    response_class=Response,
    responses=answers(OwnDocument, "The engine's graph"),
    openapi_extra=body(OwnRequest, EXAMPLE),
)
async def own(request: Request) -> Response:
    """Watch a program run whose own class computes and goes back; the first pass with a mistake is drawn."""
    return await answered(request, "own", await received(request, OwnRequest))


@router.post(
    "/own/steps",
    operation_id="own_steps",
    summary="The steps of such an engine that are too many for one answer",
    response_class=Response,
    responses=answers(OwnStepsDocument, "Steps"),
    openapi_extra=body(OwnStepsRequest, {**EXAMPLE, "start": 6, "count": 1}),
)
async def own_steps(request: Request) -> Response:
    """Watch the program again, and tell the steps that are asked for."""
    return await answered(request, "own_steps", await received(request, OwnStepsRequest))

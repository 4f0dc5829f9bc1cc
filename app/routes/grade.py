"""What an engine that a learner wrote can do, skill by skill, and what is wrong with it."""

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.evaluate import evaluate
from app.marks import receipt_of
from app.routes.described import answers, body, problems
from app.routes.programs import answered, received
from app.routes.receipts import Signature, Whom, saved, signing
from app.schemas import CheckRequest, Lang, Source, Strict
from engine.watch.findings import Cause

SOURCE = """\
class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.rule = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))
        def rule():
            self.grad = out.grad
            other.grad += out.grad
        out.rule = rule
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        def rule():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out.rule = rule
        return out

    def backward(self):
        order = []
        def visit(v):
            if v not in order:
                for one in v.parents:
                    visit(one)
                order.append(v)
        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            v.rule()
"""
EXAMPLE: dict[str, Any] = {"source": SOURCE, "lang": "en"}


class GradeRequest(CheckRequest):
    """A program with a class that computes; what it does beside defining is left out."""

    lang: Lang = "en"
    battery: Annotated[
        Source | None, Field(description="A battery of your own, as TOML: docs/batteries.md describes it.")
    ] = None


Line = Annotated[int | None, Field(ge=1, description="In the source, from 1; null where it is none of its lines.")]


class GradedSkill(Strict):
    """One program of the battery."""

    name: Annotated[str, Field(examples=["shared result"])]
    passed: bool
    points: Annotated[float, Field(ge=0, description="What it is worth, if it passed; else 0.")]
    of: Annotated[float, Field(ge=0, description="What it is worth.")]
    cause: Annotated[Cause | None, Field(description="The first of the causes; null if passed, or without a cause.")]
    line: Line
    message: Annotated[
        str | None, Field(description="What is wrong, or what the engine does not have; null if passed.")
    ]


class FoundCause(Strict):
    """Why a gradient is wrong."""

    cause: Cause
    line: Line
    op: Annotated[str | None, Field(description="The operation, as the engine calls it.")]
    message: str


class GradeDocument(Strict):
    """What an engine can do."""

    right: Annotated[bool, Field(description="No gradient is wrong; what the engine does not have is no mistake.")]
    class_: Annotated[str | None, Field(alias="class", description="The class that computes; null if there is none.")]
    points: Annotated[float, Field(ge=0, description="Those of all skills together.")]
    of: Annotated[float, Field(ge=0, description="What all skills are worth.")]
    skills: list[GradedSkill]
    causes: Annotated[list[FoundCause], Field(description="First cause first.")]


class ReceiptRequest(GradeRequest):
    """For whom a grade is to be signed."""

    name: Whom = ""


class GradedProgram(Strict):
    """What was graded."""

    source: str


class AttestedGrade(GradeDocument):
    """A grade, what it is of, and whose it is said to be."""

    name: str
    issued: Annotated[str, Field(description="The server's time.", examples=["2026-03-01T09:30:00+00:00"])]
    program: GradedProgram
    battery: Annotated[str | None, Field(description="What it was tried with; null for the playground's own.")]


class GradeReceipt(Strict):
    """A grade, signed: this server tried this text."""

    schema_: Literal["grade/1"] = Field(alias="schema")
    content: AttestedGrade
    signature: Signature


router = APIRouter(prefix="/api/v1", tags=["programs"])


@router.post(
    "/grade",
    operation_id="grade",
    summary="What an engine can do that a learner wrote, and what is wrong with it",
    response_class=Response,
    responses=answers(GradeDocument, "The skills and the causes"),
    openapi_extra=body(GradeRequest, EXAMPLE),
)
async def grade(request: Request) -> Response:
    """Run the class with a battery of small programs, and hold each gradient that it writes against the true one."""
    return await answered(request, "grade", await received(request, GradeRequest))


@router.post(
    "/grade/receipt",
    operation_id="grade_receipt",
    summary="The same, signed: a receipt to hand in",
    response_class=Response,
    responses={**answers(GradeReceipt, "The receipt"), **problems(404)},
    openapi_extra=body(ReceiptRequest, {**EXAMPLE, "name": "Ada"}),
)
async def grade_receipt(request: Request) -> Response:
    """Grade an engine, and sign what it can do; `autograd-playground verify` checks the signature."""
    asked = await received(request, ReceiptRequest)
    seal = signing(request)
    found = orjson.loads(await evaluate(request, "grade", GradeRequest(**asked.model_dump(exclude={"name"}))))
    return saved(receipt_of(seal, asked.source, asked.battery, found, asked.name))

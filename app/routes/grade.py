"""What an engine that a learner wrote can do, skill by skill, and what is wrong with it."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.routes.described import answers, body
from app.routes.programs import answered, received
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

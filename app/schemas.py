"""What requests must look like, and problems do: all of it is checked, strictly."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field, FiniteFloat, JsonValue
from pydantic_core import PydanticCustomError

from engine.language.limits import Limits

LIMITS = Limits()
LARGEST = 2**53 - 1  # the whole numbers that every JSON reader keeps


class Strict(BaseModel):
    """An object with exactly these fields, of exactly these types."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


def _fits(source: str) -> str:
    if len(source.encode()) > LIMITS.source_bytes:
        raise PydanticCustomError("source_too_long", "too long", {"max_length": LIMITS.source_bytes})
    return source


Source = Annotated[
    str,
    Field(description="The program: at most 64 KiB in UTF-8."),
    AfterValidator(_fits),
]
Name = Annotated[str, Field(max_length=200)]
Output = Annotated[Name | None, Field(description="The name to differentiate; by default the program's last result.")]
Seed = Annotated[int, Field(ge=0, le=LARGEST, description="What the program's random numbers start from.")]
Accumulation = Annotated[
    Literal["pytorch", "micrograd"],
    Field(description="How a second backward pass adds up: 12 then 24 (pytorch), or 12 then 36 (micrograd)."),
]
Expand = Annotated[list[Name], FailFast(), Field(description="The scopes to send open.")]
Lang = Annotated[Literal["de", "en"], Field(description="The language of the sentences.")]
Fields = Annotated[
    str,
    Field(
        max_length=200,
        description="The parts of the graph document to answer with, by name, with commas between; else all.",
        examples=["nodes,edges"],
    ),
]


class ProgramRequest(Strict):
    """A program, and what it is run with."""

    source: Source
    inputs: dict[Name, FiniteFloat] = Field(default={}, description="Numbers for inputs, by key.")
    output: Output = None
    seed: Seed = 0


class GraphRequest(ProgramRequest):
    """A program, and how to run it."""

    accumulation: Accumulation = "pytorch"
    expand: Expand = []


class PartsRequest(GraphRequest):
    """A program, how to run it, and which parts of its graph to answer with; all of them for none."""

    fields: list[str] = []


class BatchRequest(Strict):
    """Many programs."""

    programs: Annotated[
        list[JsonValue],
        Field(
            max_length=LIMITS.batch,
            description="Each as in the body of `POST /api/v1/graph`; one that is not has a problem of its own.",
        ),
    ]


class CheckRequest(Strict):
    """A program to check without answering with its graph."""

    source: Source


class PageRequest(GraphRequest):
    """A program for the page: so many of its steps are told, in that language."""

    lang: str
    count: int


class ProgramQuery(BaseModel):
    """A program in an address, and what it is run with: as `ProgramRequest`, except that a query is all text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Annotated[str, Field(description="The program: at most 8 KiB in UTF-8.", examples=["a = 2.0\nL = a * a"])]
    inputs: Annotated[
        str,
        Field(
            max_length=4_000,
            description="Numbers for inputs, by key, as a JSON object.",
            examples=['{"a": 2.0}'],
        ),
    ] = "{}"
    output: Output = None
    seed: Seed = 0


class GraphQuery(ProgramQuery):
    """A program in an address, and how to run it."""

    accumulation: Accumulation = "pytorch"
    expand: Expand = []


class PartsQuery(GraphQuery):
    """The same, and which parts of the graph to answer with."""

    fields: Fields = ""


Span = Annotated[
    tuple[int, int], Field(description="Half-open offsets in the source, in code points.", examples=[[0, 7]])
]
Line = Annotated[int, Field(ge=1, description="A line of the source, from 1.")]


class Position(Strict):
    """A place as editors count it (LSP): zero-based, characters in UTF-16 units."""

    line: Annotated[int, Field(ge=0)]
    character: Annotated[int, Field(ge=0)]


class Range(Strict):
    """From one position up to, not including, another."""

    start: Position
    end: Position


class Fix(Strict):
    """A change of the source that mends what is wrong."""

    span: Span
    range: Range
    text: Annotated[str, Field(description="What to write in place of the span.", examples=["**"])]


class Diagnostic(Strict):
    """One finding about a program or a request."""

    severity: Literal["error", "warning", "info"]
    code: Annotated[str, Field(description="What kind of finding it is.", examples=["domain"])]
    message: Annotated[str, Field(examples=["log needs x > 0, but x is -1.0"])]
    hint: Annotated[str | None, Field(description="What to write instead.")]
    limit: Annotated[str | None, Field(description="The name of the budget that was exceeded.")]
    line: Line | None
    span: Span | None
    range: Range | None
    fix: Annotated[Fix | None, Field(description="What to write instead, where that is certain.")]

    @classmethod
    def placeless(cls, code: str, message: str, *, hint: str | None = None, limit: str | None = None) -> "Diagnostic":
        """An error that has no place in a source."""
        return cls(
            severity="error",
            code=code,
            message=message,
            hint=hint,
            limit=limit,
            line=None,
            span=None,
            range=None,
            fix=None,
        )


class ProgramProblem(Strict):
    """What a worker says of a wrong program."""

    title: str
    detail: str
    diagnostics: list[Diagnostic]


class ProblemDocument(Strict):
    """A problem (RFC 9457), with diagnostics."""

    type: Annotated[
        str, Field(description="The page that explains this kind of problem.", examples=["/problems/program"])
    ]
    title: str
    status: int
    detail: str
    instance: Annotated[str, Field(description="The path that was asked for.", examples=["/api/v1/graph"])]
    request: Annotated[
        str,
        Field(
            description="The request's name in the server's log, also as the header `X-Request-ID`.",
            examples=["5b9f1c3a77d2448fb1b0a86a3d2f90c1"],
        ),
    ]
    diagnostics: list[Diagnostic]

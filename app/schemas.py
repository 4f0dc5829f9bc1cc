"""The shapes of the API: what requests must look like, and what OpenAPI says of the answers.

Requests are checked strictly. Graph documents leave a worker as bytes and are never made into these models on their
way out; the tests check real ones against them.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat, JsonValue
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
    Field(description="The program: at most 64 KiB in UTF-8.", max_length=LIMITS.source_bytes),
    AfterValidator(_fits),
]
Name = Annotated[str, Field(max_length=1_000)]
Output = Annotated[Name | None, Field(description="The name to differentiate; by default the program's last result.")]
Seed = Annotated[int, Field(ge=0, le=LARGEST, description="What the program's random numbers start from.")]
Accumulation = Annotated[
    Literal["pytorch", "micrograd"],
    Field(description="How a second backward pass adds up: 12 then 24 (pytorch), or 12 then 36 (micrograd)."),
]
Expand = Annotated[list[Name], Field(max_length=1_000, description="The scopes to send open.")]


class GraphRequest(Strict):
    """A program, and how to run it."""

    source: Source
    inputs: dict[Name, FiniteFloat] = Field(default={}, max_length=1_000, description="Numbers for inputs, by key.")
    output: Output = None
    seed: Seed = 0
    accumulation: Accumulation = "pytorch"
    expand: Expand = []


class CheckRequest(Strict):
    """A program to check without answering with its graph."""

    source: Source


class GraphQuery(BaseModel):
    """A program in an address, and how to run it: as `GraphRequest`, except that a query is all text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Annotated[str, Field(description="The program: at most 8 KiB in UTF-8.")]
    inputs: Annotated[
        str,
        Field(
            max_length=LIMITS.source_bytes,
            description="Numbers for inputs, by key, as a JSON object.",
            examples=['{"a": 2.0}'],
        ),
    ] = "{}"
    output: Output = None
    seed: Seed = 0
    accumulation: Accumulation = "pytorch"
    expand: Expand = []


Number = Annotated[
    float | Literal["NaN", "Infinity", "-Infinity"],
    Field(
        description='A number; JSON has no others, so NaN and the infinities travel as "NaN", "Infinity", "-Infinity".'
    ),
]
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

    @classmethod
    def placeless(cls, code: str, message: str, *, hint: str | None = None, limit: str | None = None) -> "Diagnostic":
        """An error that has no place in a source."""
        return cls(
            severity="error", code=code, message=message, hint=hint, limit=limit, line=None, span=None, range=None
        )


class GraphFacts(Strict):
    """What is true of the graph as a whole."""

    schema_: Annotated[Literal["graph/1"], Field(alias="schema")]
    output: Annotated[int | None, Field(description="The node that was differentiated.")]
    structure: Annotated[str, Field(description="A hash of the topology: equal while only numbers change.")]
    order: Annotated[list[int], Field(description="The operation nodes in the order of the last backward walk.")]
    steps: Annotated[int, Field(ge=0, description="Forward and backward steps: operations, the seed, operations.")]
    truncated: Annotated[bool, Field(description="Whether only a part of the graph is sent.")]


class Node(Strict):
    """A number of the program, and how the output depends on it."""

    id: int
    kind: Literal["input", "parameter", "constant", "operation"]
    op: Annotated[str | None, Field(description="The operation's name in the rulebook.")]
    symbol: str | None
    label: Annotated[str | None, Field(description="The first name the program gave it.")]
    key: Annotated[str | None, Field(description="An input's unique name in requests.")]
    data: Number
    grad: Annotated[Number | None, Field(description="What `.grad` holds at the end; null for a constant.")]
    adjoint: Annotated[Number | None, Field(description="The derivative of the output in the last pass.")]
    span: Span | None
    line: Line | None
    scope: str | None
    data_end: Annotated[Number | None, Field(description="What `.data` holds at the end, if it was assigned.")] = None


class Edge(Strict):
    """A node used as an operand; the same node used twice has two edges."""

    source: int
    target: int
    key: Annotated[int, Field(ge=0, description="The operand's position.")]
    local: Annotated[Number | None, Field(description="The local derivative of the target for this operand.")]
    flow: Annotated[Number | None, Field(description="What the last pass deposits along this edge.")]


class Scope(Strict):
    """A call, neuron, layer, net or turn of a loop that nodes belong to."""

    id: str
    name: str
    kind: Literal["call", "neuron", "layer", "net", "turn"]
    line: Line | None
    parent: str | None


class Variable(Strict):
    """A name of the module at the program's end."""

    type: str
    value: JsonValue
    node: int | None


class Pass(Strict):
    """A call of backward."""

    output: Annotated[int | None, Field(description="The root; null for one that is not drawn.")]
    data: Number
    line: Annotated[Line | None, Field(description="Null where the playground called backward.")]


class Lines(Strict):
    """Which lines ran."""

    executed: list[Line]
    counts: Annotated[dict[str, int], Field(description="Lines that ran more than once.")]


class GraphDocument(Strict):
    """A program's computation graph, in node-link form: networkx, D3 and cytoscape read it as it is."""

    directed: Literal[True]
    multigraph: Literal[True]
    graph: GraphFacts
    nodes: list[Node]
    edges: Annotated[list[Edge], Field(description="In operand order.")]
    scopes: list[Scope]
    variables: dict[str, Variable]
    passes: list[Pass]
    lines: Lines
    printed: list[str]
    diagnostics: list[Diagnostic]


class CheckDocument(Strict):
    """What there is to say about a program."""

    diagnostics: list[Diagnostic]


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
    diagnostics: list[Diagnostic]


class Kink(Strict):
    """Where an operation has no slope, and which one is used there."""

    where: str
    convention: str
    points: list[list[Number]]


class OpDocument(Strict):
    """An operation of the rulebook."""

    name: str
    params: list[str]
    symbol: str
    formula: str
    derivatives: dict[str, str]
    latex: str
    domain: str | None
    kink: Kink | None
    samples: list[list[Number]]
    spellings: Annotated[dict[str, str], Field(description="How other libraries write it; none if its formula says.")]


class ExampleDocument(Strict):
    """A program to begin with."""

    name: str
    title: str
    sentence: str
    level: str
    source: str


class LimitDocument(Strict):
    """A budget."""

    name: str
    value: float
    unit: str
    meaning: str


class Health(Strict):
    """The server answers."""

    status: Literal["ok"]


class Readiness(Strict):
    """What the workers are doing."""

    workers: Annotated[int, Field(description="Processes that run programs or could.")]
    running: int
    waiting: int

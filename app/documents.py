"""What OpenAPI says of the answers.

They leave a worker or the engine's own records as bytes and are never made into these models on their way out; the
tests check real ones against them.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from app.schemas import Diagnostic, Line, ProblemDocument, Span, Strict

Number = Annotated[
    float | Literal["NaN", "Infinity", "-Infinity"],
    Field(
        description='A number; JSON has no others, so NaN and the infinities travel as "NaN", "Infinity", "-Infinity".'
    ),
]


class Because(Strict):
    """Why one run of the program says nothing of other inputs."""

    line: Line | None
    reason: Annotated[str, Field(description="What the line does.", examples=["compares a Value"])]


class GraphFacts(Strict):
    """What is true of the graph as a whole."""

    schema_: Literal["graph/1"] = Field(alias="schema")
    output: Annotated[int | None, Field(description="The node that was differentiated.")]
    structure: Annotated[str, Field(description="A hash of the topology: equal while only numbers change.")]
    order: Annotated[list[int], Field(description="The operation nodes in the order of the last backward walk.")]
    steps: Annotated[int, Field(ge=0, description="Forward and backward steps: operations, the seed, operations.")]
    truncated: Annotated[bool, Field(description="Whether only a part of the graph is sent.")]
    replayable: Annotated[bool, Field(description="Whether the program builds the same graph at other inputs.")]
    reruns_because: Annotated[Because | None, Field(description="If not: what makes that uncertain, and where.")]


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
    initial: Annotated[Number | None, Field(description="An input's own number, if it holds another.")] = None


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
    node: Annotated[int | None, Field(description="A Value's node; null if not drawn, absent for anything else.")] = (
        None
    )


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


class GraphParts(GraphDocument):
    """Those parts of a graph document that were asked for."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.pop("required") and None)


class BatchLine(Strict):
    """The answer to one program of a batch: its graph, or what is wrong with it."""

    index: Annotated[int, Field(ge=0, description="The program's place in the batch, from 0.")]
    document: GraphDocument | GraphParts | None
    problem: ProblemDocument | None


class BatchDocument(Strict):
    """The answers to the programs of a batch, in their order."""

    answers: list[BatchLine]


class CheckDocument(Strict):
    """What there is to say about a program."""

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
    value: Annotated[float, Field(description="Of one evaluation.")]
    stream: Annotated[float, Field(description="Of a training stream.")]
    unit: str
    meaning: str


Reach = Literal["off", "reachable", "away"]


class Readiness(Strict):
    """What the workers are doing."""

    workers: Annotated[int, Field(description="Processes that run programs or could.")]
    running: int
    waiting: int
    queue: Annotated[int, Field(description="How many may wait.")]
    streams: Annotated[int, Field(description="Trainings that go on.")]
    links: Annotated[Reach, Field(description="Whether short links can be reached; all else works.")]
    walls: Annotated[
        dict[str, bool], Field(description="What the kernel keeps programs from, and whether it does so here.")
    ]

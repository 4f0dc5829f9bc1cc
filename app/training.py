"""What the events of a stream hold. As with `documents`, the bytes are a worker's, and tests hold them to this."""

from typing import Annotated, Literal

from pydantic import Field

from app.documents import GraphDocument, Number
from app.schemas import Line, ProblemDocument, Strict

Size = Annotated[int, Field(ge=2, description="Points along each axis.")]
Grid = Annotated[
    str,
    Field(
        description="Row by row from the lowest y: 32 bit floats, little end first, in base64.", examples=["zczMPQ=="]
    ),
]
Range = Annotated[tuple[float, float], Field(description="From, to.")]


class Started(Strict):
    """The program is right and runs."""

    job: Annotated[str, Field(description="By this name the stream is found again, and told things.")]
    budgets: Annotated[dict[str, float], Field(description="What the program may use, by the names of `/limits`.")]


class Parameters(Strict):
    """What training moves: weights and biases, and inputs that hold another number than the program gave them."""

    count: Annotated[int, Field(ge=0)]
    norm: Annotated[Number, Field(description="The length of all of them as a vector.")]
    values: Annotated[list[Number] | None, Field(description="In the order they were made; null if over 2,000.")]
    labels: Annotated[
        list[str | None] | None, Field(description="Their labels, only where these are not as in the last frame.")
    ] = None


class Gradients(Strict):
    """The gradients of a layer, or of a parameter that belongs to none."""

    scope: Annotated[str, Field(description="The layer's path or the parameter's name.", examples=["layers[0]"])]
    line: Annotated[Line | None, Field(description="Where it was made.")]
    count: Annotated[int, Field(ge=1)]
    mean: Annotated[Number | None, Field(description="Of the sizes of those that are finite.")]
    largest: Number | None
    zeros: Annotated[int, Field(ge=0, description="How many are 0.")]
    broken: Annotated[int, Field(ge=0, description="How many are not finite.")]
    histogram: Annotated[
        list[int],
        Field(description="How many have a size from 10^(i-12) up to the next power of ten; the ends hold the rest."),
    ]


class NeuronField(Strict):
    """What a neuron answers over the same part of the plane, at the second point of every three each way."""

    name: str
    size: Annotated[int, Field(ge=1, description="Points along each axis.")]
    values: Grid


class FieldDocument(Strict):
    """A function of two numbers over a part of the plane."""

    name: Annotated[str, Field(description="The variable that holds the function.")]
    x: Range
    y: Range
    size: Size
    outputs: Annotated[int, Field(ge=1, description="Where there are several, the values say which is largest.")]
    values: Grid
    neurons: list[NeuronField]


class Frame(Strict):
    """How a training stands after a backward pass."""

    frame: Annotated[int, Field(ge=1)]
    step: Annotated[int, Field(ge=0, description="How many backward passes there were.")]
    loss: Annotated[Number | None, Field(description="What the last pass came from; null before the first.")]
    line: Annotated[Line | None, Field(description="The line of that pass.")]
    inputs: Annotated[dict[str, Number], Field(description="The numbers that the program's inputs hold, by key.")]
    parameters: Parameters
    gradients: list[Gradients]
    printed: Annotated[list[str], Field(description="The lines printed since the last frame.")]
    field: FieldDocument | None
    steps_a_second: Annotated[float, Field(ge=0)]


class Turns(Strict):
    """How a loop that trains was run."""

    line: Line
    turns: Annotated[int, Field(ge=1)]
    replayed: Annotated[int, Field(ge=0, description="In so many of them the graph was computed as arrays.")]
    reason: Annotated[str | None, Field(description="Why it was not, or not any more.")]


class Trained(GraphDocument):
    """The graph document of the last state; of very many passes the last thousand."""

    training: list[Turns]
    cancelled: bool
    frame: Frame


EventId = Annotated[int, Field(ge=0, description="What a client says in Last-Event-ID to go on behind this event.")]


class StartedEvent(Strict):
    """The first event."""

    id: EventId
    event: Literal["started"]
    data: Started


class FrameEvent(Strict):
    """An event on the way."""

    id: EventId
    event: Literal["frame"]
    data: Frame


class DoneEvent(Strict):
    """The last event of a program that ended, or was cancelled."""

    id: EventId
    event: Literal["done"]
    data: Trained


class ProblemEvent(Strict):
    """The last event of a program that went wrong on the way."""

    id: EventId
    event: Literal["problem"]
    data: ProblemDocument


class HeartbeatEvent(Strict):
    """A sign of life."""

    id: None
    event: Literal["heartbeat"]
    data: None


Event = Annotated[StartedEvent | FrameEvent | DoneEvent | ProblemEvent | HeartbeatEvent, Field(discriminator="event")]

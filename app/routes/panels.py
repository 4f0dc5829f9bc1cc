"""What the routes of the panels share: how they are asked, and where their numbers come from."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, FiniteFloat

from app.documents import Number
from app.routes.described import REQUEST_EXAMPLE
from app.schemas import LARGEST, Name, ProgramRequest

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
Turn = Annotated[
    int | None,
    Field(
        ge=1,
        le=LARGEST,
        description="Of a program's own engine the backward pass to look at, with the one before it; else the first "
        "two.",
    ),
]
Written = Annotated[
    Number | None, Field(description="The gradient that the program's own engine wrote; there where it is about that.")
]
Right = Annotated[
    bool | None,
    Field(description="Whether that is right: the true one, or at a kink one between the slopes on both sides."),
]


class Whose(BaseModel):
    """Whose engine a panel is about."""

    engine: Annotated[
        Literal["own", "ours"],
        Field(
            description="The playground's, or one that the program defines: then `node` and all other ids are those "
            "of `POST /api/v1/own`."
        ),
    ] = "ours"
    turn: Turn = None

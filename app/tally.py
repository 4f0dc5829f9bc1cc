"""What a learner has answered so far, and the receipt made of it.

The service keeps nothing: a tally travels to the learner and back in a token that only the server can write. Who goes
back to an older token has the tries back that it had; a receipt attests answers, not how they came about.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict

from app.receipts import Kind, now, signed
from app.seal import Seal
from app.tasks import PredictRequest

TALLY = "tally"
TOKEN = 100_000  # characters


class Answered(BaseModel):
    """What there was at one question."""

    model_config = ConfigDict(frozen=True)

    name: str
    answer: str | None = None
    right: bool = False
    tries: int = 0
    shown: bool = False

    @property
    def done(self) -> bool:
        """Whether there is no more to be found out."""
        return self.right or self.shown


class Tally(BaseModel):
    """The answers so far, by node, in the order in which they came."""

    model_config = ConfigDict(frozen=True)

    task: str
    begun: str
    questions: int = 0
    answers: dict[int, Answered] = {}

    @property
    def right(self) -> int:
        """How many were found."""
        return sum(one.right for one in self.answers.values())

    @property
    def done(self) -> list[int]:
        """The nodes whose answers are known, in the order in which they came to be."""
        return [node for node, one in self.answers.items() if one.done]

    def having(self, node: int, found: Answered, questions: int) -> "Tally":
        """The same with one answer more; a node that is done comes last."""
        others = {one: had for one, had in self.answers.items() if one != node}
        return self.model_copy(update={"answers": {**others, node: found}, "questions": questions})


def digest(asked: PredictRequest) -> str:
    """What tells one task from all others."""
    told = asked.model_dump(include={"source", "inputs", "output", "seed", "task"})
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def tally_of(seal: Seal, asked: PredictRequest, token: str | None) -> Tally | None:
    """The tally of a token, a new one where there is none; None for a token that is not of this task and server."""
    task = digest(asked)
    if token is None:
        return Tally(task=task, begun=now())
    content = seal.opened(TALLY, token)
    found = None if content is None else Tally.model_validate(content)
    return found if found is not None and found.task == task else None


def token_of(seal: Seal, tally: Tally) -> str:
    """The tally for the way."""
    return seal.closed(TALLY, tally.model_dump(mode="json"))


def receipt_of(seal: Seal, asked: PredictRequest, tally: Tally, name: str) -> dict[str, Any]:
    """The receipt, signed."""
    content = {
        "name": name,
        "begun": tally.begun,
        "issued": now(),
        "program": asked.model_dump(mode="json", include={"source", "inputs", "output", "seed"}),
        "task": asked.task.model_dump(mode="json"),
        "answers": [{"node": node, **one.model_dump()} for node, one in tally.answers.items()],
        "right": tally.right,
        "questions": tally.questions,
    }
    return signed(seal, ANSWERS, content)


def summary(content: Mapping[str, Any]) -> str:
    """How many answers were right, and how many were shown."""
    shown = sum(one["shown"] for one in content["answers"])
    return f"{content['right']} of {content['questions']} right, {shown} shown"


ANSWERS = Kind("receipt/1", "receipt", summary)

"""Predict, then reveal: a graph without its gradients, answers judged, and a receipt for them."""

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.documents import GraphDocument, Node, Number
from app.evaluate import evaluate
from app.http.body import JSON
from app.http.errors import REQUEST, Problem
from app.routes.described import REQUEST_EXAMPLE, answers, body, problems
from app.routes.programs import NOT_KEPT, answered, received
from app.routes.receipts import Signature, Whom, saved, signing
from app.schemas import LARGEST, Diagnostic, Strict
from app.services import services
from app.tally import TOKEN, Answered, Tally, receipt_of, tally_of, token_of
from app.tasks import PredictRequest
from engine.predict.mistakes import Kind

TASK = {"hide": "grad", "nodes": ["a", "b"], "tries": 3, "reveal": True, "seed": None, "tolerance": 0.01}
PROGRAM: dict[str, Any] = {name: REQUEST_EXAMPLE[name] for name in ("source", "inputs", "output", "seed", "expand")}
EXAMPLE: dict[str, Any] = {**PROGRAM, "task": TASK, "lang": "en"}
Token = Annotated[str | None, Field(max_length=TOKEN, description="What the answer before this one came with.")]


class AnswerRequest(PredictRequest):
    """An answer to one question."""

    node: Annotated[int | None, Field(ge=0, le=LARGEST, description="The node; null to be shown which gives next.")] = (
        None
    )
    answer: Annotated[
        str | None,
        Field(max_length=200, description="The number as it was typed; null to be shown it. Empty in a task of order."),
    ] = None
    token: Token = None


class ReceiptRequest(PredictRequest):
    """For what a receipt is wanted."""

    token: Annotated[str, Field(max_length=TOKEN)]
    name: Whom = ""


class HiddenNode(Node):
    """A node; its number is null where that is to be predicted."""

    data: Number | None  # type: ignore[assignment]


class HiddenGraph(GraphDocument):
    """A graph document in which all gradients, slopes and flows are null, and what would tell them is left out."""

    nodes: list[HiddenNode]  # type: ignore[assignment]


class Blank(Strict):
    """A question."""

    node: int
    name: str


class PredictDocument(Strict):
    """The graph to be predicted on."""

    document: HiddenGraph
    questions: Annotated[list[Blank], Field(description="In the order in which they can be answered.")]
    inputs: Annotated[dict[str, Number], Field(description="The inputs that were varied.")]


class Score(Strict):
    """How far one is."""

    right: int
    questions: int


class VerdictDocument(Strict):
    """What there is to say of an answer."""

    node: int
    name: str
    read: Annotated[bool, Field(description="Whether it says a number; else it does not count.")]
    right: bool
    mistake: Kind | None
    at: Annotated[int | None, Field(description="The node where the mistake was made.")]
    message: str
    number: Annotated[Number | None, Field(description="The right number, once it is found or shown.")]
    derivation: Annotated[list[str], Field(description="How that comes about, line by line, where it may be seen.")]
    shown: Annotated[bool, Field(description="Whether the right answer was shown.")]
    left: Annotated[int | None, Field(description="How many tries are left; null for as many as one likes.")]
    score: Score
    receipt: Annotated[bool, Field(description="Whether this server signs receipts.")]
    token: Annotated[str, Field(description="The answers so far, to be sent with the next.")]


class ReceiptDocument(Strict):
    """What was answered, signed. It attests the answers, and not how they came about."""

    schema_: Literal["receipt/1"] = Field(alias="schema")
    content: dict[str, Any]
    signature: Signature


router = APIRouter(prefix="/api/v1", tags=["programs"])


@router.post(
    "/predict",
    operation_id="predict",
    summary="A program's graph without the numbers that are to be predicted",
    response_class=Response,
    responses=answers(PredictDocument, "The graph and the questions"),
    openapi_extra=body(PredictRequest, EXAMPLE),
)
async def predict(request: Request) -> Response:
    """Run a program, and leave out what is asked for."""
    return await answered(request, "predict", await received(request, PredictRequest))


@router.post(
    "/predict/answer",
    operation_id="predict_answer",
    summary="Whether an answer is right, and if not, what was done wrong",
    response_class=Response,
    responses=answers(VerdictDocument, "The verdict"),
    openapi_extra=body(AnswerRequest, {**EXAMPLE, "node": 0, "answer": "-3", "token": None}),
)
async def answer(request: Request) -> Response:
    """Judge an answer, and count it in the token."""
    asked = await received(request, AnswerRequest)
    tally = counted(request, asked, asked.token)
    before = tally.answers.get(asked.node) if asked.node is not None else None
    if (asked.answer is None or asked.node is None) and not asked.task.reveal:
        raise refused("reveal", "In this task answers are not shown.")
    if before is not None and not before.done and before.tries == asked.task.tries and asked.answer is not None:
        raise refused("tries", f"There are no tries left for `{before.name}`.")
    question = asked.model_dump(exclude={"token", "answer"}) | {"answer": asked.answer or "", "given": tally.done}
    found = orjson.loads(await evaluate(request, "answer", Question.model_validate(question)))
    return Response(orjson.dumps(told(request, asked, tally, found)), headers=NOT_KEPT, media_type=JSON)


@router.post(
    "/predict/receipt",
    operation_id="predict_receipt",
    summary="A signed receipt for the answers so far",
    response_class=Response,
    responses={200: {"model": ReceiptDocument, "description": "The receipt"}, **problems(400, 404, 408, 413, 415, 422)},
    openapi_extra=body(ReceiptRequest, {**EXAMPLE, "token": "the last answer's", "name": "Ada"}),
)
async def receipt(request: Request) -> Response:
    """Write down what was answered, and sign it; `autograd-playground verify` checks the signature."""
    asked = await received(request, ReceiptRequest)
    return saved(receipt_of(signing(request), asked, counted(request, asked, asked.token), asked.name))


class Question(PredictRequest):
    """What a worker is asked."""

    node: int | None
    answer: str
    given: list[int]


def counted(request: Request, asked: PredictRequest, token: str | None) -> Tally:
    """The tally so far; a Problem for a token of another task or server."""
    tally = tally_of(services(request).seal, asked, token)
    if tally is None:
        raise refused("token", "The token is not of this task and this server. Without one the task begins anew.")
    return tally


def refused(code: str, message: str) -> Problem:
    """The problem of an answer that does not count."""
    return Problem(REQUEST, message, diagnostics=[Diagnostic.placeless(code, message)])


def told(request: Request, asked: AnswerRequest, tally: Tally, found: dict[str, Any]) -> dict[str, Any]:
    """A verdict with what may be told of the right answer, and the token that counts it."""
    seal, task, node = services(request).seal, asked.task, found["node"]
    before = tally.answers.get(node, Answered(name=found["name"]))
    wish = asked.answer is None or asked.node is None
    now = Answered(
        name=found["name"],
        answer=before.answer if wish or before.done or not found["read"] else asked.answer,
        right=before.right or (found["right"] and not before.shown and not wish),
        tries=before.tries + (not wish and not before.done and found["read"]),
        shown=before.shown or (wish and not before.right),
    )
    left = None if task.tries is None else task.tries - now.tries
    if left == 0 and task.reveal and not now.right:
        now = now.model_copy(update={"shown": True})
    after = tally.having(node, now, found["questions"])
    judged = {name: found[name] for name in ("node", "name", "read", "right", "mistake", "at", "message")}
    return {
        **judged,
        "number": found["number"] if now.done else None,
        "derivation": found["derivation"] if now.done and task.reveal else [],
        "shown": now.shown,
        "left": left,
        "score": {"right": after.right, "questions": after.questions},
        "receipt": seal.lasting,
        "token": token_of(seal, after),
    }

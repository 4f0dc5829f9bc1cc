"""The body of a request: read within its bounds of size and time, and checked against its model."""

import asyncio
import re
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect

from app.http.errors import MEDIA, NOT_JSON, SLOW, TOO_LARGE, Problem, invalid
from app.http.sentences import findings
from app.schemas import LIMITS, Diagnostic
from engine.language.limits import BUDGETS

Model = TypeVar("Model", bound=BaseModel)

JSON = "application/json"
LENGTH = re.compile("[0-9]{1,18}")
CLOSE = {"Connection": "close"}  # the rest of the body is not read


async def read(request: Request, model: type[Model], seconds: float) -> Model:
    """The body as a model; a Problem for one that is too large, too slow, not JSON or not such an object."""
    if media(request) != JSON:
        raise Problem(MEDIA, MEDIA.meaning)
    return parse(await content(request, seconds, "body_bytes"), model)


def media(request: Request) -> str:
    """What the body says it is."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def content(request: Request, seconds: float, budget: str) -> bytes:
    """The body's bytes; a Problem for one that is too slow, or too large for its budget."""
    try:
        async with asyncio.timeout(seconds):
            return await _bytes(request, budget)
    except TimeoutError:
        raise Problem(SLOW, f"The body did not arrive within {seconds:g} seconds.", headers=CLOSE) from None


def parse(body: bytes | str, model: type[Model]) -> Model:
    """JSON as a model; a Problem where it is none."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    if errors[0]["type"] == "json_invalid":
        diagnostics = findings(errors)
        raise Problem(NOT_JSON, diagnostics[0].message, diagnostics=diagnostics)
    raise invalid(errors)


async def _bytes(request: Request, budget: str) -> bytes:
    most = LIMITS.value(budget)
    if _announced(request) > most:
        raise too_large(budget)
    body = bytearray()
    more = True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > most:
            raise too_large(budget)
        more = message.get("more_body", False)
    return bytes(body)


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if LENGTH.fullmatch(length) else 0  # what is there is counted, whatever is announced


def too_large(budget: str) -> Problem:
    """The problem of a body that is larger than its budget."""
    detail = f"A body has at most {LIMITS.value(budget):,} bytes."
    finding = Diagnostic.placeless("limit", detail, limit=BUDGETS[budget].name)
    return Problem(TOO_LARGE, detail, diagnostics=[finding], headers=CLOSE)

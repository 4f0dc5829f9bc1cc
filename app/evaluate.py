"""A program on its way to a worker and back: the answer's JSON, or the problem that takes its place."""

import asyncio

import orjson
from fastapi import Request
from pydantic import BaseModel, ValidationError

from app.admission import admit, client_of
from app.cache.answers import LASTING, key_of
from app.cache.shares import Share
from app.clients.rates import BRIEF
from app.http.errors import BUSY, LOST, PROGRAM, Problem
from app.pool.job import Busy, Lost, MemoryUp, TimeUp
from app.schemas import LIMITS, Diagnostic, ProgramProblem
from app.services import services
from engine.language.limits import BUDGETS

WATCHFUL_AFTER = 0.05  # seconds a program runs before we look whether anybody still waits for it


async def evaluate(request: Request, verb: str, program: BaseModel) -> bytes:
    """Have a worker do `verb`, if nobody has before; a Problem where the program is wrong or there is no answer."""
    try:
        return await _evaluated(request, verb, program)
    except Problem as problem:
        problem.note(request.scope)  # also where a page says it in its own way
        raise


async def _evaluated(request: Request, verb: str, program: BaseModel) -> bytes:
    payload = orjson.dumps({"verb": verb, **program.model_dump(by_alias=True)})
    if verb not in LASTING:
        return await ask(request, payload, BRIEF)
    answers, common, key = services(request).answers, services(request).common, key_of(payload)
    known = answers.get(key)
    if known is not None:
        return known
    if common is not None and (known := await common.get(key)) is not None:
        answers.keep(key, known)
        return known
    answer = await ask(request, payload, BRIEF)
    answers.keep(key, answer)
    if common is not None:
        common.keep(key, answer)
    return answer


async def ask(request: Request, payload: bytes, cost: int) -> bytes:
    """Have a worker answer a request of the engine's; a Problem where it has none.

    It costs the client something, where nobody else waits for the same already.
    """
    shares = services(request).shares
    if cost and not shares.under_way(payload):
        await admit(request, cost)
    try:
        share = shares.join(payload, client_of(request))
        try:
            return unwrap(await _answer(request, share))
        finally:
            share.leave()
    except TimeUp:
        raise exceeded("kill_seconds") from None
    except MemoryUp:
        raise exceeded("worker_bytes") from None
    except Busy:
        raise Problem(BUSY, BUSY.meaning) from None
    except Lost:
        raise Problem(LOST, LOST.meaning) from None


async def _answer(request: Request, share: Share) -> bytes:
    """Wait for the answer; if that takes longer, only while the client does."""
    watching: list[asyncio.Task[None]] = []

    def watch() -> None:
        watching.append(asyncio.create_task(_leave_with(request, share)))

    alarm = asyncio.get_running_loop().call_later(WATCHFUL_AFTER, watch)
    try:
        return await asyncio.shield(share.answer)  # others may wait for it too
    finally:
        alarm.cancel()
        for task in watching:
            task.cancel()


async def _leave_with(request: Request, share: Share) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    share.leave()


def unwrap(answer: bytes) -> bytes:
    """The JSON of a success; the mark before it says which it is, and other bytes are nobody's answer."""
    if answer.startswith(b"+{"):
        return answer[1:]
    if not answer.startswith(b"-{"):
        raise Lost
    try:
        said = ProgramProblem.model_validate_json(answer[1:])
    except ValidationError:
        raise Lost from None
    raise Problem(PROGRAM, said.detail, title=said.title, diagnostics=said.diagnostics)


def exceeded(attribute: str) -> Problem:
    """The problem of a program that was stopped from outside, where no line is known."""
    message = LIMITS.sentence(attribute)
    finding = Diagnostic.placeless("limit", message, limit=BUDGETS[attribute].name)
    return Problem(PROGRAM, message, diagnostics=[finding])

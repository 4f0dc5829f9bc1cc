"""A link that is asked for: its state and what is to be said of it, or the problem that takes its place."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
from fastapi import Request

from app.evaluate import evaluate
from app.http.errors import EXPIRED, LINK_BROKEN, LINKS_AWAY, LINKS_FULL, NO_LINK, PROGRAM, Problem
from app.links import answer
from app.links.keeper import Away, Full, Keeper
from app.links.state import NAME, LinkState, read
from app.links.store import Answer
from app.schemas import GraphRequest
from app.services import services


@dataclass(frozen=True, slots=True)
class Link:
    """A link, opened."""

    id: str
    state: LinkState
    ignored: tuple[str, ...]  # parts of the state that are not understood
    answer: Answer
    made: int
    expires: int | None


async def opened(request: Request, name: str) -> Link:
    """The link of this name; a Problem where there is none to open."""
    links = keeper(request)
    try:
        kept = await links.find(name) if NAME.fullmatch(name) else None
    except Away:
        raise Problem(LINKS_AWAY, LINKS_AWAY.meaning) from None
    if kept is None:
        raise Problem(NO_LINK, NO_LINK.meaning)
    if kept.state is None:
        raise Problem(EXPIRED, EXPIRED.meaning)
    found = read(kept.state)
    if found is None:
        raise Problem(LINK_BROKEN, LINK_BROKEN.meaning)
    return Link(name, found.state, found.ignored, kept.answer, kept.made, kept.expires)


def keeper(request: Request) -> Keeper:
    """Who keeps the links; a Problem where nobody does."""
    links = services(request).links
    if links is None:
        raise Problem(NO_LINK, "This server keeps no short links.")
    return links


def saving(error: Away) -> Problem:
    """The problem of a link that cannot be kept."""
    kind = LINKS_FULL if isinstance(error, Full) else LINKS_AWAY
    return Problem(kind, kind.meaning)


async def answered(request: Request, program: GraphRequest) -> Answer:
    """What the engine answers to a program now, in short; a Problem where it gives no answer."""
    edition = services(request).edition
    try:
        document = await evaluate(request, "graph", program)
    except Problem as error:
        if error.kind is not PROGRAM:
            raise
        return Answer(answer.of_problems(error.diagnostics), edition)
    return Answer(await asyncio.to_thread(lambda: answer.of_document(orjson.loads(document))), edition)


def outdated(request: Request, link: Link) -> bool:
    """Whether the engine is newer than the link: then it may answer differently."""
    return link.answer.edition != services(request).edition


async def changed(request: Request, link: Link) -> bool:
    """Whether the engine answers differently now; it is asked only where it is newer."""
    return outdated(request, link) and link.answer.digest != (await answered(request, link.state.program())).digest


def moment(seconds: int) -> str:
    """A time as it is written (RFC 3339)."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")

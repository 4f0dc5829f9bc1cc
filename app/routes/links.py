"""Links: a program and what was done to it, kept under a short address."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import Field

from app.admission import admit
from app.http.body import JSON
from app.http.errors import NO_LINK, TOKEN, Problem
from app.links.keeper import Away
from app.links.state import NAME, LinkState
from app.links.store import NoHold
from app.origin import origin
from app.routes.described import body, problems
from app.routes.opening import answered, changed, keeper, moment, opened, saving
from app.routes.programs import NOT_KEPT, received
from app.schemas import Strict

BEARER = "Bearer "
EXAMPLE: dict[str, Any] = {
    "source": "a = 2.0\nb = -3.0\nL = (a*b + 10.0) * -2.0",
    "inputs": {"a": 2.5},
    "step": 3,
    "panel": "ledger",
}
Id = Annotated[str, Path(max_length=52, description="The link's name: what stands behind `/z/`.")]
Time = Annotated[str, Field(description="A time (RFC 3339).", examples=["2026-11-21T22:30:00Z"])]
Expires = Annotated[Time | None, Field(description="When it stops to open, unless it is made again; null for never.")]


class MadeLink(Strict):
    """A link that was made."""

    id: str
    url: Annotated[str, Field(description="Its short address.")]
    token: Annotated[str, Field(description="Gives the link up, with DELETE. It is told this one time.")]
    new: Annotated[bool, Field(description="False where somebody had made the same link.")]
    expires: Expires


class LinkDocument(Strict):
    """A link."""

    id: str
    url: str
    state: LinkState
    ignored: Annotated[list[str], Field(description="Parts of what was kept that this version does not understand.")]
    made: Time
    expires: Expires
    answer: Annotated[str, Field(description="A digest of what the engine answered when the link was made.")]
    changed: Annotated[bool, Field(description="Whether the engine answers differently than when the link was made.")]


class GivenUp(Strict):
    """What came of giving a link up."""

    gone: Annotated[bool, Field(description="False where others made the same link: for them it goes on to open.")]


router = APIRouter(prefix="/api/v1", tags=["links"])


@router.post(
    "/links",
    operation_id="make_link",
    summary="Make a short link",
    status_code=201,
    response_class=Response,
    responses={
        200: {"model": MadeLink, "description": "The link was there"},
        201: {"model": MadeLink, "description": "The link is new"},
        **problems(400, 404, 408, 413, 415, 422, 429, 503, 507),
    },
    openapi_extra=body(LinkState, EXAMPLE),
)
async def make(request: Request) -> Response:
    """Keep a program and what was done to it; the same state has the same link, whoever makes it."""
    state = await received(request, LinkState)
    links = keeper(request)
    await admit(request)
    answer = await answered(request, state.program())
    try:
        made = await links.make(state, answer)
    except Away as error:
        raise saving(error) from None
    url = address(request, made.id)
    expires = None if made.expires is None else moment(made.expires)
    told = MadeLink(id=made.id, url=url, token=made.token, new=made.new, expires=expires)
    headers = {**NOT_KEPT, "Location": url}
    return Response(told.model_dump_json(), 201 if made.new else 200, headers, media_type=JSON)


@router.get(
    "/links/{id}",
    operation_id="link",
    summary="What a short link holds",
    response_class=Response,
    responses={200: {"model": LinkDocument, "description": "The link"}, **problems(404, 410, 422, 429, 500, 503)},
)
async def link(request: Request, id: Id) -> Response:  # noqa: A002 - its name in the address
    """Tell what a link opens with; the program is run only where the engine has changed since."""
    found = await opened(request, id)
    told = LinkDocument(
        id=id,
        url=address(request, id),
        state=found.state,
        ignored=list(found.ignored),
        made=moment(found.made),
        expires=None if found.expires is None else moment(found.expires),
        answer=found.answer.digest,
        changed=await changed(request, found),
    )
    return Response(told.model_dump_json(by_alias=True), headers=NOT_KEPT, media_type=JSON)


@router.delete(
    "/links/{id}",
    operation_id="give_up_link",
    summary="Give a short link up",
    response_class=Response,
    responses={
        200: {"model": GivenUp, "description": "It is given up"},
        **problems(403, 404, 422, 429, 503, 507),
    },
)
async def give_up(
    request: Request,
    id: Id,  # noqa: A002 - its name in the address
    authorization: Annotated[str, Header(description="`Bearer` and the token that making the link returned.")] = "",
) -> Response:
    """Give up a link that you made; it is deleted where nobody else made the same."""
    links = keeper(request)
    try:
        if not NAME.fullmatch(id) or await links.find(id) is None:
            raise Problem(NO_LINK, NO_LINK.meaning)
        gone = await links.give_up(id, authorization.removeprefix(BEARER))
    except NoHold:
        raise Problem(TOKEN, TOKEN.meaning) from None
    except Away as error:
        raise saving(error) from None
    return Response(GivenUp(gone=gone).model_dump_json(), headers=NOT_KEPT, media_type=JSON)


def address(request: Request, name: str) -> str:
    """A link's short address."""
    return f"{origin(request)}/z/{name}"

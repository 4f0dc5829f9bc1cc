"""Whether the server answers, and whether it can run programs."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from app.documents import Reach, Readiness
from app.http.body import JSON
from app.http.errors import BUSY, ENDING, Problem
from app.pool.walls import WALLS
from app.routes.described import problems
from app.routes.programs import NOT_KEPT
from app.services import Services, services

ALIVE, READY = "/healthz", "/readyz"

router = APIRouter(tags=["operation"])


@router.get(ALIVE, operation_id="healthz", summary="The server answers", response_class=PlainTextResponse)
async def healthz() -> Response:
    """Answer."""
    return PlainTextResponse("ok\n", headers=NOT_KEPT)


@router.get(
    READY,
    operation_id="readyz",
    summary="Programs can be run",
    response_class=Response,
    responses={200: {"model": Readiness, "description": "What the workers do"}, **problems(503)},
)
async def readyz(request: Request) -> Response:
    """Tell what goes on; a problem where the next program would not be run, and it had better be sent elsewhere.

    Short links that cannot be reached are told of, and no such problem: everything else works.
    """
    shared = services(request)
    hindrance = hindered(shared)
    if hindrance is not None:
        raise hindrance
    state = Readiness(
        workers=shared.pool.ready,
        running=shared.pool.running,
        waiting=shared.pool.waiting,
        queue=shared.settings.queue,
        streams=len(shared.streams.running),
        links=await links(shared),
        walls=walls(shared),
    )
    return Response(state.model_dump_json(), headers=NOT_KEPT, media_type=JSON)


def hindered(shared: Services) -> Problem | None:
    """Why a program that came now would not be run."""
    if shared.ending.is_set():
        return Problem(ENDING, ENDING.meaning)
    if not shared.pool.ready:
        return Problem(BUSY, "No process that runs programs is ready.")
    if shared.pool.waiting >= shared.settings.queue:
        return Problem(BUSY, "As many programs are waiting as may wait.")
    return None


async def links(shared: Services) -> Reach:
    """Whether short links can be reached."""
    if shared.links is None:
        return "off"
    return "reachable" if await shared.links.reachable() else "away"


def walls(shared: Services) -> dict[str, bool]:
    """What the kernel keeps programs from, and whether it does; nothing is known where no process is ready."""
    standing = shared.pool.walls if shared.pool.ready else frozenset()
    return {name: name in standing for name in WALLS}

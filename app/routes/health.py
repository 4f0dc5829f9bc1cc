"""Whether the server answers, and whether it can run programs."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from app.body import JSON
from app.documents import Readiness
from app.errors import BUSY, Problem
from app.routes.described import problems
from app.routes.programs import NOT_KEPT
from app.services import services
from app.walls import WALLS

router = APIRouter(tags=["operation"])


@router.get("/healthz", operation_id="healthz", summary="The server answers", response_class=PlainTextResponse)
async def healthz() -> Response:
    """Answer."""
    return PlainTextResponse("ok\n", headers=NOT_KEPT)


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Programs can be run",
    response_class=Response,
    responses={200: {"model": Readiness, "description": "What the workers do"}, **problems(503)},
)
async def readyz(request: Request) -> Response:
    """Tell how many workers there are; a problem if there is none."""
    pool, streams = services(request).pool, services(request).streams
    if not pool.ready:
        raise Problem(BUSY, "No process that runs programs is ready.")
    standing = pool.walls
    state = Readiness(
        workers=pool.ready,
        running=pool.running,
        waiting=pool.waiting,
        streams=len(streams.running),
        walls={name: name in standing for name in WALLS},
    )
    return Response(state.model_dump_json(), headers=NOT_KEPT, media_type=JSON)

"""A program's graph as a file: code for other libraries, graphs, tables, pictures."""

import base64
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from app.documents import GraphDocument
from app.evaluate import evaluate
from app.http.body import JSON
from app.http.errors import NOT_FOUND, Problem
from app.routes.addresses import kept, program_of
from app.routes.described import REFERENCE, REQUEST_EXAMPLE, body, problems
from app.routes.programs import NOT_KEPT, received
from app.schemas import GraphQuery, GraphRequest
from engine.export import FORMATS, Format

VERB = "export"
Named = Annotated[
    str,
    Path(
        description="The format: " + "; ".join(f"{one.name} is a {one.title}" for one in FORMATS.values()) + ".",
        examples=list(FORMATS),
        json_schema_extra={"enum": list(FORMATS)},
    ),
]


class ExportRequest(GraphRequest):
    """A program, and the format its graph is wanted in."""

    format: Annotated[str, Field(description="The name of the format.")]


def files() -> dict[int | str, dict[str, Any]]:
    """What a file is, in OpenAPI."""
    name = {"schema": {"type": "string"}, "description": "The file's name", "example": 'attachment; filename="L.py"'}
    content = {one.media_type: {"schema": schema(one)} for one in FORMATS.values()}
    return {200: {"description": "The file", "headers": {"Content-Disposition": name}, "content": content}}


def schema(one: Format) -> dict[str, str]:
    """What a file of a format holds."""
    if one.media_type == JSON:
        return {"$ref": REFERENCE + GraphDocument.__name__}
    return {"type": "string", "format": "binary"} if one.binary else {"type": "string"}


router = APIRouter(prefix="/api/v1", tags=["programs"])


@router.post(
    "/export/{format}",
    operation_id="export",
    summary="A program's graph in another format",
    response_class=Response,
    responses={**files(), **problems(400, 404, 408, 413, 415, 422, 429, 503)},
    openapi_extra=body(GraphRequest, REQUEST_EXAMPLE),
)
async def export(request: Request, format: Named) -> Response:  # noqa: A002 - its name in the address
    """Run a program, and write its graph as a file."""
    program = await received(request, GraphRequest)
    response = file(await evaluate(request, VERB, wanted(program, format)), format)
    response.headers.update(NOT_KEPT)
    return response


@router.get(
    "/export/{format}",
    operation_id="export_by_address",
    summary="The same, for links and caches",
    response_class=Response,
    responses={
        **files(),
        304: {"description": "The client's copy is still right"},
        **problems(404, 414, 422, 429, 503),
    },
)
async def export_by_address(
    request: Request,
    format: Named,  # noqa: A002 - its name in the address
    query: Annotated[GraphQuery, Query()],
) -> Response:
    """Run the program in the address, and write its graph as a file."""
    program = wanted(program_of(request, query, GraphRequest), format)
    return await kept(request, VERB, program, lambda answer: file(answer, format))


def wanted(program: GraphRequest, name: str) -> ExportRequest:
    """The request to a worker; a Problem where there is no such format."""
    if name not in FORMATS:
        raise Problem(NOT_FOUND, f"There is no format of this name. These exist: {', '.join(FORMATS)}.")
    return ExportRequest.model_validate({**program.model_dump(), "format": name})


def file(answer: bytes, name: str) -> Response:
    """A worker's answer as the file that it holds, to be saved and not shown."""
    found, written = orjson.loads(answer), FORMATS[name]
    headers = {"Content-Disposition": f'attachment; filename="{found["name"]}"'}
    return Response(content(found, written), headers=headers, media_type=written.media_type)


def content(found: dict[str, str], written: Format) -> bytes | str:
    """What is in a file that a worker wrote."""
    return base64.b64decode(found["content"]) if written.binary else found["content"]

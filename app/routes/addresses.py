"""A program in an address: for links, and for answers that are kept."""

import hashlib
from collections.abc import Callable
from typing import Annotated, TypeVar

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter, ValidationError

from app.documents import GraphDocument, GraphParts
from app.evaluate import evaluate
from app.http.compression import ACCEPT, tag
from app.http.errors import TOO_LONG, Problem, invalid
from app.routes.described import answers_by_address
from app.routes.programs import as_json, partly
from app.schemas import Diagnostic, GraphQuery, GraphRequest, PartsQuery, ProgramQuery, ProgramRequest
from app.services import matches, services

KEPT = {"Cache-Control": "public, max-age=300", "Vary": ACCEPT}
INPUTS: TypeAdapter[dict[str, float]] = TypeAdapter(ProgramRequest.model_fields["inputs"].rebuild_annotation())

Model = TypeVar("Model", bound=ProgramRequest)

router = APIRouter(prefix="/api/v1", tags=["programs"])


@router.get(
    "/graph",
    operation_id="graph_by_address",
    summary="The same, for links and caches",
    response_class=Response,
    responses=answers_by_address(
        GraphDocument | GraphParts, "The program's graph, or the parts of it that were asked for"
    ),
)
async def graph_by_address(request: Request, query: Annotated[PartsQuery, Query()]) -> Response:
    """Run the program in the address forward and backward; the same address gives the same answer."""
    program = program_of(request, GraphQuery(**query.model_dump(exclude={"fields"})), GraphRequest)
    return await kept(request, "graph", partly(program, query.fields))


async def kept(
    request: Request, verb: str, program: ProgramRequest, sent: Callable[[bytes], Response] = as_json, **headers: str
) -> Response:
    """The answer of a worker, with what a cache needs to know; nothing where the client has it already."""
    tagged = {"ETag": _tag(request, program), **KEPT, **headers}
    if matches(request, tagged["ETag"]):
        return Response(status_code=304, headers=tagged)
    response = sent(await evaluate(request, verb, program))
    response.headers.update(tagged)
    return response


def program_of(request: Request, query: ProgramQuery, model: type[Model]) -> Model:
    """The request that a query stands for; a Problem where its program is too long for an address."""
    most = services(request).settings.query_bytes
    if len(query.source.encode()) > most:
        detail = f"In an address a program has at most {most:,} bytes; send longer ones with POST."
        raise Problem(TOO_LONG, detail, diagnostics=[Diagnostic.placeless("limit", detail, limit="source")])
    try:
        inputs = INPUTS.validate_json(query.inputs, strict=True)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        raise invalid([{**one, "loc": ("query", "inputs", *one["loc"])} for one in errors]) from None
    return model.model_validate({**query.model_dump(by_alias=True), "inputs": inputs})


def _tag(request: Request, program: ProgramRequest) -> str:
    """The entity tag of a program's graph: the answer is a function of these."""
    asked = orjson.dumps([services(request).edition, program.model_dump()], option=orjson.OPT_SORT_KEYS)
    return tag(request, hashlib.sha256(asked).hexdigest()[:32])

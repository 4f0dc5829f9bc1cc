"""What routes that sign receipts share."""

from typing import Annotated, Any

import orjson
from fastapi import Request, Response
from pydantic import Field

from app.http.body import JSON
from app.http.errors import NOT_FOUND, Problem
from app.routes.programs import NOT_KEPT
from app.seal import Seal
from app.services import services

Whom = Annotated[str, Field(max_length=200, description="Whose this is, as they say.")]
Signature = Annotated[str, Field(description="HMAC-SHA256 of the content, with the server's secret.")]


def signing(request: Request) -> Seal:
    """What receipts are signed with; a Problem where this server signs none."""
    seal = services(request).seal
    if not seal.lasting:
        raise Problem(NOT_FOUND, "This server signs no receipts: its operator has not set AUTOGRAD_SECRET.")
    return seal


def saved(receipt: dict[str, Any]) -> Response:
    """A receipt as a file to keep."""
    headers = {**NOT_KEPT, "Content-Disposition": 'attachment; filename="receipt.json"'}
    return Response(orjson.dumps(receipt, option=orjson.OPT_INDENT_2), headers=headers, media_type=JSON)

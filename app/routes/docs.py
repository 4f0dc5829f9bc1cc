"""The API's description, and a page to try it from."""

import orjson
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from app.http.body import JSON
from app.services import services
from app.typescript import declarations

OPENAPI = "/api/openapi.json"
TYPES = "/api/types.d.ts"

router = APIRouter(include_in_schema=False)


@router.get(OPENAPI)
async def openapi(request: Request) -> Response:
    """Send the OpenAPI document."""
    app: FastAPI = request.app
    return Response(orjson.dumps(app.openapi()), headers={"Cache-Control": "no-cache"}, media_type=JSON)


@router.get(TYPES)
async def types(request: Request) -> Response:
    """Send the shapes of requests and answers as TypeScript types."""
    app: FastAPI = request.app
    text = declarations(app.openapi()["components"]["schemas"])
    return Response(text, headers={"Cache-Control": "no-cache"}, media_type="text/plain; charset=utf-8")


@router.get("/api/docs")
async def docs(request: Request) -> Response:
    """Show the OpenAPI document with Swagger UI, all of it from here."""
    page = services(request).templates.get_template("docs.html").render(openapi=OPENAPI)
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

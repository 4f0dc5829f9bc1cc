"""The pages: the playground itself, complete without JavaScript, and one that explains each kind of problem."""

from itertools import groupby
from operator import itemgetter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from app import __version__
from app.http.errors import KINDS
from app.routes.catalog import told
from app.routes.oembed import discovery
from app.routes.view import CHECKED, View, view
from app.services import services
from app.texts import Texts, texts_for
from engine.examples import PROGRAMS

router = APIRouter(include_in_schema=False)


@router.get("/")
async def index(request: Request) -> HTMLResponse:
    """Show the program of `?source=` or `?example=`, or the first example."""
    texts = texts_for(request)
    return playground(request, texts, await view(request, texts, PROGRAMS))


@router.get("/problems/{kind}")
async def problem(request: Request, kind: str) -> HTMLResponse:
    """Explain a kind of problem."""
    if kind not in KINDS:
        raise HTTPException(404)
    page = services(request).templates.get_template("problem.html")
    return HTMLResponse(page.render(kind=KINDS[kind], version=__version__), headers=CHECKED)


def playground(request: Request, texts: Texts, shown: View, **headers: str) -> HTMLResponse:
    """The page with a program on it."""
    page = services(request).templates.get_template("index.html")
    examples = told(texts.lang)
    levels = groupby(examples, key=itemgetter("level"))
    content = page.render(
        examples=examples, levels=levels, version=__version__, **discovery(request), **shown.globals(texts)
    )
    return HTMLResponse(content, shown.status, headers={**CHECKED, **headers})

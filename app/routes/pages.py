"""The pages: the playground itself, complete without JavaScript, and one that explains each kind of problem."""

from dataclasses import dataclass

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from pydantic import JsonValue, ValidationError
from starlette.exceptions import HTTPException

from app import __version__
from app.errors import KINDS, NOT_FOUND, PROGRAM, TOO_LONG, Problem
from app.evaluate import evaluate
from app.routes.catalog import LISTED
from app.schemas import Diagnostic, PageRequest
from app.services import services
from app.texts import FIRST, texts_for
from engine.examples import EXAMPLES
from engine.explain.templates import LANGUAGES, words

CHECKED = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
TOLD = 100  # steps that the page tells where there is no JavaScript to show them
PANELS = ("inspect", "ledger", "curve", "surface", "check", "table")

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class View:
    """What came of a program: its picture, or what is wrong."""

    source: str
    status: int = 200
    document: JsonValue = None
    svg: Markup | None = None
    steps: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@router.get("/")
async def index(request: Request) -> HTMLResponse:
    """Show the program of `?source=` or `?example=`, or the first example."""
    texts = texts_for(request)
    spoken = texts.lang if texts.lang in LANGUAGES else FIRST
    view = await _view(request, spoken)
    page = services(request).templates.get_template("index.html")
    content = page.render(
        source=view.source,
        document=view.document,
        svg=view.svg,
        steps=view.steps,
        problems=[problem.model_dump() for problem in view.problems],
        examples=LISTED,
        panels=PANELS,
        words=words(spoken),
        version=__version__,
        **texts.globals(),
    )
    return HTMLResponse(content, view.status, headers=CHECKED)


@router.get("/problems/{kind}")
async def problem(request: Request, kind: str) -> HTMLResponse:
    """Explain a kind of problem."""
    if kind not in KINDS:
        raise HTTPException(404)
    page = services(request).templates.get_template("problem.html")
    return HTMLResponse(page.render(kind=KINDS[kind], version=__version__), headers=CHECKED)


async def _view(request: Request, lang: str) -> View:
    source = EXAMPLES[0].source
    try:
        source = _source(request)
        return await _run(request, source, lang)
    except Problem as error:
        problems = tuple(error.diagnostics) or (Diagnostic.placeless(error.kind.name, error.detail),)
        return View(source, 200 if error.kind is PROGRAM else error.kind.status, problems=problems)


def _source(request: Request) -> str:
    """The program an address asks for."""
    wanted = request.query_params
    if "source" in wanted:
        return wanted["source"]
    if "example" not in wanted:
        return EXAMPLES[0].source
    for example in EXAMPLES:
        if example.name == wanted["example"]:
            return example.source
    raise Problem(NOT_FOUND, "There is no example of that name.")


async def _run(request: Request, source: str, lang: str) -> View:
    if len(source.encode()) > services(request).settings.query_bytes:
        raise Problem(TOO_LONG, TOO_LONG.meaning)
    try:
        program = PageRequest(source=source, lang=lang, count=TOLD)
    except ValidationError:
        raise Problem(TOO_LONG, TOO_LONG.meaning) from None
    answer = orjson.loads(await evaluate(request, "page", program))
    picture = Markup(answer["svg"])  # noqa: S704  # our own writer escapes
    return View(source, document=answer["document"], svg=picture, steps=answer["steps"])

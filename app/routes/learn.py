"""The course: its contents, and each chapter with a playground of its own. Complete without JavaScript, too."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from starlette.exceptions import HTTPException

from app import __version__
from app.course.chapter import Chapter, inline
from app.course.check import NumberCheck
from app.course.courses import Course, course_in
from app.evaluate import evaluate
from app.http.errors import Problem
from app.routes.view import CHECKED, view
from app.schemas import GraphRequest
from app.services import services
from app.texts import texts_for

ANSWER = "{answer}"  # in what is said to the right answer: the number itself

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Told:
    """A check as the page tells it: the facts to judge an answer by, and everything it may say."""

    facts: Mapping[str, Any]
    ask: Markup
    right: Markup
    wrong: Markup
    hints: tuple[Markup, ...]


@router.get("/learn")
async def contents(request: Request) -> HTMLResponse:
    """List the chapters."""
    texts = texts_for(request)
    course = course_in(texts.lang)
    parts = [(part, list(group)) for part, group in groupby(course.values(), key=lambda chapter: chapter.part)]
    page = services(request).templates.get_template("learn.html")
    return HTMLResponse(
        page.render(parts=parts, course=course, kept=_kept(request), version=__version__, **texts.globals()),
        headers=CHECKED,
    )


@router.get("/learn/{slug}")
async def chapter(request: Request, slug: str) -> Response:
    """Show a chapter, with its own program or the reader's; a bare address leads to where the chapter starts."""
    texts = texts_for(request)
    course = course_in(texts.lang)
    if slug not in course:
        raise HTTPException(404)
    read = course[slug]
    if read.start and not request.query_params.keys() - {"lang"}:
        return RedirectResponse(read.address + _kept(request, "&"), headers=CHECKED)
    shown = await view(request, texts, [read.example])
    page = services(request).templates.get_template("chapter.html")
    content = page.render(
        chapter=read,
        check=await _check(request, read),
        examples=[{"name": slug, "title": read.title, "sentence": read.sentence, "level": "", "source": read.source}],
        kept=lambda sign: _kept(request, sign),
        version=__version__,
        **_around(course, slug),
        **shown.globals(texts),
    )
    return HTMLResponse(content, shown.status, headers=CHECKED)


def _kept(request: Request, sign: str = "?") -> str:
    """The language that the address asks for, for the next address."""
    texts = texts_for(request)
    return f"{sign}lang={texts.lang}" if "lang" in request.query_params else ""


def _around(course: Course, slug: str) -> dict[str, Any]:
    """Where a chapter stands, and its neighbours."""
    slugs = list(course)
    place = slugs.index(slug)
    before, after = slugs[place - 1 : place], slugs[place + 1 : place + 2]
    return {
        "place": place + 1,
        "course": course,
        "before": course[before[0]] if before else None,
        "after": course[after[0]] if after else None,
    }


async def _check(request: Request, read: Chapter) -> Told | None:
    """The check, its numbers measured in the chapter's program; None where nobody could run that just now."""
    check, answer = read.check, ""
    if isinstance(check, NumberCheck):
        program = GraphRequest(source=read.source, inputs=dict(check.inputs))
        try:
            facts = check.describe(orjson.loads(await evaluate(request, "graph", program)), read.source)
        except Problem:
            return None
        answer = f"{facts['answer']:.4g}"
    else:
        facts = check.describe()
    return Told(
        facts,
        inline(check.ask),
        inline(check.right.replace(ANSWER, answer)),
        inline(check.wrong),
        tuple(inline(hint.text) for hint in check.hints),
    )

"""A program as a page shows it: its picture, its values, its first steps in words, or what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import orjson
from fastapi import Request
from markupsafe import Markup
from pydantic import JsonValue, ValidationError

from app.evaluate import evaluate
from app.http.errors import NOT_FOUND, PROGRAM, TOO_LONG, Problem
from app.links.state import Panel
from app.schemas import Diagnostic, GraphRequest, PageRequest
from app.services import services
from app.tasks import PredictRequest, Task, task_of
from app.texts import FIRST, Texts
from engine.examples import Example
from engine.explain.templates import LANGUAGES, words

CHECKED = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
PANELS = get_args(Panel)
TOLD = 100  # steps that the page tells where there is no JavaScript to show them


@dataclass(frozen=True, slots=True)
class View:
    """What came of a program: its picture, or what is wrong."""

    source: str
    status: int = 200
    document: JsonValue = None
    svg: Markup | None = None
    steps: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    link: Mapping[str, object] | None = None  # the short link that brought it here
    notes: tuple[str, ...] = ()  # what there is to say about that
    locks: tuple[str, ...] = ()  # what of it cannot be changed
    task: Task | None = None  # what is to be predicted

    def globals(self, texts: Texts) -> dict[str, Any]:
        """What the template of a page with a playground needs."""
        return {
            "source": self.source,
            "document": self.document,
            "svg": self.svg,
            "steps": self.steps,
            "problems": [problem.model_dump() for problem in self.problems],
            "link": self.link,
            "notes": self.notes,
            "locks": self.locks,
            "task": self.task and self.task.model_dump(),
            "panels": PANELS,
            "words": words(_spoken(texts)),
            **texts.globals(),
        }


async def view(request: Request, texts: Texts, programs: Sequence[Example]) -> View:
    """Show the program of `?source=` or `?example=`, or the first of `programs`."""
    source = programs[0].source
    try:
        source = source_of(request, programs)
        program = within(request, source)
    except Problem as error:
        return _refusal(source, error)
    return await view_of(request, texts, program, task_of(request.query_params))


async def _bare(request: Request, program: GraphRequest, task: Task) -> View:
    """Show a program without the numbers that are to be predicted; the page itself asks for the questions."""
    asked = PredictRequest(source=program.source, inputs=program.inputs, task=task)
    try:
        return View(program.source, document=orjson.loads(await evaluate(request, "predict", asked))["document"])
    except Problem as error:
        return _refusal(program.source, error)


async def view_of(request: Request, texts: Texts, program: GraphRequest, task: Task | None = None) -> View:
    """Show a program as it is to be run, or with what the task hides left out."""
    if task is not None:
        return replace(await _bare(request, program, task), task=task)
    asked = PageRequest.model_validate({**program.model_dump(), "lang": _spoken(texts), "count": TOLD})
    try:
        answer = orjson.loads(await evaluate(request, "page", asked))
    except Problem as error:
        return _refusal(program.source, error)
    picture = Markup(answer["svg"])  # noqa: S704  # our own writer escapes
    return View(program.source, document=answer["document"], svg=picture, steps=answer["steps"])


def _refusal(source: str, error: Problem) -> View:
    problems = tuple(error.diagnostics) or (Diagnostic.placeless(error.kind.name, error.detail),)
    return View(source, 200 if error.kind is PROGRAM else error.kind.status, problems=problems)


def _spoken(texts: Texts) -> str:
    """The language in which steps are told."""
    return texts.lang if texts.lang in LANGUAGES else FIRST


def source_of(request: Request, programs: Sequence[Example]) -> str:
    """The program an address asks for."""
    wanted = request.query_params
    if "source" in wanted:
        return wanted["source"]
    if "example" not in wanted:
        return programs[0].source
    for example in programs:
        if example.name == wanted["example"]:
            return example.source
    raise Problem(NOT_FOUND, "There is no example of that name.")


def within(request: Request, source: str) -> GraphRequest:
    """The program, if it is one for an address."""
    if len(source.encode()) > services(request).settings.query_bytes:
        raise Problem(TOO_LONG, TOO_LONG.meaning)
    try:
        return GraphRequest(source=source)
    except ValidationError:
        raise Problem(TOO_LONG, TOO_LONG.meaning) from None

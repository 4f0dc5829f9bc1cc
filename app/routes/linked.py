"""A link as a page shows it: its program, and what there is to say about the link."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from fastapi import Request

from app.http.errors import Problem
from app.links.answer import of_document, of_problems
from app.routes.links import address
from app.routes.opening import Link, changed, opened, outdated
from app.routes.view import View, view, view_of
from app.texts import Texts
from engine.examples import PROGRAMS

TEXT_CHARACTERS = 200  # of a program, where others show what is behind a link


async def linked(request: Request, texts: Texts, name: str) -> View:
    """Show the link of this name; one that cannot be opened says why, above the first example."""
    try:
        link = await opened(request, name)
    except Problem as error:
        first = await view(request, texts, PROGRAMS)
        return replace(first, status=error.kind.status, notes=(texts.say(f"link.{error.kind.name}"),))
    shown = await view_of(request, texts, link.state.program(), link.state.task)
    notes = []
    if link.ignored:
        notes.append(texts.say("link.ignored", names=", ".join(link.ignored)))
    with suppress(Problem):  # whoever has no answer now cannot say that it is another
        if await _changed(request, link, shown):
            notes.append(texts.say("link.changed"))
    return replace(shown, link=_facts(request, texts, link, shown), notes=tuple(notes), locks=tuple(link.state.locks))


async def _changed(request: Request, link: Link, shown: View) -> bool:
    """Whether what is shown is another answer than that of the link; a task does not show it."""
    if link.state.task is not None:
        return await changed(request, link)
    return outdated(request, link) and await asyncio.to_thread(_digest, shown) not in (None, link.answer.digest)


def _digest(shown: View) -> str | None:
    """What the engine answered, in short; None where it did not."""
    if shown.document is not None:
        return of_document(shown.document)
    return of_problems(shown.problems) if shown.status == 200 else None


def _facts(request: Request, texts: Texts, link: Link, shown: View) -> dict[str, Any]:
    """What the page needs of a link, and what others show who are given it; a task keeps its numbers to itself."""
    url, asked = address(request, link.id), link.state.task is not None
    return {
        "id": link.id,
        "state": link.state.model_dump(),
        "url": url,
        "picture": None if asked or shown.document is None else f"{url}.png",
        "title": (None if asked else _result(shown.document)) or texts.say("page.title"),
        "text": " ".join(shown.source.split())[:TEXT_CHARACTERS],
    }


def _result(document: Any) -> str | None:  # noqa: ANN401  # JSON
    """The result as one would write it down, where it has a name."""
    nodes: list[Mapping[str, Any]] = document["nodes"] if document else []
    output = next((node for node in nodes if node["id"] == document["graph"]["output"]), {})
    data = output.get("data")
    number = f"{data:.6g}" if isinstance(data, float) else data
    return f"{output['label']} = {number}" if output.get("label") else None

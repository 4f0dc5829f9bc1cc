"""A task on paper: the program and the picture with room for answers, and the key on a sheet of its own."""

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from app.evaluate import evaluate
from app.http.errors import Problem
from app.routes.view import CHECKED, source_of, within
from app.services import services
from app.tasks import PARAMETERS, PredictRequest, Task, task_of
from app.texts import texts_for
from engine.examples import EXAMPLES

router = APIRouter(include_in_schema=False)


@router.get("/worksheet")
async def worksheet(request: Request) -> HTMLResponse:
    """Print the task of the address: of gradients, where it names none."""
    texts, query = texts_for(request), request.query_params
    task = task_of(query) or Task()
    source, problems, sheet, status = "", [], None, 200
    try:
        source = source_of(request, EXAMPLES)
        program = within(request, source)
        asked = PredictRequest.model_validate({"source": program.source, "task": task, "lang": texts.lang})
        sheet = orjson.loads(await evaluate(request, "worksheet", asked))
        sheet["svg"] = Markup(sheet["svg"])  # noqa: S704  # our own writer escapes
    except Problem as error:
        problems, status = [one.message for one in error.diagnostics] or [error.detail], error.kind.status
    content = (
        services(request)
        .templates.get_template("worksheet.html")
        .render(
            source=source,
            task=task,
            sheet=sheet,
            problems=problems,
            ignored=[name for name in PARAMETERS if name in query] if task_of(query) is None else [],
            back=f"/?{query}",
            **texts.globals(),
        )
    )
    return HTMLResponse(content, status, headers=CHECKED)

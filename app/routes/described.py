"""What OpenAPI is told of requests, answers and problems beyond their types."""

import json
from pathlib import Path
from types import UnionType
from typing import Any

from pydantic import BaseModel, TypeAdapter

from app.http.body import JSON
from app.http.errors import KINDS, LATER, MEDIA_TYPE
from app.schemas import BatchRequest, PartsQuery, ProblemDocument
from app.training import Event

REFERENCE = "#/components/schemas/"
EXAMPLES: dict[str, Any] = {
    f"/api/v1/{name}": json.loads((Path(__file__).parent / f"{name}_example.json").read_text("utf-8"))
    for name in ("graph", "steps", "curve", "surface", "gradcheck", "boundary", "arrays", "grade", "own")
}
DIAGNOSTIC: dict[str, Any] = {
    "severity": "error",
    "code": "name",
    "message": "`flaot` is not assigned anywhere",
    "hint": "did you mean `float`?",
    "limit": None,
    "line": 1,
    "span": [4, 9],
    "range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 9}},
    "fix": {
        "span": [4, 9],
        "range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 9}},
        "text": "float",
    },
}
PROBLEM: dict[str, Any] = {
    "type": "/problems/program",
    "title": "The program cannot be run",
    "status": 422,
    "detail": "`flaot` is not assigned anywhere (line 1)",
    "instance": "/api/v1/batch",
    "request": "5b9f1c3a77d2448fb1b0a86a3d2f90c1",
    "diagnostics": [DIAGNOSTIC],
}
EXAMPLES["/api/v1/check"] = {"diagnostics": [DIAGNOSTIC]}
EXAMPLES["/api/v1/batch"] = {
    "answers": [
        {"index": 0, "document": EXAMPLES["/api/v1/graph"], "problem": None},
        {"index": 1, "document": None, "problem": PROBLEM},
    ]
}
EVENT: dict[str, Any] = TypeAdapter(Event).json_schema(ref_template=REFERENCE + "{model}")
EVENT_PARTS: dict[str, Any] = EVENT.pop("$defs")
BATCH: dict[str, Any] = BatchRequest.model_json_schema(ref_template=REFERENCE + "{model}")
BATCH_PARTS: dict[str, Any] = {**BATCH.pop("$defs"), BatchRequest.__name__: BATCH}
BODY_PARTS: dict[str, Any] = {}  # what the bodies of the routes refer to; each adds its own
REQUEST_EXAMPLE: dict[str, Any] = {
    "source": "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f",
    "inputs": {"a": 2.0},
    "output": "L",
    "seed": 0,
    "accumulation": "pytorch",
    "expand": [],
}

FIELDS: dict[str, Any] = {
    "parameters": [
        {
            "name": "fields",
            "in": "query",
            "required": False,
            "schema": {"type": "string", "maxLength": 200},
            "description": PartsQuery.model_fields["fields"].description,
            "example": "nodes,edges",
        }
    ]
}


def body(model: type[BaseModel], example: dict[str, Any]) -> dict[str, Any]:
    """A request body that the route reads by itself."""
    schema = model.model_json_schema(ref_template=REFERENCE + "{model}")
    BODY_PARTS.update(schema.pop("$defs", {}))
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema, "example": example}}}}


def answers(model: type[BaseModel] | UnionType, what: str) -> dict[int | str, dict[str, Any]]:
    """What a program in a body may be answered with."""
    return {200: {"model": model, "description": what}, **problems(400, 408, 413, 415, 422, 429, 503)}


def answers_by_address(model: type[BaseModel] | UnionType, what: str) -> dict[int | str, dict[str, Any]]:
    """What a program in an address may be answered with."""
    same: dict[int | str, dict[str, Any]] = {304: {"description": "The client's copy is still right"}}
    return {200: {"model": model, "description": what}, **same, **problems(414, 422, 429, 503)}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems a route may answer with."""
    return {status: _problem(status) for status in statuses}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the schema that problems refer to, and examples that FastAPI would take the nulls from."""
    for path, example in EXAMPLES.items():
        for operation in document["paths"][path].values():
            operation["responses"]["200"]["content"][JSON]["example"] = example
    schema = ProblemDocument.model_json_schema(ref_template=REFERENCE + "{model}")
    parts = {ProblemDocument.__name__: schema, **schema.pop("$defs"), **EVENT_PARTS, **BATCH_PARTS, **BODY_PARTS}
    for name, definition in parts.items():
        document["components"]["schemas"].setdefault(name, definition)
    return document


def _problem(status: int) -> dict[str, Any]:
    titles = [kind.title for kind in KINDS.values() if kind.status == status]
    described: dict[str, Any] = {
        "description": " / ".join(titles),
        "content": {MEDIA_TYPE: {"schema": {"$ref": REFERENCE + ProblemDocument.__name__}}},
    }
    if status in LATER:
        described["headers"] = {
            "Retry-After": {"description": "Seconds to wait", "schema": {"type": "string", "pattern": "^[0-9]+$"}}
        }
    return described

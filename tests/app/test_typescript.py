"""The types say what the description says, in TypeScript's own opinion."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.routes.described import EXAMPLES
from app.typescript import written
from tests.invariants.sources import ROOT

TSC = ROOT / "static" / "node_modules" / "typescript" / "bin" / "tsc"
SHAPES = {"/api/v1/graph": "GraphDocument", "/api/v1/batch": "BatchDocument", "/api/v1/steps": "StepsDocument"}


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({}, "unknown"),
        ({"$ref": "#/components/schemas/Node"}, "Node"),
        (
            {"anyOf": [{"type": "number"}, {"const": "NaN"}, {"type": "integer"}, {"type": "null"}]},
            'number | "NaN" | null',
        ),
        ({"type": "array", "prefixItems": [{"type": "string"}, {"type": "boolean"}]}, "[string, boolean]"),
        ({"type": "object", "additionalProperties": {"enum": ["a", 1]}}, 'Record<string, "a" | 1>'),
        ({"type": "object", "properties": {"a-b": {"type": "array"}}}, '{\n  "a-b"?: Array<unknown>;\n}'),
    ],
)
def test_a_schema_is_a_type(schema: dict[str, object], type_: str) -> None:
    assert written(schema, "") == type_


def test_a_description_ends_no_comment() -> None:
    field = {"type": "object", "required": ["a"], "properties": {"a": {"description": "*/ x", "type": "null"}}}
    assert written(field, "") == "{\n  /** * / x */\n  a: null;\n}"


def checked(folder: Path, program: str) -> str:
    """What the compiler says of a program beside the types."""
    (folder / "use.ts").write_text(program, "utf-8")
    command = [sys.executable, str(ROOT / "static" / "hatch_build.py"), "node", str(TSC), "--noEmit", "--strict"]
    done = subprocess.run([*command, str(folder / "use.ts")], capture_output=True, text=True, check=False)
    return done.stdout


def test_the_examples_are_of_these_types_and_others_are_not(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "types.d.ts").write_text(client.get("/api/types.d.ts").text, "utf-8")
    names = ", ".join(SHAPES.values())
    rows = [f'import type {{ {names} }} from "./types";']
    rows += [f"export const _{shape}: {shape} = {json.dumps(EXAMPLES[path])};" for path, shape in SHAPES.items()]
    assert checked(tmp_path, "\n".join(rows)) == ""
    said = checked(tmp_path, f"{rows[0]}\nexport const x: GraphDocument = {{ nodes: 1 }};")
    assert "error TS" in said

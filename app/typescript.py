"""The shapes of requests and answers as TypeScript types, from the API's own description."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

HEAD = "/** The shapes of the API's requests and answers, made from its OpenAPI document: import types, no code. */\n"
SCALARS = {"string": "string", "number": "number", "integer": "number", "boolean": "boolean", "null": "null"}


def declarations(schemas: Mapping[str, Any]) -> str:
    """A declaration for each schema, in the order of their names."""
    return "\n".join([HEAD, *(_declaration(name, schemas[name]) for name in sorted(schemas))])


def _declaration(name: str, schema: Mapping[str, Any]) -> str:
    return f"{_comment(schema, '')}export type {name} = {written(schema, '')};\n"


def written(schema: Mapping[str, Any], indent: str) -> str:
    """The type of what a schema allows."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return json.dumps(schema["const"])
    for several in ("enum", "anyOf", "oneOf"):
        if several in schema:
            parts = [json.dumps(one) if several == "enum" else written(one, indent) for one in schema[several]]
            return " | ".join(dict.fromkeys(parts))
    match schema.get("type"):
        case "array":
            return _array(schema, indent)
        case "object":
            return _object(schema, indent)
        case kind:
            return SCALARS.get(str(kind), "unknown")


def _array(schema: Mapping[str, Any], indent: str) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(written(one, indent) for one in schema['prefixItems'])}]"
    return f"Array<{written(schema.get('items', {}), indent)}>"


def _object(schema: Mapping[str, Any], indent: str) -> str:
    if "properties" not in schema:
        more = schema.get("additionalProperties", {})
        return f"Record<string, {written(more if isinstance(more, dict) else {}, indent)}>"
    return "{\n" + "".join(_fields(schema, indent + "  ")) + indent + "}"


def _fields(schema: Mapping[str, Any], indent: str) -> Iterator[str]:
    required = schema.get("required", ())
    for name, field in schema["properties"].items():
        key = name if name.isidentifier() else json.dumps(name)
        mark = "" if name in required else "?"
        yield f"{_comment(field, indent)}{indent}{key}{mark}: {written(field, indent)};\n"


def _comment(schema: Mapping[str, Any], indent: str) -> str:
    """What a schema says of itself; nothing that would end the comment."""
    said = " ".join(str(schema.get("description", "")).split()).replace("*/", "* /")
    return f"{indent}/** {said} */\n" if said else ""

"""What pydantic finds wrong with a request, in sentences of ours."""

import re
from collections.abc import Mapping, Sequence

from app.schemas import Diagnostic

MOST = 20
NAME_CHARACTERS = 80

SENTENCES = {
    "missing": "is required",
    "extra_forbidden": "is not a field of this request",
    "string_type": "must be text",
    "string_too_long": "must be at most {max_length} characters long",
    "source_too_long": "must be at most {max_length} bytes long",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "unknown_part": "names no part of a graph document: {part}; these exist: {parts}",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "list_type": "must be a list",
    "batch_form": 'must be an object with a list "programs"',
    "json_invalid": "must be JSON{place}",
}
OTHER = "is not as it should be"
PLACE = re.compile(r" at line \d+ column \d+$")


def findings(errors: Sequence[Mapping[str, object]]) -> list[Diagnostic]:
    """A diagnostic for each error, the first ones of very many."""
    return [_finding(error) for error in errors[:MOST]]


def _finding(error: Mapping[str, object]) -> Diagnostic:
    kind = str(error["type"])
    facts = error.get("ctx")
    sentence = SENTENCES.get(kind, OTHER).format_map(_Facts(facts if isinstance(facts, dict) else {}))
    location = error["loc"]
    assert isinstance(location, tuple)  # noqa: S101  # pydantic's promise
    limit = "source" if kind == "source_too_long" else None
    return Diagnostic.placeless("limit" if limit else "request", f"{_name(location)} {sentence}", limit=limit)


class _Facts(dict[str, object]):
    """The numbers a sentence may mention."""

    def __missing__(self, key: str) -> str:
        return _place(str(self.get("error", ""))) if key == "place" else ""


def _place(text: str) -> str:
    found = PLACE.search(text)
    return found.group().replace(" column", ", column").replace(" at", ", and is not at", 1) if found else ""


def _name(location: tuple[str | int, ...]) -> str:
    """A parameter by its name, a field of the body by its JSON pointer (RFC 6901)."""
    if location[:1] == ("query",):
        rest = _pointer(location[2:])
        return f'the query parameter "{_short(str(location[1]))}"' + (f" at {rest}" if rest else "")
    return _pointer(location) or "the body"


def _pointer(location: tuple[str | int, ...]) -> str:
    return _short("".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location))


def _short(text: str) -> str:
    return text if len(text) <= NAME_CHARACTERS else text[: NAME_CHARACTERS - 1] + "…"

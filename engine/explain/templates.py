"""Sentences as templates per language, and the one function that fills them in."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

Words = Mapping[str, str]

FOLDER = Path(__file__).parent / "words"
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))
PLACE = re.compile(r"\{(\w+)\}")


@cache
def words(language: str, folder: Path = FOLDER) -> Words:
    """The templates of a language, one of LANGUAGES."""
    found: Words = json.loads((folder / f"{language}.json").read_text("utf-8"))
    return found


def fill(template: str, **facts: str | int) -> str:
    """A template with facts in its places; what the facts say is never looked at again."""
    return PLACE.sub(lambda place: str(facts[place[1]]), template)

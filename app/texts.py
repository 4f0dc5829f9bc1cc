"""The texts of the pages: one catalogue a language, and which language a request gets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from markupsafe import Markup, escape

from app.paths import TEMPLATES

FIRST = "en"  # where nothing else is asked for, and what every other catalogue is measured by
CATALOGUES: Mapping[str, Mapping[str, str]] = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted((TEMPLATES / "text").glob("*.json"))
}


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts in one language."""

    lang: str

    @property
    def all(self) -> Mapping[str, str]:
        """Every text by its key."""
        return CATALOGUES[self.lang]

    def say(self, key: str, **values: object) -> Markup:
        """A text for HTML, with its places filled in; KeyError for a text that does not exist."""
        return Markup(escape(self.all[key])).format(**values)  # noqa: S704  # escaped, as are the values

    def count(self, key: str, count: int) -> Markup:
        """A text that counts: one thing, or another number of them."""
        return self.say(f"{key}.{'one' if count == 1 else 'other'}", count=f"{count:,}")

    def globals(self) -> dict[str, Any]:
        """What a template needs to speak this language."""
        return {"lang": self.lang, "texts": self.all, "say": self.say, "count": self.count}


def texts_for(request: Request) -> Texts:
    """The language of `?lang=`, else the first of the browser's that there is, else English."""
    asked = request.query_params.get("lang", "")
    accepted = by_preference(request.headers.get("accept-language", ""))
    return Texts(next((lang for lang in (asked, *accepted) if lang in CATALOGUES), FIRST))


def by_preference(header: str) -> list[str]:
    """The languages of an `Accept-Language` header, the most wanted first; regions and broken parts are left out."""
    found: list[tuple[float, str]] = []
    for part in header.split(","):
        name, _, weight = part.partition(";")
        try:
            found.append((float(weight.strip().removeprefix("q=") or 1), name.strip().lower().partition("-")[0]))
        except ValueError:
            continue
    return [name for _, name in sorted(found, key=lambda one: -one[0])]

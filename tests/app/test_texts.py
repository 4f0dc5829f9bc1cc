"""The catalogues say the same things in every language, and every text that is asked for exists."""

import re

import pytest
from fastapi.testclient import TestClient

from app.paths import STATIC, TEMPLATES
from app.texts import CATALOGUES, FIRST

PLACES = re.compile(r"\{(\w+)\}")
SAID = re.compile(r"""\bsay\(\s*["']([^"'$]+)["']""")
COUNTED = re.compile(r"""\b(?:sayCount|count)\(\s*["']([^"'$]+)["']""")
WRITTEN = [*(STATIC / "js").rglob("*.js"), *TEMPLATES.glob("*.html")]


@pytest.mark.parametrize("lang", sorted(CATALOGUES))
def test_a_catalogue_has_every_text_with_the_same_places(lang: str) -> None:
    first, other = CATALOGUES[FIRST], CATALOGUES[lang]
    assert other.keys() == first.keys()
    assert {key: set(PLACES.findall(text)) for key, text in other.items()} == {
        key: set(PLACES.findall(text)) for key, text in first.items()
    }
    assert all(text.strip() for text in other.values())


def test_every_text_that_is_asked_for_exists() -> None:
    written = "\n".join(path.read_text("utf-8") for path in WRITTEN)
    asked = {key for key in SAID.findall(written) if not key.endswith(".")}
    counted = {f"{key}.{number}" for key in COUNTED.findall(written) for number in ("one", "other")}
    assert len(asked) > 20
    assert asked | counted <= CATALOGUES[FIRST].keys()


@pytest.mark.parametrize(
    ("query", "header", "lang"),
    [
        ("", "", FIRST),
        ("", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("", "fr;q=0.9, en;q=0.2, de;q=0.5", "de"),
        ("", "fr,*;q=0.1", FIRST),
        ("", "de;q=x,,;q=", FIRST),
        ("?lang=de", "en", "de"),
        ("?lang=xx", "de", "de"),
        ("?lang=../../etc", "", FIRST),
    ],
)
def test_the_page_speaks_what_is_asked_for(client: TestClient, query: str, header: str, lang: str) -> None:
    wanted = lang if lang in CATALOGUES else FIRST
    answer = client.get(f"/{query}", headers={"accept-language": header})
    assert f'<html lang="{wanted}">' in answer.text
    assert "Accept-Language" in answer.headers["vary"]

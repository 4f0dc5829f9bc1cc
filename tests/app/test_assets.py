"""The files of the page: those and no others, for good under an address that changes with them."""

import gzip
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import assets
from app.assets import FOLDERS, MEDIA_TYPES, PREFIX
from app.paths import STATIC
from tests.each import each

EDITION = assets.load(STATIC, "1").edition


def write(root: Path, files: dict[str, str]) -> assets.Assets:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return assets.load(root, "1.2.3")


def test_only_what_a_page_may_load_is_there(tmp_path: Path) -> None:
    found = write(
        tmp_path,
        {
            "js/main.js": "1",
            "js/views/a.js": "2",
            "vendor/d3.js": "3",
            "css/a.css": "4",
            "package.json": "{}",
            "node_modules/x/index.js": "5",
            "src/d3.js": "6",
            "js/types.d.ts": "7",
            "js/.env": "8",
            ".npmrc": "9",
        },
    )
    assert sorted(found.files) == ["css/a.css", "js/main.js", "js/views/a.js", "vendor/d3.js"]


def test_the_edition_changes_with_a_file_its_name_and_the_version(tmp_path: Path) -> None:
    editions = [
        write(tmp_path / str(n), files).edition
        for n, files in enumerate([{}, {"js/a.js": ""}, {"js/b.js": ""}, {"js/a.js": "1"}])
    ]
    assert len(set(editions)) == 4
    assert all(edition.startswith("1.2.3-") for edition in editions)
    assert assets.load(tmp_path / "1", "1.2.3").edition == editions[1]
    assert assets.load(tmp_path / "1", "1.2.4").edition != editions[1]


def test_the_address_of_a_file_that_does_not_exist_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write(tmp_path, {}).url("js/main.js")


@each("path", list(assets.load(STATIC, "").files))
def test_a_file_is_sent_as_it_is_and_for_good(client: TestClient, path: str) -> None:
    address = client.app.state.services.assets.url(path)  # type: ignore[attr-defined]  # it is FastAPI's
    for encoding in ("identity", "gzip"):
        response = client.get(address, headers={"Accept-Encoding": encoding})
        assert response.status_code == 200
        assert response.content == (STATIC / path).read_bytes()
        assert response.headers["content-type"] == MEDIA_TYPES[Path(path).suffix]
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert ("content-encoding" in response.headers) <= (encoding == "gzip")
        assert response.headers.get("vary", "Accept-Encoding") == "Accept-Encoding"


def test_what_packs_well_is_packed(tmp_path: Path) -> None:
    text = "export const a = 1;\n" * 200
    found = write(tmp_path, {"js/long.js": text, "js/short.js": "1"}).files
    assert found["js/short.js"].packed is None
    packed = found["js/long.js"].packed
    assert packed is not None
    assert len(packed) < len(text) / 10
    assert gzip.decompress(packed).decode() == text


@pytest.mark.parametrize(
    "path",
    [
        "package.json",
        "../pyproject.toml",
        "%2e%2e/pyproject.toml",
        "js/../package.json",
        "js%2f..%2fpackage.json",
        "/etc/passwd",
        "js",
        "",
    ],
)
def test_nothing_else_can_be_asked_for(client: TestClient, path: str) -> None:
    edition = client.app.state.services.assets.edition  # type: ignore[attr-defined]
    assert client.get(f"{PREFIX}/{edition}/{path}").status_code == 404


def test_every_folder_is_one_of_the_pages() -> None:
    assert {Path(path).parts[0] for path in assets.load(STATIC, "").files} <= set(FOLDERS)


def test_a_tab_has_a_picture_and_crawlers_have_a_rule(client: TestClient) -> None:
    assert client.get("/favicon.ico").headers["content-type"] == "image/svg+xml"
    assert "Disallow: /api/" in client.get("/robots.txt").text

"""The documents say what is true: their snippets run, their answers are fresh, their links lead somewhere."""

import doctest
import re
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import orjson
import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from engine.document import run
from tests.app.serving import serving
from tests.docs.blocks import BLOCKS
from tests.docs.commands import SERVICE, planned, pretty, service, shortened
from tests.docs.documents import DOCUMENTS, Link, Snippet, anchors, filled, links, relative, snippets
from tests.docs.files import FILES
from tests.docs.picture import MOST_BYTES, PICTURES
from tests.each import each
from tests.invariants.layers import APP, ENGINE
from tests.invariants.sources import ROOT, javascript_files

MAP = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
SNIPPETS = [(path, snippet) for path in DOCUMENTS for snippet in snippets(path.read_text("utf-8"))]
ADDRESS = re.escape(SERVICE) + r"[^\s\"<>)]*"
LINKS = [(path, link) for path in DOCUMENTS for link in links(path.read_text("utf-8"))]


def named(value: object) -> str:
    return relative(value) if isinstance(value, Path) else "-".join(re.findall(r"\w+", str(value))[:8])


def of(*languages: str) -> list[tuple[Path, str]]:
    return [(path, snippet.text) for path, snippet in SNIPPETS if snippet.language in languages]


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_no_generated_block_is_stale(path: Path) -> None:
    text = path.read_text("utf-8")
    assert filled(text, BLOCKS) == text, "`make docs` makes it anew"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_no_generated_file_is_stale(path: Path) -> None:
    assert path.read_text("utf-8") == FILES[path](), "`make docs` makes it anew"


def test_every_snippet_is_of_a_kind_that_is_tried() -> None:
    assert {snippet.language for _, snippet in SNIPPETS} <= {
        "sh",
        "pycon",
        "python",
        "program",
        "json",
        "text",
        "toml",
        "html",
        "rst",
        "md",
    }


@pytest.mark.parametrize("path", {path: None for path, _ in of("pycon")}, ids=relative)
def test_a_python_session_goes_as_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)
    text = "\n".join(text for document, text in of("pycon") if document == path)
    session = doctest.DocTestParser().get_doctest(text, {}, relative(path), str(path), 0)
    said: list[str] = []
    assert doctest.DocTestRunner().run(session, out=said.append).failed == 0, "".join(said)


@pytest.mark.parametrize(("path", "text"), of("python"), ids=named)
def test_python_runs(path: Path, text: str, request: pytest.FixtureRequest) -> None:
    if SERVICE in text:
        text = text.replace(SERVICE, request.getfixturevalue("live"))
    exec(text, {"__name__": relative(path)})  # noqa: S102  # our own document


@pytest.fixture(scope="module")
def live() -> Iterator[str]:
    """The address of a service behind a real socket."""
    with serving(create_app(Settings(workers=1, spares=0, worker_nice=0, links="off"))) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.mark.parametrize(("path", "text"), of("program"), ids=named)
def test_a_program_runs(path: Path, text: str) -> None:
    answer = run(orjson.dumps({"verb": "graph", "source": text}))
    assert answer.startswith(b"+"), f"{relative(path)}: {answer.decode()}"


@pytest.mark.parametrize("path", {path: None for path, _ in of("sh")}, ids=relative)
def test_a_command_is_known_to_make_or_quoted_with_its_answer(path: Path) -> None:
    for part in path.read_text("utf-8").split("```sh\n")[1:]:
        command, _, rest = part.partition("```")
        if command.startswith("make "):
            for line in command.splitlines():
                planned(line)
        else:
            assert "<!-- generated: answer -->" in rest, command


@each(("path", "link"), LINKS)
def test_a_link_leads_somewhere(path: Path, link: Link) -> None:
    name, _, anchor = link.address.partition("#")
    if "://" not in link.address:
        target = path.parent / name if name else path
        assert target.exists()
        assert not anchor or anchor in anchors(target.read_text("utf-8"))
        if link.words.startswith("`test_"):
            assert f"def {link.words.strip('`')}(" in target.read_text("utf-8")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with service() as client:
        yield client


def test_every_address_of_the_service_is_answered(client: TestClient) -> None:
    linked = [link.address for _, link in LINKS]
    pasted = [unescape(one) for _, text in of("html", "rst", "md", "text") for one in re.findall(ADDRESS, text)]
    addresses = {one.removeprefix(SERVICE) for one in linked + pasted if one.startswith(SERVICE)}
    edition = client.app.state.services.assets.edition  # type: ignore[attr-defined]  # an application of ours
    addresses = {one.replace("/static/embed.js", f"/static/{edition}/js/embed.js") for one in addresses}
    assert len(addresses) > 1
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def units() -> list[tuple[str, str]]:
    """What the map must name: every unit of both packages, every module and folder of the page's scripts."""
    scripts = {path.relative_to(ROOT / "static" / "js").parts[0].partition(".")[0] for path in javascript_files()}
    tables = {"engine": ENGINE.keys(), "app": APP.keys(), "static/js": scripts}
    listed = [(folder, unit) for folder, names in tables.items() for unit in sorted(names - {"__init__"})]
    return [
        (folder, unit) for folder, unit in listed if [*(ROOT / folder).glob(f"{unit}.*"), *(ROOT / folder).glob(unit)]
    ]


@each(("folder", "unit"), units())
def test_the_map_names_every_unit(folder: str, unit: str) -> None:
    section = MAP.partition(f"### `{folder}/`")[2].partition("\n### ")[0]
    assert f"`{unit}`" in section or f"`{unit}/`" in section


def test_the_guide_names_every_target_of_make() -> None:
    (targets,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert not [target for target in targets.split() if f"`make {target}`" not in GUIDE]


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_a_file_that_is_named_exists(path: Path) -> None:
    names = re.findall(r"`((?:app|docs|engine|static|templates|tests)/[\w./]*)`", path.read_text("utf-8"))
    assert not [name for name in names if not (ROOT / name).exists()]


@pytest.mark.parametrize("picture", PICTURES, ids=relative)
def test_a_picture_is_a_small_png_and_shown(picture: Path) -> None:
    image = picture.read_bytes()
    assert image.startswith(b"\x89PNG")
    assert len(image) <= MOST_BYTES
    assert picture in {path.parent / link.address for path, link in LINKS}


def test_a_block_is_filled_from_what_stands_before_it() -> None:
    document = "one\n<!-- generated: x -->\nold\n<!-- end -->\ntwo\n<!-- generated: x -->\n<!-- end -->\n"
    blocks: dict[str, Callable[[str], str]] = {"x": lambda before: str(len(before.split()))}
    once = filled(document, blocks)
    assert "old" not in once
    assert filled(once, blocks) == once
    with pytest.raises(KeyError):
        filled(document, {})


def test_snippets_and_links_are_found() -> None:
    text = "# The *one* way\n\n```sh\nls [a](b)\n```\n\n[`c`](d.md#e) ![f](g.png)\n"
    assert snippets(text) == [Snippet("sh", "ls [a](b)\n")]
    assert links(text) == [Link("`c`", "d.md#e"), Link("f", "g.png")]
    assert anchors(text) == {"the-one-way"}


def test_long_texts_are_cut() -> None:
    document = {"a": ["b" * 140, "c" * 141], "d": 1.0}
    assert shortened(document) == {"a": ["b" * 140, "c" * 140 + "…"], "d": 1.0}


def test_json_is_broken_only_where_it_is_long() -> None:
    assert pretty({"a": [1, 2]}) == '{"a": [1, 2]}'
    long = {"b": "c" * 200}
    assert pretty({"a": [long]}) == '{\n  "a": [\n    ' + pretty(long) + "\n  ]\n}"

"""The page for frames of others: what an address says of the frame, and what oEmbed answers."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient
from markupsafe import escape

from app.embedding import PARAMETERS, PARTS, SHOWN, TASK, frame_of
from app.main import create_app
from app.routes.view import PANELS
from app.settings import Settings
from app.tasks import PARAMETERS as TASK_PARAMETERS
from app.texts import CATALOGUES
from engine.examples import EXAMPLES
from tests.app import fakes
from tests.invariants.sources import ROOT

ORIGIN = "http://testserver"
SCRIPTS = ROOT / "static" / "js"
HOSTILE = ["", " ", "-1", "<script>", "１", "1e999", "null", "\0", "x" * 8_000]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    links = tmp_path_factory.mktemp("links") / "links.db"
    settings = Settings(workers=1, worker_nice=0, links=f"sqlite:///{links}")
    with TestClient(create_app(settings, target=fakes.PAGE)) as client:
        yield client


def test_nothing_said_is_as_usual() -> None:
    frame = frame_of({})
    assert frame.ignored == ()
    assert frame.show() == SHOWN
    assert frame.values["theme"] == "auto"
    assert [frame.values[name] for name in ("toolbar", "editor", "readonly", "autoplay")] == [True, True, False, False]
    assert [frame.values[name] for name in ("step", "lang", "height", "layout", "predict")] == [None] * 5


@pytest.mark.parametrize(
    ("text", "value"), [("0", False), ("false", False), ("1", True), ("true", True), ("TRUE", True), ("", True)]
)
def test_a_switch_has_all_its_spellings(text: str, value: bool) -> None:  # noqa: FBT001  # a column of the table
    assert frame_of({"readonly": text, "toolbar": text}).values["readonly"] is value


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"show": "graph"}, ("graph",)),
        ({"show": "table, code"}, ("code", "table")),
        ({"show": ",".join(PARTS)}, PARTS),
        ({"show": "code,graph", "editor": "0"}, ("graph",)),
        ({"show": "graph", "predict": "grad"}, ("graph", TASK)),
    ],
)
def test_parts_are_shown_in_the_order_of_the_page(query: dict[str, str], shown: tuple[str, ...]) -> None:
    assert frame_of(query).show() == shown


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_form_of_a_parameter_is_left_out_and_named(text: str) -> None:
    usual = frame_of({})
    frame = frame_of({one.name: text for one in PARAMETERS})
    understood = {"readonly", "toolbar", "editor", "autoplay"} if text == "" else set()
    assert set(frame.ignored) == {one.name for one in PARAMETERS} - understood
    assert {name: frame.values[name] for name in frame.ignored} == {name: usual.values[name] for name in frame.ignored}


def test_numbers_have_bounds() -> None:
    assert frame_of({"height": "80"}).values["height"] == 80
    assert frame_of({"height": "79"}).ignored == frame_of({"height": "10001"}).ignored == ("height",)
    assert frame_of({"step": "999999999"}).values["step"] == 999_999_999


def test_what_is_not_known_is_for_later_versions() -> None:
    assert frame_of({"sound": "1"}) == frame_of({})


def test_the_element_takes_all_that_an_address_may_say() -> None:
    listed = set(re.findall(r'"(\w+)"', _list("embed.js", "ATTRIBUTES")))
    situation = set(re.findall(r'take\("(\w+)"', (SCRIPTS / "url.js").read_text("utf-8")))
    assert listed == {one.name for one in PARAMETERS} | situation | set(TASK_PARAMETERS) | {"source", "example", "v"}


def test_the_page_has_the_panels_that_links_have() -> None:
    assert tuple(re.findall(r'"(\w+)"', _list("url.js", "PANELS"))) == PANELS


def _list(script: str, name: str) -> str:
    text = (SCRIPTS / script).read_text("utf-8")
    return text[text.index(f"{name} = [") : text.index("];" if "].flat" not in text else "].flat", text.index(name))]


def test_a_frame_has_nothing_around_the_page(page: TestClient) -> None:
    text = page.get("/embed", params={"source": "x = 12345"}).text
    assert "x = 12345" in text
    assert "<desc>9</desc>" in text
    for part in ("masthead", 'id="keys"', 'id="tour"', 'id="example"'):
        assert part not in text
    assert 'href="/?source=x+%3D+12345"' in text
    assert 'id="whole"' not in page.get("/embed", params={"toolbar": "0"}).text


@pytest.mark.parametrize("lang", CATALOGUES)
def test_what_is_left_out_is_said_in_the_page_itself(page: TestClient, lang: str) -> None:
    response = page.get("/embed", params={"theme": "<script>alert(1)</script>", "height": "-1", "lang": lang})
    assert response.status_code == 200
    note = re.search(r'<p id="note"[^>]*>([^<]*)</p>', response.text)
    assert note
    assert note[0].startswith('<p id="note" class="note" role="status">')
    assert note[1] == CATALOGUES[lang]["url.ignored"].format(names="theme, height")
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_holds_before_any_script_runs(page: TestClient, theme: str) -> None:
    assert f'data-theme="{theme}"' in page.get("/embed", params={"theme": theme}).text
    assert "data-theme" not in page.get("/embed", params={"theme": "auto"}).text


def test_a_frame_loads_only_files_that_exist_and_runs_none_of_its_own(page: TestClient) -> None:
    text = page.get("/embed", params={"show": ",".join(PARTS)}).text
    for address in re.findall(r'(?:src|href)="(/static[^"]*)"', text):
        assert page.get(address).status_code == 200, address
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    assert re.findall(r'<script(?![^>]*src=)(?![^>]*type="application/json")', text) == []


def test_a_link_that_does_not_exist_still_gets_a_page(page: TestClient) -> None:
    response = page.get("/embed/nosuchlink")
    assert response.status_code == 404
    assert "There is no such link" in response.text
    assert f"<desc>{len(EXAMPLES[0].source)}</desc>" in response.text


def test_the_element_is_at_an_address_that_stays(page: TestClient) -> None:
    response = page.get("/static/embed.js")
    assert response.content == (SCRIPTS / "embed.js").read_bytes()
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cache-control"] == "public, max-age=3600"


def asked(page: TestClient, url: str, **more: str | int) -> dict[str, str | int]:
    response = page.get(f"/oembed?{urlencode({'url': url, **more})}")
    assert response.status_code == 200, response.text
    found: dict[str, str | int] = response.json()
    return found


@pytest.mark.parametrize(
    ("path", "framed"),
    [
        ("", "/embed"),
        ("/", "/embed"),
        ("/?source=a%20%3D%202.0&step=1", "/embed?source=a%20%3D%202.0&step=1"),
        ("/embed?theme=dark", "/embed?theme=dark"),
        ("/?source=\"'<>", "/embed?source=%22'%3C%3E"),
        ("/?source=ü#x", "/embed?source=%C3%BC"),
    ],
)
def test_an_address_of_ours_is_answered_with_its_frame(page: TestClient, path: str, framed: str) -> None:
    found = asked(page, ORIGIN + path)
    assert (found["version"], found["type"], found["provider_url"]) == ("1.0", "rich", ORIGIN)
    html = str(found["html"])
    assert html.startswith(f'<iframe src="{escape(ORIGIN + framed)}" title="')
    assert html.count("<") == 2


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "//testserver/",
        "https://testserver/",
        "http://testserver:81/",
        "http://testserver.example/",
        "http://example.org/?http://testserver/",
        "http://testserver@example.org/",
        "http://example.org@testserver/",
        "http://testserver\\@example.org/",
        "http://[/",
        "http://testserver/\n",
        "file:///etc/passwd",
        "http://testserver/api/v1/ops",
        "http://testserver/learn",
        "http://testserver/z/nosuchlink",
        "http://testserver/embed/nosuchlink",
        "http://testserver/z/../embed",
    ],
)
def test_for_any_other_address_there_is_nothing(page: TestClient, url: str) -> None:
    response = page.get("/oembed", params={"url": url})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_a_short_link_is_framed_by_its_name(page: TestClient) -> None:
    made = page.post("/api/v1/links", json={"source": "L = 2.0"})
    assert made.status_code in (200, 201), made.text
    name = made.json()["id"]
    for path in (f"/z/{name}", f"/embed/{name}"):
        assert f'src="{ORIGIN}/embed/{name}"' in str(asked(page, ORIGIN + path)["html"])
    locked = page.post("/api/v1/links", json={"source": "L = 2.0", "locks": ["source"]}).json()["id"]
    assert "readonly" in page.get(f"/embed/{locked}").text
    assert f'href="/z/{name}?step=1"' in page.get(f"/embed/{name}?step=1&theme=dark").text


@pytest.mark.parametrize(
    ("room", "size"), [({}, (800, 480)), ({"maxwidth": 300}, (300, 480)), ({"maxheight": 1}, (800, 1))]
)
def test_a_frame_fits_the_room_there_is(page: TestClient, room: dict[str, int], size: tuple[int, int]) -> None:
    found = asked(page, ORIGIN, **room)
    assert (found["width"], found["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in str(found["html"])


def test_xml_says_the_same(page: TestClient) -> None:
    url = f"{ORIGIN}/?source={quote('<a> & ]]>')}"
    response = page.get(f"/oembed?{urlencode({'url': url, 'format': 'xml'})}")
    assert response.headers["content-type"].startswith("text/xml")
    tree = ET.fromstring(response.content)  # noqa: S314  # our own answer
    assert {part.tag: part.text for part in tree} == {name: str(value) for name, value in asked(page, url).items()}


def test_other_formats_are_not_given(page: TestClient) -> None:
    assert page.get("/oembed", params={"url": ORIGIN, "format": "yaml"}).status_code == 501


@pytest.mark.parametrize("room", ["0", "-1", "x", "1e9"])
def test_room_that_is_none_is_refused(page: TestClient, room: str) -> None:
    assert page.get("/oembed", params={"url": ORIGIN, "maxwidth": room}).status_code == 422


@pytest.mark.parametrize("path", ["/", "/embed", "/?source=a%20%3D%202.0%26"])
def test_a_page_says_in_its_head_where_that_is_answered(page: TestClient, path: str) -> None:
    head = page.get(path).text.split("</head>")[0]
    links = dict(re.findall(r'type="(\w+/\w+)\+oembed" href="([^"]*)"', head))
    assert links.keys() == {"application/json", "text/xml"}
    assert head.index("oembed") < 1_500
    for media_type, href in links.items():
        response = page.get(href.replace("&amp;", "&").removeprefix(ORIGIN))
        assert response.headers["content-type"].startswith(media_type)
        assert escape(path.removeprefix("/embed").removeprefix("/")) in response.text


def test_a_host_that_is_none_is_not_repeated(page: TestClient) -> None:
    text = page.get("/", headers={"Host": '"><script>'}).text
    assert "oembed" not in text


def test_the_operator_says_where_others_reach_it(tmp_path: Path) -> None:
    links = f"sqlite:///{tmp_path / 'links.db'}"
    settings = Settings(workers=1, worker_nice=0, links=links, public_url="https://play.example")
    with TestClient(create_app(settings, target=fakes.PAGE)) as client:
        assert 'href="https://play.example/oembed?' in client.get("/").text
        found = json.loads(client.get("/oembed", params={"url": "https://play.example/"}).text)
        assert 'src="https://play.example/embed"' in found["html"]
        assert client.get("/oembed", params={"url": ORIGIN}).status_code == 404

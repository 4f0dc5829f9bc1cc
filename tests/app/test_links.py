"""Links over HTTP: made, opened in every form, given up; and what is said where one cannot be opened."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Update, delete, update

from app.links.state import LinkState
from app.links.store import DAY, Store
from app.links.tables import HOLDS, LINKS
from app.main import create_app
from app.routes.links import LinkDocument, MadeLink
from app.settings import OFF, Settings
from app.texts import CATALOGUES
from tests.app.problems import check

PROGRAM = "a = 2.0\nb = -3.0\nL = a * b + 1.0"
STATE: dict[str, Any] = {"source": PROGRAM, "inputs": {"a": 4.0}, "step": 2, "panel": "ledger", "expand": ["x"]}
HOSTILE = 'a = Value(2.0, label="</script><script>alert(1)</script>")\nL = a * 2.0 # "><img src=x onerror=alert(1)>'
REASONS = ("no-link", "expired", "links-away", "link-broken")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service that keeps links for a month."""
    path = tmp_path_factory.mktemp("links") / "links.db"
    settings = Settings(workers=1, spares=0, worker_nice=0, links=f"sqlite:///{path}", links_days=30)
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture(scope="module")
def store(site: TestClient) -> Store:
    kept: Store = site.app.state.services.links._store  # type: ignore[attr-defined]
    return kept


def made(site: TestClient, **said: object) -> dict[str, Any]:
    """A link to this state."""
    answer = site.post("/api/v1/links", json={"source": PROGRAM, **said})
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


def changed(store: Store, statement: Update) -> None:
    with store._engine.begin() as connection:
        assert connection.execute(statement).rowcount == 1


def link_in(page: str) -> dict[str, Any]:
    """What the page's script is told of the link."""
    found = re.search(r'<script type="application/json" id="link">(.*?)</script>', page)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_a_link_is_made_once_and_held_by_whoever_makes_it(site: TestClient) -> None:
    first, second = (site.post("/api/v1/links", json=STATE) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    one, other = (MadeLink.model_validate_json(answer.content) for answer in (first, second))
    assert (one.id, one.url) == (other.id, other.url)
    assert one.url == first.headers["location"] == f"http://testserver/z/{one.id}"
    assert one.token != other.token
    assert "no-store" in first.headers["cache-control"]
    for token, gone in ((one.token, False), (other.token, True)):
        answer = site.delete(f"/api/v1/links/{one.id}", headers={"Authorization": f"Bearer {token}"})
        assert answer.json() == {"gone": gone}
    check(site.get(f"/api/v1/links/{one.id}"), "no-link")


def test_a_link_tells_what_it_holds(site: TestClient) -> None:
    link = LinkDocument.model_validate_json(site.get(f"/api/v1/links/{made(site, **STATE)['id']}").content)
    assert link.state == LinkState.model_validate_json(json.dumps(STATE))
    assert (link.ignored, link.changed) == ([], False)
    assert link.expires is not None
    assert link.made < link.expires


def test_a_wrong_program_can_be_shared(site: TestClient) -> None:
    link = made(site, source="y = tahn(0.5)")
    page = site.get(f"/z/{link['id']}")
    assert page.status_code == 200
    assert "tanh" in page.text
    assert "og:title" in page.text
    assert "og:image" not in page.text
    assert site.get(f"/z/{link['id']}.txt").text == "y = tahn(0.5)"
    check(site.get(f"/z/{link['id']}.svg"), "program")


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer x", "Basic eDp5", "Bearer " + "x" * 5_000])
def test_only_a_token_of_its_own_gives_a_link_up(site: TestClient, header: str) -> None:
    link = made(site)
    check(site.delete(f"/api/v1/links/{link['id']}", headers={"Authorization": header}), "token")
    check(site.delete("/api/v1/links/nothing", headers={"Authorization": f"Bearer {link['token']}"}), "no-link")
    assert site.get(f"/z/{link['id']}").status_code == 200


def test_the_page_opens_where_the_link_was_made(site: TestClient) -> None:
    link = made(site, **STATE)
    page = site.get(f"/z/{link['id']}")
    assert page.headers["x-robots-tag"] == "noindex"
    told = link_in(page.text)
    assert told["id"] == link["id"]
    assert STATE.items() <= told["state"].items()
    answer = json.loads(re.search(r'id="answer">(.*?)</script>', page.text)[1])  # type: ignore[index]
    inputs = {node["key"]: node["data"] for node in answer["document"]["nodes"] if node["key"]}
    assert inputs["a"] == 4.0
    assert "<noscript>" in page.text
    assert page.text.count('<aside class="notes"') == 0


def test_a_link_in_every_form(site: TestClient) -> None:
    link = made(site, **STATE)
    where = f"/z/{link['id']}"
    text = site.get(f"{where}.txt")
    assert text.text == PROGRAM
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    graph = site.get(f"{where}.json")
    assert (
        graph.json()["graph"]
        == site.post("/api/v1/graph", json={"source": PROGRAM, "inputs": {"a": 4.0}}).json()["graph"]
    )
    picture = site.get(f"{where}.svg")
    assert picture.text.startswith("<svg")
    assert site.get(f"{where}.svg", headers={"If-None-Match": picture.headers["etag"]}).status_code == 304
    painted = site.get(f"{where}.png")
    assert painted.headers["content-type"] == "image/png"
    assert painted.content.startswith(b"\x89PNG")
    for answer in (text, graph, picture, painted):
        assert "content-disposition" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert answer.headers["x-robots-tag"] == "noindex"
    frame = site.get(f"{where}/embed?theme=dark", follow_redirects=False)
    assert (frame.status_code, frame.headers["location"]) == (307, f"/embed/{link['id']}?theme=dark")
    check(site.get(f"{where}.exe"), "not-found")


def test_the_code_holds_the_short_address(site: TestClient) -> None:
    """The drawing is the library's, whose codes were read by another; here only its size says what it holds."""
    code = site.get(f"/z/{made(site)['id']}/qr.svg")
    assert code.headers["content-type"] == "image/svg+xml"
    side = 4 * (29 + 2 * 4)  # 32 bytes at level M are version 3: 29 modules, with 4 of margin on each side
    assert code.text.startswith(f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}"')


def test_a_pasted_link_shows_its_graph(site: TestClient) -> None:
    link = made(site)
    page = site.get(f"/z/{link['id']}").text
    said = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">', page))
    assert said["og:title"] == "L = -5"
    assert said["og:description"] == "a = 2.0 b = -3.0 L = a * b + 1.0"
    assert said["og:url"] == link["url"]
    assert said["og:image"] == f"{link['url']}.png"
    assert said["twitter:card"] == "summary_large_image"
    assert 'property="og:' not in site.get("/").text


def test_what_a_program_says_is_text_wherever_a_link_shows_it(site: TestClient) -> None:
    link = made(site, source=HOSTILE, inputs={"</script>": 1.0}, expand=["<script>alert(1)</script>"])
    page = site.get(f"/z/{link['id']}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert link_in(page)["state"]["source"] == HOSTILE
    text = site.get(f"/z/{link['id']}.txt")
    assert text.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ['x"><script>alert(1)</script>', "a b", "x/y", "x@y", "[", "", "x" * 3_000])
def test_a_host_that_is_none_gets_into_no_address(site: TestClient, host: str) -> None:
    for path in (f"/z/{made(site)['id']}", f"/z/{made(site)['id']}/qr.svg"):
        assert "<script>alert" not in site.get(path, headers={"Host": host}).text
        check(site.get(path, headers={"Host": host}), "host", path)


def test_a_link_with_a_task_does_not_tell_its_numbers(site: TestClient) -> None:
    link = made(site, task={"hide": "grad"})
    page = site.get(f"/z/{link['id']}").text
    assert "og:image" not in page
    assert "L = -5" not in page
    for form in ("json", "svg", "png"):
        check(site.get(f"/z/{link['id']}.{form}"), "not-found")


@pytest.mark.parametrize("path", ["/z/{}", "/z/{}.txt", "/z/{}.json", "/z/{}.svg", "/z/{}/qr.svg", "/api/v1/links/{}"])
@pytest.mark.parametrize("name", ["aaaaaaaaaa", "x" * 52, "%00", "..%2f..%2fetc", "😀", "AAAAAAAAAA"])
def test_an_unknown_name_is_not_found(site: TestClient, path: str, name: str) -> None:
    answer = site.get(path.format(name))
    assert answer.status_code == 404
    if path == "/z/{}" and name == "aaaaaaaaaa":
        assert CATALOGUES["en"]["link.no-link"] in answer.text


def test_an_expired_link_is_gone_and_opens_again_when_it_is_made_again(site: TestClient, store: Store) -> None:
    link = made(site, source="a = 11.0")
    old = update(LINKS).where(LINKS.c.id == link["id"]).values(renewed=LINKS.c.renewed - 30 * DAY)
    changed(store, old)
    check(site.get(f"/api/v1/links/{link['id']}"), "expired")
    check(site.get(f"/z/{link['id']}.txt"), "expired")
    page = site.get(f"/z/{link['id']}?lang=de")
    assert page.status_code == 410
    assert CATALOGUES["de"]["link.expired"] in page.text
    assert made(site, source="a = 11.0")["id"] == link["id"]
    assert site.get(f"/z/{link['id']}").status_code == 200


def test_a_broken_state_is_a_note_on_the_page(site: TestClient, store: Store) -> None:
    link = made(site, source="a = 12.0")
    row = update(LINKS).where(LINKS.c.id == link["id"])
    changed(store, row.values(state=b'{"source":"a = 12.0","version":1,"panel":"<b>","mood":"good"}'))
    page = site.get(f"/z/{link['id']}")
    assert page.status_code == 200
    assert CATALOGUES["en"]["link.ignored"].format(names="mood, panel") in page.text
    assert site.get(f"/api/v1/links/{link['id']}").json()["ignored"] == ["mood", "panel"]
    changed(store, row.values(state=b"\xff{"))
    page = site.get(f"/z/{link['id']}")
    assert page.status_code == 500
    assert CATALOGUES["en"]["link.link-broken"] in page.text
    check(site.get(f"/api/v1/links/{link['id']}"), "link-broken")


def test_a_link_says_if_a_newer_engine_answers_differently(site: TestClient, store: Store) -> None:
    link, said = made(site, source="a = 13.0"), CATALOGUES["en"]["link.changed"]
    row = update(LINKS).where(LINKS.c.id == link["id"])

    def seen() -> str:
        page = site.get(f"/z/{link['id']}").text
        return page.partition("<body")[2].partition('<script type="application/json"')[0]

    assert said not in seen()
    changed(store, row.values(edition="another"))
    assert said not in seen()
    assert site.get(f"/api/v1/links/{link['id']}").json()["changed"] is False
    changed(store, row.values(answer="another"))
    assert said in seen()
    assert site.get(f"/api/v1/links/{link['id']}").json()["changed"] is True


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({}, "request"),
        ({"source": 1}, "request"),
        ({"source": "a = 1.0", "strange": 1}, "request"),
        ({"source": "a = 1.0", "version": 2}, "request"),
        ({"source": "a = 1.0", "version": True}, "request"),
        ({"source": "x" * 70_000}, "request"),
        ({"source": "a = 1.0", "step": -1}, "request"),
        ({"source": "a = 1.0", "inputs": {"a": "1"}}, "request"),
        ({"source": "a = 1.0", "task": {"hide": "all"}}, "request"),
    ],
)
def test_what_is_no_state_is_refused(site: TestClient, said: dict[str, object], kind: str) -> None:
    check(site.post("/api/v1/links", json=said), kind, "/api/v1/links")


def test_nothing_about_whoever_makes_a_link_is_kept(site: TestClient, store: Store) -> None:
    who = {"User-Agent": "agent-of-a-person", "X-Forwarded-For": "203.0.113.7", "Cookie": "name=person"}
    site.post("/api/v1/links", json={"source": "a = 14.0"}, headers=who)
    with store._engine.connect() as connection:
        rows = [str(row) for table in (LINKS, HOLDS) for row in connection.execute(table.select())]
    assert rows
    assert not re.search("agent|203|person|testserver", "".join(rows))
    assert {column.name for column in (*LINKS.c, *HOLDS.c)} == {
        "id", "digest", "state", "answer", "edition", "made", "renewed", "link", "token",
    }  # fmt: skip


def test_every_reason_has_a_sentence_in_every_language() -> None:
    for catalogue in CATALOGUES.values():
        assert all(catalogue[f"link.{reason}"] for reason in REASONS)


def test_a_service_without_links_says_so_and_offers_none() -> None:
    with TestClient(create_app(Settings(workers=1, spares=0, worker_nice=0, links=OFF))) as client:
        for answer in (
            client.post("/api/v1/links", json=STATE),
            client.get("/api/v1/links/abc"),
            client.get("/z/a.txt"),
        ):
            assert "keeps no short links" in check(answer, "no-link").detail
        assert client.get("/z/abc").status_code == 404
        assert client.get("/").status_code == 200


def test_the_clock_starts_anew_when_a_link_is_made_again(site: TestClient, store: Store) -> None:
    link = made(site, source="a = 15.0")
    changed(store, update(LINKS).where(LINKS.c.id == link["id"]).values(renewed=1, made=1))
    check(site.get(f"/api/v1/links/{link['id']}"), "expired")
    again = made(site, source="a = 15.0")
    assert again["id"] == link["id"]
    assert again["expires"] >= link["expires"]
    with store._engine.begin() as connection:
        connection.execute(delete(HOLDS).where(HOLDS.c.link == link["id"]))

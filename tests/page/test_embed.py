"""The page in frames of others: what the share dialog gives is pasted into a page of a second origin, and works."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal
from urllib.request import urlopen

import pytest
from docutils.core import publish_parts
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Frame, Page, expect

from tests.app.serving import until
from tests.node import node
from tests.page.axe import violations
from tests.page.conftest import ANSWERED
from tests.page.elsewhere import COEP, Elsewhere, elsewhere

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
Look = Callable[..., Page]

PROGRAM = 'a = 2.0\nb = -3.0  # "<&>" (ü)\n\nL = a * b'
KINDS = ("link", "short", "iframe", "element", "markdown", "myst", "rst", "notion", "png")
DIALOG = "dialog.share"
SANDBOX = re.compile(r'sandbox="[^"]*"')
USUAL = (ANSWERED, "An iframe which has both allow-scripts and allow-same-origin")  # of another origin it is safe
HIGH = 4_000  # pixels: frames far below load when they are scrolled to
SCHEMES = {"light": "rgb(248, 247, 245)", "dark": "rgb(20, 18, 24)"}
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((320, "dark"), (320, "light"), (800, "light"), (800, "dark"))
LOOKS_SO = """(color) => getComputedStyle(document.documentElement).backgroundColor === color
    && document.documentElement.scrollWidth <= innerWidth"""


@pytest.fixture(scope="module")
def host() -> Iterator[Elsewhere]:
    with elsewhere() as served:
        yield served


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Visits the other origin; what it has loaded once stays in its cache."""
    with browser.new_context() as context:
        yield context


@pytest.fixture
def look(visitor: BrowserContext, complaints: list[str]) -> Iterator[Look]:
    """Opens a page of the other origin; its console and those of its frames must stay silent.

    Each test has a page of its own: what a frame told the page before may still arrive in the next one.
    """
    page = visitor.new_page()

    def complain(said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and not said.text.startswith(USUAL):
            complaints.append(said.text)

    def opened(address: str, width: int = 800, scheme: Literal["light", "dark"] = "light") -> Page:
        page.set_viewport_size({"width": width, "height": HIGH})
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        return page

    page.on("console", complain)
    yield opened
    page.close()
    assert complaints == []


def lines(page: Page) -> dict[str, str]:
    """What the dialog gives, as the button copies it."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Share").click()
    dialog = page.locator(DIALOG)
    found = {}
    for kind in KINDS:
        dialog.locator(f"input[value={kind}]").check()
        if kind == "short":
            dialog.get_by_role("button", name="Make a short link").click()
        expect(dialog.locator(".seen > *")).to_have_count(1)
        dialog.locator(".copy").click()
        found[kind] = dialog.locator("pre").inner_text()
        page.wait_for_function("async (text) => await navigator.clipboard.readText() === text", arg=found[kind])
    assert "source=" in found["link"]
    return found


def pasted(found: Mapping[str, str]) -> str:
    """Each line as HTML, made by what reads it where it is pasted."""
    frames = node("myst.mjs", found["myst"])
    assert frames == [found["notion"]]
    return "".join(
        [
            f'<a href="{found["link"]}">link</a><a href="{found["short"]}">short</a>',
            found["iframe"],
            found["element"],
            MarkdownIt().render(found["markdown"]),
            publish_parts(found["rst"], writer="html")["body"],
            f'<iframe src="{found["notion"]}" title="notion" style="width:100%"></iframe>',
            f'<img src="{found["png"]}" alt="">',
        ]
    )


def works(page: Page, site: str) -> list[Frame]:
    """Wait until every frame is alive, and every picture there; the frames of ours."""
    for frame in page.frames:
        if frame.url.startswith(site):
            frame.locator("svg.graph [aria-label^='L, ']").wait_for(timeout=10_000)
            frame.locator("#inputs input[type=range]").first.wait_for(state="attached", timeout=10_000)
            expect(frame.locator("#note")).to_be_hidden()
    within = next(frame for frame in page.frames if frame.locator("img").count() and not frame.url.startswith(site))
    within.wait_for_function(
        "() => document.images.length === 2 && [...document.images].every((one) => one.naturalWidth)"
    )
    return [frame for frame in page.frames if frame.url.startswith(site)]


def test_every_line_works_where_it_is_pasted(open_page: Open, look: Look, host: Elsewhere, site: str) -> None:
    found = lines(open_page(PROGRAM))
    body = pasted(found)
    bare = host.put("/bare", body)
    host.put("/sandboxed", SANDBOX.sub('sandbox="allow-scripts"', body))
    strict = '<iframe sandbox="allow-scripts" src="/sandboxed" style="width:100%;height:3800px"></iframe>'
    sandboxed = host.put("/outside", strict)
    isolated = host.put("/isolated", body, COEP)
    for address in (bare, sandboxed, isolated):
        page = look(address, *LOOKS[0])
        frames = works(page, site)
        assert len(frames) == 4, address
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": HIGH})
            page.emulate_media(color_scheme=scheme)
            for frame in frames:
                frame.wait_for_function(LOOKS_SO, arg=SCHEMES[scheme])
        assert page.evaluate("crossOriginIsolated") == (address == isolated)
    for kind in ("link", "short"):
        page.goto(found[kind])
        expect(page.get_by_label("L, ").first).to_be_visible()
        assert page.evaluate("document.querySelector('[name=source]').value") == PROGRAM


def test_an_element_is_asked_and_tells(look: Look, host: Elsewhere, site: str) -> None:
    script = f'<script type="module" src="{site}/static/embed.js?upgrade"></script>'
    block = '<pre><code class="language-autograd">a = 2.0\nL = a * a\n</code></pre>'
    listen = """<script type="module">
        await customElements.whenDefined('autograd-playground');
        window.told = [];
        const made = window.made = document.querySelector('autograd-playground');
        for (const name of ['change', 'step', 'error'])
            made.addEventListener(name, ({ type, detail }) => told.push([type, detail]));
    </script>"""
    page = look(host.put("/element", block + script + listen))
    page.wait_for_function("() => window.made")
    state = page.evaluate("made.getState()")
    assert (state["version"], state["source"], state["inputs"]) == (1, "a = 2.0\nL = a * a", {})
    page.evaluate("made.step(1)")
    page.evaluate("(state) => made.setState({ ...state, inputs: { a: 3 } })", state)
    assert page.evaluate("made.getState()")["inputs"] == {"a": 3}
    page.evaluate("(state) => made.setState({ ...state, source: 'L = nope' })", state)
    page.wait_for_function("() => ['change', 'step', 'error'].every((name) => told.some(([type]) => type === name))")
    told = dict(page.evaluate("told"))
    assert told["error"]["diagnostics"][0]["severity"] == "error"
    refused = page.evaluate("made.setState({ version: 2 }).then(() => 'done', (error) => error.name)")
    assert refused == "TypeError"
    frame = next(frame for frame in page.frames if frame.url.startswith(site))
    high = "made.shadowRoot.querySelector('iframe').clientHeight"
    until(lambda: page.evaluate(high) == frame.evaluate("innerHeight"), 10)


def test_who_does_not_frame_a_page_learns_nothing_of_it(look: Look, host: Elsewhere, site: str) -> None:
    """A frame beside ours and the window above both ask; the page between them was not asked to share anything."""
    host.put("/beside", "")
    middle = f'<iframe name=ours src="{site}/embed?source=secret%20%3D%201.0"></iframe><iframe src="/beside"></iframe>'
    host.put("/middle", middle)
    page = look(host.put("/above", "<iframe src='/middle'></iframe>"))
    ours = page.frame(name="ours")
    assert ours
    ours.locator("#inputs input[type=range]").first.wait_for()
    ask = "(frame) => { for (const type of ['autograd:get-state', 'autograd:set-state', 'autograd:step'])"
    ask += " frame.postMessage({ type, id: 1, step: 0, state: { version: 1, source: 'L = 6.0' } }, '*'); }"
    between = next(frame for frame in page.frames if frame.url.endswith("/middle"))
    beside = next(frame for frame in page.frames if frame.url.endswith("/beside"))
    beside.evaluate(f"() => ({ask})(parent.frames.ours)")
    page.evaluate(f"() => ({ask})(frames[0].frames.ours)")
    page.wait_for_timeout(300)
    assert beside.evaluate("heard") == page.evaluate("heard") == []
    assert "secret" not in json.dumps([one for one in between.evaluate("heard") if not isinstance(one, str)])
    assert ours.evaluate("document.querySelector('[name=source]').value") == "secret = 1.0"
    between.evaluate("frames.ours.postMessage({ type: 'autograd:get-state', id: 7 }, '*')")
    between.wait_for_function("() => heard.some(({ id, state }) => id === 7 && state.source === 'secret = 1.0')")


def test_a_height_is_told_in_the_words_of_all_who_listen(look: Look, host: Elsewhere, site: str) -> None:
    frame = f'<iframe src="{site}/embed?source=a%20%3D%202.0&height=333#?secret=k3y" height="200"></iframe>'
    page = look(host.put("/height", frame))
    page.wait_for_function("() => heard.length >= 5")
    heard = page.evaluate("heard")
    assert {"type": "autograd:height", "height": 333} in heard
    assert {"subject": "lti.frameResize", "height": 333} in heard
    assert {"message": "height", "value": 333, "secret": "k3y"} in heard
    told = json.loads(next(one for one in heard if isinstance(one, str)))
    assert (told["context"], told["height"]) == ("iframe.resize", 333)


def test_what_cannot_be_understood_is_said(open_page: Open, site: str) -> None:
    page = open_page(PROGRAM)
    page.goto(f"{site}/embed?source=L%20%3D%201.0&theme=<script>&show=nope&height=1e9&values=a&node=x")
    note = page.get_by_text("Part of the address was not understood and is left out: theme, show, height")
    expect(note.filter(visible=True)).to_contain_text("theme, show, height, values, node")
    expect(page.locator("svg.graph")).to_be_visible()


def test_a_frame_shows_what_was_asked_for(open_page: Open, site: str) -> None:
    page = open_page(PROGRAM)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/embed?source=a%20%3D%202.0&show=code,table&readonly&toolbar=0&theme=dark&autoplay=1&lang=de")
    expect(page.locator(".cm-content")).to_be_visible()
    expect(page.locator("#panel-table")).to_be_visible()
    for part in ("#picture", "#timeline", "#inputs", "#whole", ".tabs"):
        expect(page.locator(part)).to_be_hidden()
    page.locator(".cm-content").press_sequentially("x = 1\n")
    assert page.evaluate("document.querySelector('[name=source]').value") == "a = 2.0"
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.goto(f"{site}/embed?source=a%20%3D%202.0%0AL%20%3D%20a*a&editor=0&step=1")
    expect(page.locator("#program")).to_be_hidden()
    expect(page.get_by_text("1 of 3", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Open in the playground")).to_have_attribute("href", re.compile(r"step=1"))


def test_the_dialog_and_the_frame_are_for_everybody(open_page: Open, site: str) -> None:
    page = open_page(PROGRAM)
    page.get_by_role("button", name="Share").click()
    expect(page.locator(DIALOG)).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(DIALOG).get_by_role("radio", name="HTML frame")).to_be_checked()
    expect(page.locator(f"{DIALOG} .seen iframe")).to_be_visible()
    assert violations(page) == {}
    page.keyboard.press("Escape")
    expect(page.locator(DIALOG)).to_be_hidden()
    expect(page.get_by_role("button", name="Share")).to_be_focused()
    page.goto(f"{site}/embed?example=neuron")
    page.locator("#inputs input[type=range]").first.wait_for()
    assert violations(page) == {}


def test_oembed_gives_the_frame_of_the_dialog(open_page: Open, site: str) -> None:
    page = open_page(PROGRAM)
    address = page.locator("link[type='application/json+oembed']").get_attribute("href")
    with urlopen(address or "") as answer:  # noqa: S310  # our own address
        html = json.load(answer)["html"]
    assert f'src="{site}/embed?' in html
    page.get_by_role("button", name="Share").click()
    page.locator(f"{DIALOG} input[value=iframe]").check()
    line = page.locator(f"{DIALOG} pre").inner_text()
    for attribute in ("sandbox", "allow", "loading", "title"):
        found = re.search(rf' {attribute}="([^"]*)"', line)
        assert found
        assert found[0] in html

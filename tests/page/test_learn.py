"""Every chapter is walked through as a reader would: its check answered wrong, then right, then on to the next."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.course.chapter import Chapter
from app.course.check import NodeCheck, NumberCheck
from app.course.courses import COURSES, FIRST
from app.course.quantity import names
from tests.course.lint import graph_of
from tests.page.axe import violations
from tests.page.editor import program, text

pytestmark = pytest.mark.browser

COURSE = list(COURSES[FIRST].values())
PHONE = {"width": 360, "height": 740}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def reader(site: str, browser: Browser) -> Iterator[Page]:
    """One reader, who goes through the whole course."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site}/learn")
    yield page
    context.close()
    assert complaints == []


def node(page: Page, chapter: Chapter, name: str) -> Locator:
    """A node of the picture, by the name that the chapters use."""
    graph = graph_of(chapter.source)
    (place,) = (place for place, known in names(graph, chapter.source).items() if known == name)
    (label,) = (one["label"] or one["symbol"] for one in graph["nodes"] if one["id"] == place)
    return page.locator(f'g.node[aria-label^="{label}, "]').first


def answer(page: Page, chapter: Chapter, *, right: bool) -> None:
    """Do what the check asks for, or something else."""
    check = chapter.check
    form = page.locator(".check-of form")
    if isinstance(check, NumberCheck):
        wanted = check.describe(graph_of(chapter.source, check.inputs), chapter.source)["answer"]
        form.get_by_role("textbox").fill(str(wanted if right else wanted + 1_000))
    elif isinstance(check, NodeCheck):
        if right:
            node(page, chapter, check.answer).press("Enter")
        else:
            expect(form).to_contain_text("No node chosen yet")
    elif right:
        expect(page.locator(".editor.rich")).to_be_visible()
        program(page).fill(chapter.solution or "")
    form.get_by_role("button", name="Check").click()


@pytest.mark.parametrize("place", range(len(COURSE)), ids=[chapter.slug for chapter in COURSE])
def test_a_chapter_knows_whether_the_reader_got_it(reader: Page, site: str, place: int) -> None:
    chapter = COURSE[place]
    if f"/learn/{chapter.slug}" not in reader.url:
        reader.goto(f"{site}/learn/{chapter.slug}")
    expect(reader.get_by_role("heading", level=1, name=chapter.title)).to_be_visible()
    expect(text(reader)).to_have_value(re.compile(re.escape(chapter.source.strip())))
    section, verdict = reader.locator(".check-of"), reader.locator(".check-of .verdict p:visible")
    answer(reader, chapter, right=False)
    expect(verdict).to_have_class("wrong")
    expect(verdict).not_to_contain_text("Problems")
    answer(reader, chapter, right=True)
    expect(verdict).to_have_class("right")
    expect(section).to_have_class(re.compile("done"))
    assert reader.evaluate("document.documentElement.scrollWidth") <= 1280
    reader.locator(".turns a").last.click()
    expect(reader.locator(".check-of, #course").first).to_be_visible()


def test_the_contents_remember_what_is_done_until_asked_to_forget(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("link", name="The course").click()
    expect(page.locator(".tick")).to_have_count(0)
    page.evaluate(f"localStorage.setItem('autograd.learn', '{COURSE[0].slug} {COURSE[2].slug} nobody')")
    page.reload()
    expect(page.locator(".tick")).to_have_count(2)
    progress = page.locator("[data-part=progress]")
    expect(progress).to_contain_text(f"2 of {len(COURSE)}")
    expect(progress.get_by_role("link")).to_have_text(COURSE[1].title)
    page.get_by_role("button", name="Forget").click()
    expect(page.locator(".tick")).to_have_count(0)
    expect(progress).to_be_hidden()
    assert page.evaluate("localStorage.getItem('autograd.learn')") is None


def test_a_link_in_the_prose_sets_the_playground_and_the_program_can_be_put_back(open_page: Open, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/learn/backward")
    step = page.get_by_role("slider", name="Step", exact=True)
    expect(step).to_have_value("3")
    page.get_by_role("link", name="Start at the end").click()
    expect(step).to_have_value("4")
    expect(page).to_have_url(re.compile(r"/learn/backward\?example=backward&step=4"))
    again = page.get_by_role("button", name="Put the chapter's program back")
    expect(again).to_be_hidden()
    expect(page.locator(".editor.rich")).to_be_visible()
    program(page).fill("x = 3.0\ny = x*x")
    expect(page).to_have_url(re.compile(r"/learn/backward\?source="))
    expect(page.locator('g.node[aria-label^="y, "]')).to_be_visible()
    page.reload()
    expect(text(page)).to_have_value(re.compile(r"y = x\*x"))
    again.click()
    expect(text(page)).to_have_value(re.compile("L = e \\* f"))
    expect(again).to_be_hidden()


def test_a_check_says_what_it_cannot_read_and_waits_for_the_program(open_page: Open, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/learn/backward")
    verdict = page.locator(".verdict p:visible")
    page.get_by_role("textbox", name="Before you get there").fill("six")
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text("answer with a number")
    page.get_by_role("textbox", name="Before you get there").fill("12/2")
    expect(verdict).to_have_count(0)
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text("6")
    page.goto(f"{site}/learn/value")
    expect(page.locator(".editor.rich")).to_be_visible()
    program(page).fill("a = 2.0\nb = 3 * a\ny = a * b.data")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(verdict).to_have_class("right")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_in_the_course(open_page: Open, site: str, size: dict[str, int]) -> None:
    page = open_page(viewport=size)
    for path in ("/learn", "/learn/spreadsheet"):
        page.goto(site + path)
        if path != "/learn":
            page.get_by_role("button", name="Check", exact=True).click()
            expect(page.locator(".verdict p:visible")).to_have_count(1)
        assert violations(page) == {}
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_without_javascript_a_chapter_reads_and_gives_its_answer(open_page: Open, site: str) -> None:
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(f"{site}/learn/value")
    expect(page.get_by_role("heading", level=1)).to_have_text("A number that remembers")
    expect(page.locator("#picture svg")).to_be_visible()
    expect(page.get_by_role("table").locator("tbody tr")).not_to_have_count(0)
    page.locator("summary").click()
    expect(page.locator("details pre")).to_contain_text("b.data")
    expect(page.get_by_role("link", name="What you write is what is drawn")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

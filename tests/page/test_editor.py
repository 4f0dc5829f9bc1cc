"""The editor: what it completes, mends, shows beside the lines, keeps and opens; and what stays without it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.examples import EXAMPLES
from engine.ops import OPS
from tests.page.axe import violations
from tests.page.editor import marked, program, text

pytestmark = pytest.mark.browser

CHAIN = "a = 2.0\nb = -3.0\nL = a*b"
BRANCH = "a = 2.0\nif a > 5:\n    a = a * 7\nelse:\n    a = a * 3\nfor i in range(3):\n    a = a + 1\n"

Open = Callable[..., Page]


def test_an_operation_is_completed_and_explained(open_page: Open) -> None:
    page = open_page(CHAIN)
    program(page).press("Control+End")
    program(page).press_sequentially(" + sigm")
    option = page.get_by_role("option", name="sigmoid")
    expect(option).to_be_visible()
    explained = page.locator(".cm-completionInfo")
    expect(explained).to_contain_text(OPS["sigmoid"].describe()["formula"])  # type: ignore[arg-type]
    expect(explained).to_contain_text("∂/∂x")
    page.wait_for_timeout(100)  # a list that has just appeared takes no key
    program(page).press("Enter")
    expect(text(page)).to_have_value(CHAIN + " + sigmoid")


def test_a_name_of_the_program_is_completed(open_page: Open) -> None:
    page = open_page("velocity = 2.0\n")
    program(page).press("Control+End")
    program(page).press_sequentially("y = velo")
    expect(page.get_by_role("option", name="velocity")).to_be_visible()


@pytest.mark.parametrize("way", ["click", "key"])
def test_a_certain_mistake_is_mended(open_page: Open, way: str) -> None:
    page = open_page("s = '😀'\na = 2.0\nL = a * tahn(a)")
    button = page.get_by_text("Write tanh", exact=True)
    expect(button).to_be_visible()
    if way == "click":
        button.click()
    else:
        program(page).press("Control+End")
        program(page).press("Control+.")
    expect(text(page)).to_have_value("s = '😀'\na = 2.0\nL = a * tanh(a)")
    expect(page.locator(".note.error")).to_have_count(0)
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)


def test_one_undo_brings_the_program_before_an_example_back(open_page: Open) -> None:
    page = open_page(CHAIN)
    program(page).press("Control+End")
    program(page).press_sequentially("\nx = 1.0")
    page.get_by_role("combobox", name="Examples").select_option(EXAMPLES[1].name)
    expect(text(page)).to_have_value(EXAMPLES[1].source)
    program(page).press("Control+z")
    expect(text(page)).to_have_value(CHAIN + "\nx = 1.0")


def test_tab_indents_and_leaves_after_escape(open_page: Open) -> None:
    page = open_page(CHAIN)
    program(page).press("Control+Home")
    program(page).press("Tab")
    expect(text(page)).to_have_value("    " + CHAIN)
    program(page).press("Escape")
    program(page).press("Tab")
    expect(program(page)).not_to_be_focused()
    expect(text(page)).to_have_value("    " + CHAIN)
    described = program(page).evaluate(
        "area => document.getElementById(area.getAttribute('aria-describedby')).textContent"
    )
    assert "Escape" in described


def test_beside_each_line_stands_what_it_made(open_page: Open) -> None:
    page = open_page(CHAIN)
    expect(page.locator(".beside")).to_have_text(["2, grad -3", "-3, grad 2", "-6, grad 1"])
    program(page).press("Control+Home")
    program(page).press_sequentially("# first\n")
    expect(page.locator(".cm-line", has_text="b = ").locator(".beside")).to_have_text("-3, grad 2")


def test_lines_that_ran_and_did_not_and_how_often(open_page: Open) -> None:
    page = open_page(BRANCH)
    line = page.locator(".cm-line")
    expect(page.locator(".cm-skipped")).to_have_count(1)
    expect(page.locator(".cm-skipped")).to_contain_text("a * 7")
    expect(line.nth(6).locator(".beside")).to_contain_text("3×")
    assert [n for n in range(7) if "cm-ran" in str(line.nth(n).get_attribute("class"))] == [0, 1, 4, 5, 6]


def test_text_and_picture_point_at_each_other(open_page: Open) -> None:
    page = open_page("s = '😀'; a = 2.0\nb = -3.0\nL = a*b + a")
    line = page.locator(".cm-line").nth(2)
    box = line.bounding_box()
    assert box is not None
    place = line.evaluate(
        """line => {
            const range = document.createRange();
            const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const at = walk.currentNode.textContent.indexOf('*');
                if (at < 0) continue;
                range.setStart(walk.currentNode, at);
                range.setEnd(walk.currentNode, at + 1);
                const { x, y, width, height } = range.getBoundingClientRect();
                return [x + width / 2, y + height / 2];
            }
        }"""
    )
    page.mouse.move(*place)
    expect(page.locator("g.node.active")).to_have_attribute("aria-label", "*, data -6, grad 1")
    expect(marked(page)).to_have_text("a*b")
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2)
    expect(page.locator("g.node.active")).to_have_attribute("aria-label", "L, +, data -4, grad 1")


def test_the_size_of_letters_is_remembered(open_page: Open) -> None:
    page = open_page(CHAIN)
    size = "area => parseFloat(getComputedStyle(area).fontSize)"
    before = program(page).evaluate(size)
    page.get_by_role("button", name="Larger letters").click()
    after = program(page).evaluate(size)
    assert after > before
    page.reload()
    page.locator(".editor.rich").wait_for()
    assert program(page).evaluate(size) == after


def test_files_are_opened_saved_and_refused(open_page: Open, tmp_path: Path) -> None:
    page = open_page(CHAIN)
    good, large, other = (tmp_path / name for name in ("good.py", "large.py", "other.py"))
    good.write_text("x = 4.0  # ü\r\ny = x*x\r\n", encoding="utf-8")
    large.write_text("#" * 70_000)
    other.write_bytes(b"\xff\xfe\x00")
    for file, said in ((large, "at most 64 kB"), (other, "not a text in UTF-8")):
        with page.expect_file_chooser() as chooser:
            program(page).press("Control+o")
        chooser.value.set_files(file)
        expect(page.locator(".notice")).to_contain_text(said)
        expect(text(page)).to_have_value(CHAIN)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open a file").click()
    chooser.value.set_files(good)
    expect(text(page)).to_have_value("x = 4.0  # ü\ny = x*x\n")
    expect(page.locator(".notice")).to_be_hidden()
    with page.expect_download() as download:
        program(page).press("Control+s")
    assert download.value.suggested_filename == "good.py"
    assert Path(download.value.path()).read_text("utf-8") == "x = 4.0  # ü\ny = x*x\n"


def test_a_file_is_dropped_on_the_page(open_page: Open) -> None:
    page = open_page(CHAIN)
    page.locator("#picture").evaluate(
        """picture => {
            const data = new DataTransfer();
            data.items.add(new File(['z = 5.0'], 'dropped.py'));
            picture.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(text(page)).to_have_value("z = 5.0")


def test_a_draft_is_offered_back_after_a_crash(open_page: Open) -> None:
    page = open_page(CHAIN)
    page.evaluate("localStorage.setItem('autograd.draft', 'lost = 1.0')")
    page.evaluate("addEventListener('pagehide', event => event.stopImmediatePropagation(), true)")
    page.evaluate("localStorage.setItem('autograd.draft', 'lost = 1.0')")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Restore the draft").click()
    expect(text(other)).to_have_value("lost = 1.0")
    expect(other.locator(".notice")).to_be_hidden()


def test_without_storage_everything_else_works(open_page: Open, complaints: list[str]) -> None:
    page = open_page(CHAIN, fresh=True)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    page.reload()
    page.locator(".editor.rich").wait_for()
    page.get_by_role("button", name="Larger letters").click()
    program(page).fill("x = 1.0")
    expect(text(page)).to_have_value("x = 1.0")
    assert complaints == []


def test_where_the_editor_cannot_be_loaded_the_text_area_stays(open_page: Open, complaints: list[str]) -> None:
    page = open_page(CHAIN, fresh=True)
    page.route("**/vendor/codemirror.js", lambda route: route.abort())
    page.reload()
    page.wait_for_timeout(300)
    expect(page.locator(".cm-editor")).to_have_count(0)
    program(page).fill("a = 2.0\nL = a * tahn(a)")
    expect(page.locator(".annotations .note.error")).to_be_visible()
    expect(text(page)).to_have_value("a = 2.0\nL = a * tahn(a)")
    assert all("ERR_FAILED" in complaint for complaint in complaints)
    complaints.clear()


def test_two_thousand_lines_and_odd_letters(open_page: Open) -> None:
    page = open_page(CHAIN)
    long = "\n".join(["x = 1.0  # 漢字 \u202eabc\u202c 😀", *(f"x = x + {n}" for n in range(2000))])
    program(page).fill("y = 2.0")
    program(page).press("Control+a")
    page.keyboard.insert_text(long)
    expect(text(page)).to_have_value(long)
    program(page).press("Control+End")
    expect(page.locator(".cm-line").last).to_have_text("x = x + 1999")
    assert page.locator(".cm-line").count() < 200


def test_axe_finds_nothing_in_search_and_completion(open_page: Open) -> None:
    page = open_page("a = -2.0\nL = log(a)\n")
    program(page).press("Control+f")
    expect(page.get_by_role("textbox", name="Find")).to_be_focused()
    assert violations(page, {"region": {"enabled": False}}) == {}


def test_searching_marks_what_is_found(open_page: Open) -> None:
    page = open_page(CHAIN)
    program(page).press("Control+f")
    page.get_by_role("textbox", name="Find").press_sequentially("-3.0")
    expect(page.locator(".cm-searchMatch")).to_have_text("-3.0")
    page.keyboard.press("Escape")
    expect(program(page)).to_be_focused()

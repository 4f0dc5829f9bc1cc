"""The list of formats on the page: chosen, seen, copied, saved."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine.export import FORMATS
from tests.invariants.sources import ROOT

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PROGRAM = "a = 2.0\nL = a * a"


def test_a_program_is_exported_as_it_stands(open_page: Open) -> None:
    page = open_page(PROGRAM)
    page.get_by_role("button", name="Export", exact=True).click()
    dialog = page.get_by_role("dialog", name="Export the graph")
    expect(dialog.locator("pre")).to_contain_text("L.backward()")
    dialog.get_by_role("combobox").select_option("numpy")
    expect(dialog.locator("pre")).to_contain_text("d_a = d_L * a")
    dialog.get_by_role("combobox").select_option("xlsx")
    expect(dialog.locator("pre")).to_have_text("L.xlsx")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save").click()
    assert download.value.suggested_filename == "L.xlsx"
    assert download.value.path().read_bytes().startswith(b"PK")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_page_lists_the_formats_of_the_service() -> None:
    script = (ROOT / "static" / "js" / "graph" / "formats.js").read_text("utf-8")
    (texts,) = re.findall(r"TEXTS = \[(.+)\]", script)
    listed = re.findall(r'"(\w+)"', texts)
    assert {name for name, one in FORMATS.items() if not one.binary} == set(listed)
    assert FORMATS.keys() - set(listed) == {"png", "xlsx"}

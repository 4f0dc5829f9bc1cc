"""The program as a test sees it: where it is typed, what it says, what of it is chosen."""

from playwright.sync_api import Locator, Page


def program(page: Page) -> Locator:
    """What a person types into."""
    return page.get_by_role("textbox", name="Program")


def text(page: Page) -> Locator:
    """The form's own field, which holds the text whichever form the editor has."""
    return page.locator("textarea[name=source]")


def chosen(page: Page) -> str:
    """The part of the text that is selected."""
    return str(page.evaluate("getSelection().toString()"))


def marked(page: Page) -> Locator:
    """The text of the active node."""
    return page.locator(".cm-active-text")

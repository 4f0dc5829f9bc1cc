"""Tests that need a browser say so where there is none."""

import pytest

from tests.invariants.sources import ROOT


@pytest.fixture
def browserless(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A suite with our `conftest.py`, one test that needs a browser and one that does not, and no browser."""
    monkeypatch.setattr("tests.browser.CHROMIUM", None)
    pytester.makeini("[pytest]\nmarkers = browser\n")
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text("utf-8"))
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.browser
        def test_page():
            pass

        def test_number():
            pass
        """
    )
    return pytester


def test_they_are_skipped_and_the_summary_says_how_to_get_one(
    browserless: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = browserless.runpytest_inprocess()
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*apt-get install chromium*Skipped*", "  *test_page*"])


def test_they_fail_in_continuous_integration(browserless: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = browserless.runpytest_inprocess()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*apt-get install chromium*"])

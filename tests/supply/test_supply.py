"""The parts are all there, the bill is one, and an audit that says nothing is not taken for a good one."""

import json

import pytest

from tests.supply import audits
from tests.supply.audits import of_npm, of_pip, pip_audit
from tests.supply.parts import Part, javascript_parts, python_parts
from tests.supply.sbom import bill

FASTAPI = Part("pypi", "fastapi", "0.1", "MIT")
HOLE = {"id": "PYSEC-1", "fix_versions": ["2"], "aliases": [], "description": ""}


def test_parts_are_what_is_installed_and_what_that_needs() -> None:
    names = {part.name for part in python_parts()}
    assert {"fastapi", "starlette", "pydantic-core", "uvicorn", "prometheus-client"} <= names  # starlette by fastapi
    assert {"opentelemetry-sdk", "mcp", "anywidget"} <= names  # by extras
    assert not {"pytest", "torch", "ruff", "autograd-playground"} & names
    page = {part.name for part in javascript_parts()}
    assert {"d3-selection", "@codemirror/view", "swagger-ui-dist"} <= page
    assert not {"typescript", "myst-parser"} & page


def test_every_part_has_a_licence_that_lets_us_ship_it() -> None:
    parts = [*python_parts(), *javascript_parts()]
    assert all(part.licence for part in parts)
    assert [part.name for part in parts if "Affero" in part.licence or part.licence.startswith("GPL")] == []


def test_the_bill_names_each_part_once_by_its_address() -> None:
    parts = [FASTAPI, Part("npm", "@codemirror/view", "6.1", "MIT")]
    found = json.loads(bill(parts))
    assert found["specVersion"] == "1.6"
    assert [one["purl"] for one in found["components"]] == ["pkg:npm/%40codemirror/view@6.1", "pkg:pypi/fastapi@0.1"]
    assert [len(one.get("dependsOn", ())) for one in found["dependencies"]].count(2) == 1


def test_holes_are_named() -> None:
    pip = of_pip({"dependencies": [{"name": "a", "version": "1", "vulns": [HOLE]}, {"name": "b", "vulns": []}]})
    npm = of_npm({"vulnerabilities": {"c": {"severity": "high"}}, "metadata": {"dependencies": {"total": 9}}})
    assert (pip.holes, pip.asked, pip.unasked) == (("a 1: PYSEC-1",), 2, "")
    assert (npm.holes, npm.asked, npm.unasked) == (("c: high",), 9, "")
    assert "a 1: PYSEC-1" in str(pip)


@pytest.mark.parametrize(
    "verdict",
    [
        of_pip({"dependencies": [{"name": "a", "skip_reason": "Dependency not found"}]}),
        of_npm({"message": "405 Method Not Allowed"}),
        of_npm({"error": {"code": "ENOTFOUND"}}),
    ],
)
def test_who_does_not_answer_is_not_taken_for_content(verdict: audits.Verdict) -> None:
    assert str(verdict).startswith("NOT RUN: ")
    assert not verdict.asked


@pytest.mark.parametrize("answer", ["it said nothing", {"dependencies": [{"name": "fastapi", "skip_reason": "?"}]}])
def test_where_one_part_is_not_known_no_other_is_asked_about(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    asked = []

    def answers(command: object) -> object:
        asked.append(command)
        return answer

    monkeypatch.setattr(audits, "_answer", answers)
    assert "NOT RUN" in str(pip_audit([FASTAPI, FASTAPI]))
    assert len(asked) == 1

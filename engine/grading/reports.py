"""Graded files in a form that others read: as text, JSON, JUnit XML or CSV."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

import msgspec

from engine.explain.figures import number, visible
from engine.export.csv import text as cell
from engine.export.nodelink import JSON, plain
from engine.grading.files import Graded

SCHEMA = "grades/1"
HEAD = ("file", "class", "skill", "passed", "points", "of", "cause", "line", "message")
MISSING = "missing"
MARKS = {True: "passed", False: "FAILED"}


def as_json(found: Sequence[Graded]) -> str:
    """Everything, as one object."""
    answer: JSON = {"schema": SCHEMA, "files": [one.describe() for one in found]}
    return msgspec.json.encode(plain(answer)).decode() + "\n"


def as_text(found: Sequence[Graded]) -> str:
    """A paragraph a file: the points, a line a skill, and where the mistakes are."""
    return "\n".join("".join(line + "\n" for line in paragraph(one)) for one in found)


def paragraph(one: Graded) -> Iterator[str]:
    """What is said of one file."""
    engine = f", class {visible(one.grade['class'])}" if one.grade["class"] else ""
    verdict = "right" if one.right else "not right"
    yield f"{visible(one.file)}: {number(one.grade['points'])} of {number(one.grade['of'])} points, {verdict}{engine}"
    yield from (f"  {visible(message)}" for message in refused(one))
    for skill in one.grade["skills"]:
        mark = "missing" if skill["cause"] == MISSING else MARKS[skill["passed"]]
        said = f": {visible(skill['message'])}" if skill["message"] else ""
        yield f"  {mark:8}{visible(skill['name'])}{said}"


def as_csv(found: Sequence[Graded]) -> str:
    """A row for each skill of each file, by RFC 4180; no cell is a formula."""
    text = io.StringIO()
    written = csv.writer(text)
    written.writerow(HEAD)
    for one in found:
        first = cell(one.file), cell(one.grade["class"])
        of = one.grade["of"]
        written.writerows((*first, None, False, 0.0, of, None, None, cell(message)) for message in refused(one))
        written.writerows((*first, *row(skill)) for skill in one.grade["skills"])
    return text.getvalue()


def row(skill: Mapping[str, Any]) -> tuple[object, ...]:
    """A skill's cells."""
    facts = skill["passed"], skill["points"], skill["of"], skill["cause"], skill["line"]
    return cell(skill["name"]), *facts, cell(skill["message"])


def as_junit(found: Sequence[Graded]) -> str:
    """A test suite for each file, a test case for each skill; one that the engine has no operator for is skipped."""
    suites = ET.Element("testsuites", {"name": "engines", **totals([count(one) for one in found])})
    for one in found:
        suite = ET.SubElement(suites, "testsuite", {"name": visible(one.file), **totals([count(one)])})
        seconds = one.seconds / max(len(one.grade["skills"]), 1)
        for message in refused(one):
            case = ET.SubElement(suite, "testcase", name="program", classname=visible(one.file))
            ET.SubElement(case, "error", message=visible(message), type="program")
        for skill in one.grade["skills"]:
            facts = {"name": visible(skill["name"]), "classname": visible(one.file), "time": f"{seconds:.3f}"}
            outcome(ET.SubElement(suite, "testcase", facts), one, skill)
    ET.indent(suites)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(suites, encoding='unicode')}\n"


def outcome(case: ET.Element, one: Graded, skill: Mapping[str, Any]) -> None:
    """What became of a test case."""
    if skill["passed"]:
        return
    message = visible(skill["message"])
    if skill["cause"] == MISSING:
        ET.SubElement(case, "skipped", message=message)
        return
    failed = ET.SubElement(case, "failure", message=message, type=skill["cause"] or "failed")
    failed.text = f"{visible(one.file)}:{skill['line']}: {message}" if skill["line"] else message


def count(one: Graded) -> tuple[int, int, int, int, float]:
    """How many cases there are, fail, could not be tried, are skipped; and the time."""
    skills, errors = one.grade["skills"], len(refused(one))
    missing = sum(skill["cause"] == MISSING for skill in skills)
    failed = sum(not skill["passed"] for skill in skills) - missing
    return len(skills) + errors, failed, errors, missing, one.seconds


def totals(counts: Sequence[tuple[int, int, int, int, float]]) -> dict[str, str]:
    """The attributes of a suite."""
    tests, failures, errors, skipped, seconds = (sum(column) for column in zip((0, 0, 0, 0, 0.0), *counts, strict=True))
    counted = {"tests": tests, "failures": failures, "errors": errors, "skipped": skipped}
    return {**{name: str(one) for name, one in counted.items()}, "time": f"{seconds:.3f}"}


def refused(one: Graded) -> list[str]:
    """Why a file is no program, a sentence each."""
    found = [f"line {each.line}: {each.message}" if each.line else each.message for each in one.diagnostics]
    return [one.unread] if one.unread else found


REPORTS: dict[str, Callable[[Sequence[Graded]], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "csv": as_csv,
}

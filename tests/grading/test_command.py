"""`autograd-playground grade`: files in, their points out, in forms that others read."""

import csv
import io
import json
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from junitparser import JUnitXml, TestSuite

from app.cli import main
from engine.grading.files import Graded
from engine.grading.reports import HEAD, REPORTS
from engine.watch.battery import ours
from tests.watch.dresses import DRESSES
from tests.watch.variants import MICROGRAD

WRONG = DRESSES[0].source().replace("self.grad += (other.data)", "self.grad = (other.data)")
HOSTILE = '=HYPERLINK("http://a.example","b")'
TWO = """\
[[skill]]
name = "=1+1"
program = "x = Value(3.0)\\ny = x * x + x\\ny.backward()"
points = 4

[[skill]]
name = "<b>&amp;\\u0007\\u202e"
program = "x = Value(0.3)\\ny = x.tanh() * x.whatever()\\ny.backward()"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("engines")
    for name, text in {
        "a_right.py": MICROGRAD,
        "b_wrong.py": WRONG,
        "c_none.py": "class A:\n    pass\n",
        "d_syntax.py": "class Value(:\n",
        f"{HOSTILE.replace('/', '_')}.py": DRESSES[3].source().replace("Value", "Wert"),
    }.items():
        (made / name).write_text(text, "utf-8")
    (made / "battery.toml").write_text(TWO, "utf-8")
    return made


def grade(folder: Path, *options: str) -> int:
    return main(["grade", str(folder), "--battery", str(folder / "battery.toml"), *options])


def test_a_folder_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert grade(folder, "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    files = {Path(one["file"]).name: one for one in answer["files"]}
    assert answer["schema"] == "grades/1"
    assert list(files) == sorted(files)
    assert [files[name]["points"] for name in ("a_right.py", "b_wrong.py", "c_none.py", "d_syntax.py")] == [4, 0, 0, 0]
    assert all(one["of"] == 5 for one in files.values())
    assert files["a_right.py"]["skills"][1]["cause"] == "missing"
    assert files["b_wrong.py"]["causes"][0]["cause"] == "overwritten"
    assert files["d_syntax.py"]["diagnostics"][0]["line"] == 1
    assert [one["right"] for one in files.values()] == [True, True, False, False, False]


def test_a_folder_as_junit_is_read_by_a_reader_of_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert grade(folder, "--junit") == 1
    text = capsys.readouterr().out
    suites = [one for one in JUnitXml.fromstring(text.encode()) if isinstance(one, TestSuite)]
    assert [(one.tests, one.failures, one.errors, one.skipped) for one in suites] == [
        (2, 0, 0, 1), (2, 0, 0, 1), (2, 1, 0, 1), (1, 0, 1, 0), (1, 0, 1, 0)
    ]  # fmt: skip
    [failure] = next(iter(suites[2])).result
    assert failure.type == "overwritten"
    assert failure.text.startswith(f"{folder / 'b_wrong.py'}:")
    whole = ET.fromstring(text)  # noqa: S314 - our own
    assert {key: whole.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "8", "failures": "1", "errors": "2", "skipped": "3"
    }  # fmt: skip
    assert {case.get("name") for case in whole.iter("testcase")} == {"=1+1", "<b>&amp;��", "program"}


def test_a_folder_as_csv_is_a_table_and_no_formula(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert grade(folder, "--csv") == 1
    head, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert tuple(head) == HEAD
    assert len(rows) == 8
    assert all(len(row) == len(HEAD) for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert {row[2] for row in rows} == {"'=1+1", "<b>&amp;��", ""}
    lines = WRONG.splitlines()
    [wrong] = [row for row in rows if row[6] == "overwritten"]
    assert ".grad = " in lines[int(wrong[7]) - 1]


def test_the_name_of_a_file_and_a_class_are_no_formulas_either() -> None:
    one = Graded(
        "=cmd", {"right": False, "class": "+x", "points": 0.0, "of": 1.0, "skills": [], "causes": []}, unread="@"
    )
    _, row = csv.reader(io.StringIO(REPORTS["csv"]([one])))
    assert [row[0], row[1], row[-1]] == ["'=cmd", "'+x", "'@"]


def test_a_right_engine_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", str(folder / "a_right.py")]) == 0
    first, *skills = capsys.readouterr().out.splitlines()
    assert first == f"{folder / 'a_right.py'}: 21 of 23 points, right, class Value"
    assert [line.strip().split()[0] for line in skills].count("missing") == 2
    assert len(skills) == len(ours())


def test_the_standard_input_in_german(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(WRONG))
    assert main(["grade", "-", "--lang", "de"]) == 1
    assert "FAILED  same operand twice: Zeile" in capsys.readouterr().out


def test_what_cannot_be_read_is_said_and_the_rest_is_graded(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty, binary = folder / "empty", folder / "binary"
    empty.mkdir()
    binary.write_bytes(b"\xff\xfe\x00")
    names = [str(one) for one in (folder / "nowhere.py", empty, binary, folder / "c_none.py")]
    assert main(["grade", *names, "--json"]) == 2
    seen = capsys.readouterr()
    assert [bool(one["unread"]) for one in json.loads(seen.out)["files"]] == [True, True, True, False]
    assert seen.err.count("cannot be read: ") == 3
    assert "it is not text in UTF-8" in seen.err


def test_a_pipe_in_a_folder_is_waited_for_by_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "away.py").symlink_to(tmp_path / "nowhere")
    (tmp_path / "engine.py").write_text("a = 1.0", "utf-8")
    main(["grade", "--json", str(tmp_path)])
    assert [Path(one["file"]).name for one in json.loads(capsys.readouterr().out)["files"]] == ["engine.py"]


def test_a_wrong_battery_is_told_with_file_and_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = folder / "wrong.toml"
    wrong.write_text(TWO + "pionts = 1\n", "utf-8")
    assert main(["grade", str(folder / "a_right.py"), "--battery", str(wrong)]) == 2
    assert capsys.readouterr().err.startswith(f"{wrong}:9: error: the battery: a skill has no `pionts`")
    assert main(["grade", "-", "--battery", str(folder / "none.toml")]) == 2
    with pytest.raises(SystemExit, match="2"):
        main(["grade", "-", "--json", "--csv"])

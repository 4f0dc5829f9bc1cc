"""`autograd-playground export`: a file in, a file out."""

from pathlib import Path

import pytest

from app.cli import main
from engine.export import FORMATS

PROGRAM = "a = 2.0\nL = a * a\n"


@pytest.fixture
def program(tmp_path: Path) -> str:
    file = tmp_path / "program.py"
    file.write_text(PROGRAM, "utf-8")
    return str(file)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(name: str, program: str, tmp_path: Path) -> None:
    file = tmp_path / "out"
    assert main(["export", program, "--to", name, "--output", str(file)]) == 0
    content = file.read_bytes()
    assert content
    assert FORMATS[name].binary == (b"\0" in content)


def test_without_a_file_it_goes_to_the_standard_output(program: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", program, "--to", "torch"]) == 0
    assert b"L.backward()" in capfdbinary.readouterr().out


def test_what_goes_wrong_is_said(program: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", program, "--to", "csv", "--output", str(tmp_path)]) == 2
    assert "cannot be written" in capsys.readouterr().err
    Path(program).write_text("a = b", "utf-8")
    assert main(["export", program, "--to", "csv"]) == 1
    with pytest.raises(SystemExit, match="2"):
        main(["export", program, "--to", "fortran"])

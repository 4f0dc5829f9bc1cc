"""The commands people type: `make run`, `make test`, `autograd-playground serve`."""

import io
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse

import pytest

from app import __version__
from app.cli import main
from tests.invariants.sources import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def planned(target: str) -> str:
    """What make would do for this target on a fresh clone."""
    command = ["make", "--dry-run", "--always-make", "PYTHON=python3", target]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@contextmanager
def served(*arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The server on a free port, as a process and its port; it has answered once."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as server:
        try:
            wait_until_healthy(server, port)
            yield server, port
        finally:
            server.kill()


def wait_until_healthy(server: subprocess.Popen[bytes], port: int, seconds: float = 20) -> None:
    limit = time.monotonic() + seconds
    while True:
        try:
            get(port, "/healthz")
        except ConnectionRefusedError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < limit, "the server did not answer"
            time.sleep(0.05)
        else:
            return


def get(port: int, path: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def test_serving_does_not_install_what_only_tests_need() -> None:
    steps = planned("run")
    assert "-m venv" in steps
    assert "--editable ." in steps
    assert "[dev" not in steps
    assert "serve --host 127.0.0.1 --port 8000" in steps


def test_testing_installs_everything_first() -> None:
    steps = planned("test")
    assert steps.index("--editable .") < steps.index("[dev") < steps.index("npm ci") < steps.index("-m pytest")


def test_the_server_answers_is_healthy_to_the_image_s_check_and_ends_when_asked() -> None:
    found = re.search(r'CMD \["python", "-c", "(.+)"\]', DOCKERFILE)
    assert found
    with served("--workers", "1") as (server, port):
        answer = get(port, "/healthz")
        assert answer.status == 200
        assert not {"server", "date"} & {name.lower() for name, _ in answer.getheaders()}
        check = [sys.executable, "-c", found[1].replace(":8000/", f":{port}/")]
        assert subprocess.run(check, check=False).returncode == 0
        server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0
    assert subprocess.run(check, capture_output=True, check=False).returncode == 1


def test_the_image_does_not_run_as_root() -> None:
    assert DOCKERFILE.index("\nUSER ") < DOCKERFILE.index('\nCMD ["autograd-playground", "serve"')


def test_the_command_names_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"autograd-playground {__version__}\n"


@pytest.mark.parametrize(
    "line", ["", "fly", "serve --port x", "serve --workers 0", "serve --workers two", "serve extra", "run", "check"]
)
def test_a_wrong_command_line_ends_with_2(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(line.split())
    assert "usage:" in capsys.readouterr().err


PROGRAMS = [("a = 2.0\nb = a*a", 0), ("b = (a", 1)]
ASKED = ["run -", "run - --json", "run - --table", "check -"]


@pytest.mark.parametrize(("program", "code"), PROGRAMS)
@pytest.mark.parametrize("words", ASKED)
def test_a_program_from_standard_input_decides_the_exit_code(
    words: str, program: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(program))
    assert main(words.split()) == code


@pytest.mark.parametrize(
    ("words", "program", "code"),
    [("app run -", *PROGRAMS[0]), ("app check -", *PROGRAMS[1]), *(("engine -", *one) for one in PROGRAMS)],
)
def test_the_exit_code_is_the_process_s(words: str, program: str, code: int) -> None:
    command = [sys.executable, "-m", *words.split()]
    done = subprocess.run(command, cwd=ROOT, input=program, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr

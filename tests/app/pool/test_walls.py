"""What keeps a program's process in: the walls that this kernel has, tried from inside."""

import errno

import pytest

from app.doctor import HELD, OPEN, doctor
from app.pool import walls
from app.pool.probes import PROBES
from app.pool.walls import WALLS, put_up
from app.pool.worker import standing
from app.pool.worker_main import READY


def test_every_probe_is_refused_where_every_wall_stands() -> None:
    report, held = doctor()
    missing = [name for name in WALLS if not any(line.split()[:2] == ["yes", name] for line in report)]
    if missing:
        pytest.skip(f"this kernel has no walls {missing}")
    assert held
    assert report[-1] == HELD
    assert [line.split()[0] for line in report if any(what in line for what in PROBES)] == ["refused"] * len(PROBES)


def test_what_is_not_refused_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.doctor.PROBES", {"think": None})
    monkeypatch.setattr("app.doctor.PROBE", "tests.app.fakes:got_through")
    report, held = doctor()
    assert not held
    assert report[-2:] == ["  DONE     think", OPEN]


def test_a_kernel_without_a_wall_has_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_here(_: str) -> None:
        raise OSError(errno.ENOSYS, "no such call")

    put: list[str] = []
    monkeypatch.setattr(walls, "WALLS", {"files": none_here, "calls": put.append})
    assert put_up(["files", "calls"], "/somewhere") == ["calls"]
    assert put == ["/somewhere"]


def test_only_walls_that_we_know_are_believed() -> None:
    assert standing(READY + b"network files moat \xff") == {"network", "files"}

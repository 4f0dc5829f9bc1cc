"""Under the profile of `deploy/` the service runs, and all walls stand that stand without it."""

import ctypes
import errno
import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from app.pool.process import ROOT
from app.pool.walls import ALLOW, CALLS, REFUSE, SECCOMP

PROFILE = json.loads((ROOT / "deploy" / "seccomp.json").read_text("utf-8"))
NAMES = {name for rule in PROFILE["syscalls"] for name in rule["names"]}
FORBIDDEN = {
    "add_key", "bpf", "clock_settime", "delete_module", "finit_module", "init_module", "ioperm", "iopl", "kexec_load",
    "keyctl", "mount", "move_mount", "name_to_handle_at", "open_by_handle_at", "perf_event_open", "personality",
    "pivot_root", "process_vm_readv", "process_vm_writev", "ptrace", "reboot", "request_key", "setns", "swapon",
    "syslog", "umount2", "userfaultfd",
}  # fmt: skip
TRY = """
import os, signal, sys, threading, time
from urllib.request import Request, urlopen
from app.http.server import opened, serve

listening = opened("127.0.0.1", 0)
address = f"http://127.0.0.1:{listening.getsockname()[1]}"

def ask():
    program = b'{"source": "x = 3.0"}'
    for path, body in (("/", None), ("/api/v1/graph", program), ("/api/v1/links", program)):
        request = Request(address + path, body, {"Content-Type": "application/json"})
        for _ in range(200):
            try:
                print(urlopen(request, timeout=20).status, flush=True)
                break
            except OSError:
                time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=ask, daemon=True).start()
sys.exit(serve(listening))
"""


def confined() -> None:
    """Put the profile on this process, as a container runtime does."""
    assert SECCOMP is not None
    ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
    rules = ctypes.c_void_p(SECCOMP.seccomp_init(REFUSE))
    for name in NAMES:
        number = SECCOMP.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            SECCOMP.seccomp_rule_add(rules, ALLOW, number, 0)
    SECCOMP.seccomp_load(rules)


def run(*command: str, before: Callable[[], None] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *command], preexec_fn=before, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0 or "doctor" in command, done.stderr
    return done.stdout


def test_the_profile_refuses_what_it_does_not_name_and_names_nothing_that_is_dangerous() -> None:
    assert PROFILE["defaultAction"] == "SCMP_ACT_ERRNO"
    assert {rule["action"] for rule in PROFILE["syscalls"]} == {"SCMP_ACT_ALLOW"}
    assert not NAMES & FORBIDDEN
    assert set(CALLS.split()) <= NAMES, "what programs may ask for, their server may"


@pytest.mark.skipif(SECCOMP is None, reason="libseccomp is not installed")
def test_the_service_runs_under_it_and_its_walls_stand() -> None:
    assert run("-c", TRY, before=confined).split() == ["200", "200", "201"]
    assert run("-m", "app", "doctor", before=confined) == run("-m", "app", "doctor")


@pytest.mark.skipif(SECCOMP is None, reason="libseccomp is not installed")
def test_the_profile_is_on_that_process() -> None:
    code = "import ctypes; libc = ctypes.CDLL(None, use_errno=True); libc.mount(b'', b'/', b'', 0, b'')"
    assert run("-c", f"{code}; print(ctypes.get_errno())", before=confined).strip() == str(errno.EPERM)

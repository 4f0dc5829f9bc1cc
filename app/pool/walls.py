"""What a process gives up before it runs anybody's program, wall by wall, and which of them stand.

Each wall is the kernel's own and is tried alone: where a kernel or its operator has none of a kind, the others stand,
and the name of the missing one is known (`/readyz`, `autograd-playground doctor`). Standard library only; libseccomp is
used where the system has it.
"""

import ctypes
import errno
import os
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

OPEN_FILES = 16
STACK_BYTES = 256 * 1024 * 1024  # the kernel grows the stack up to here: generators may run inside one another

NEW_USER, NEW_NETWORK, NEW_IPC = 0x10000000, 0x40000000, 0x08000000  # of unshare(2)
NO_NEW_PRIVILEGES = 38  # of prctl(2)
CAPABILITIES_V3 = 0x20080522  # of capset(2)

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
ASK_VERSION, BENEATH = 1, 1
FILES_BY_VERSION = {1: 13, 2: 14, 3: 15, 5: 16}  # how many rights to files Landlock knows, from which version on
READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
TCP, SCOPES = 0b11, 0b11  # binding and connecting; abstract sockets and signals
SYSTEM_LIBRARIES = ("/usr/lib", "/lib", "/lib64")

ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM  # of seccomp
CALLS = """
    read readv pread64 recvfrom recvmsg write writev sendto sendmsg close lseek fstat newfstatat statx readlink
    readlinkat openat getdents64 ioctl fcntl getcwd dup poll ppoll select pselect6
    mmap munmap mremap mprotect madvise brk futex futex_waitv membarrier rseq set_robust_list sched_yield
    sched_getaffinity clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday times getrusage
    getrlimit setrlimit prlimit64 getpid gettid getuid geteuid getgid getegid getpriority getpgrp getpgid uname sysinfo
    getrandom rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall exit exit_group
"""
"""What computing, answering and reading Python's own files takes; where the files may be, Landlock says."""


def _library(name: str | None) -> ctypes.CDLL | None:
    """A library of the system, if it has it."""
    try:
        return ctypes.CDLL(name, use_errno=True)
    except OSError:
        return None


LIBC, SECCOMP = ctypes.CDLL(None, use_errno=True), _library("libseccomp.so.2")
if SECCOMP is not None:
    SECCOMP.seccomp_init.restype = ctypes.c_void_p


class PathBeneath(ctypes.Structure):
    """What may be done with the files of a folder."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def leave(root: str) -> None:  # noqa: ARG001  # as the other walls
    """Leave the machine's network, and with it the machine's users: for good, and for all that is forked from here."""
    _checked(LIBC.unshare(NEW_USER | NEW_NETWORK | NEW_IPC))


def renounce(root: str) -> None:  # noqa: ARG001  # as the other walls
    """Give up all privileges, and the way to get any."""
    _checked(LIBC.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _checked(LIBC.capset((ctypes.c_uint32 * 2)(CAPABILITIES_V3, 0), (ctypes.c_uint32 * 6)()))


def keep_to_own_files(root: str) -> None:
    """Read nothing but Python's own files and ours, write nothing, and signal nobody outside."""
    version = _checked(LIBC.syscall(CREATE_RULESET, None, 0, ASK_VERSION))
    rights = max(count for since, count in FILES_BY_VERSION.items() if since <= version)
    # TCP is known since the fourth version, scopes since the sixth
    handled = [(1 << rights) - 1, *[TCP] * (version >= 4), *[SCOPES] * (version >= 6)]
    attributes = (ctypes.c_uint64 * len(handled))(*handled)
    ruleset = _checked(LIBC.syscall(CREATE_RULESET, attributes, ctypes.sizeof(attributes), 0))
    for place in {root, sys.prefix, sys.base_prefix, *SYSTEM_LIBRARIES}:
        if Path(place).is_dir():
            folder = os.open(place, os.O_PATH)
            rule = PathBeneath(READ_FILE | READ_FOLDER, folder)
            _checked(LIBC.syscall(ADD_RULE, ruleset, BENEATH, ctypes.byref(rule), 0))
            os.close(folder)
    _checked(LIBC.syscall(RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def keep_to_few_calls(root: str) -> None:  # noqa: ARG001  # as the other walls
    """Ask the kernel for what computing takes, and for nothing else: no process, no socket, no program."""
    if SECCOMP is None:
        raise OSError(errno.ENOSYS, "there is no libseccomp")
    rules = ctypes.c_void_p(SECCOMP.seccomp_init(REFUSE))
    for name in CALLS.split():
        number = SECCOMP.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:  # else this machine has no such call
            SECCOMP.seccomp_rule_add(rules, ALLOW, number, 0)
    try:
        if SECCOMP.seccomp_load(rules) < 0:
            raise OSError(errno.ENOSYS, "the kernel takes no filter")
    finally:
        SECCOMP.seccomp_release(rules)


WALLS: dict[str, Callable[[str], None]] = {
    "network": leave,
    "privileges": renounce,
    "files": keep_to_own_files,
    "calls": keep_to_few_calls,
}
"""The walls by name, in the order in which they can be put up: the first by the process that forks, the others by each
that it has forked."""

SHARED, OWN = tuple(WALLS)[:1], tuple(WALLS)[1:]


def put_up(names: Iterable[str], root: str) -> list[str]:
    """Put up walls; the names of those that stand. Programs of ours are below the folder `root`."""
    standing = []
    for name in names:
        try:
            WALLS[name](root)
        except OSError:  # there is none of its kind here
            continue
        standing.append(name)
    return standing


def bound(memory_bytes: int, nice: int) -> None:
    """Step back behind other processes, and take no more of the machine than a program needs."""
    os.nice(nice)
    for what, most in {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_NPROC: 0,
    }.items():
        resource.setrlimit(what, (most, most))
    most = resource.getrlimit(resource.RLIMIT_STACK)[1]
    stack = STACK_BYTES if most == resource.RLIM_INFINITY else min(STACK_BYTES, most)
    resource.setrlimit(resource.RLIMIT_STACK, (stack, most))


def _checked(result: int) -> int:
    """What a call gave; OSError where it failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result

"""What the proofs print, and docs/proved.md: a section for each command, which that command alone writes."""

import argparse
import os
import platform
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

PROVED = Path(__file__).resolve().parents[2] / "docs" / "proved.md"
HEAD = """\
# Proved

What the service stands, tried on one machine. Each section is written by the command that its heading names, the last
time that it ran, and begins with when and on what.
"""
COLUMNS = "| what | found | bar | |\n|---|---|---|---|\n"
SECTION = re.compile(r"^## `make (\w+).*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


class Proof(NamedTuple):
    """One line of a table: what was tried, what was found, what had to be."""

    what: str
    found: str
    bar: str
    holds: bool


def main(command: str, about: str, doc: str | None, kinds: Mapping[str, Callable[[], Iterable[Proof]]]) -> int:
    """The command line of proofs of several kinds: all, or the one that is asked for; 1 where a bar does not hold."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.{command}", description=(doc or "").partition("\n")[0])
    parser.add_argument("--only", choices=sorted(kinds), help="one kind, and no section is written")
    asked = parser.parse_args()
    if asked.only:
        return told(command, about, kinds[asked.only](), document=None)
    return told(command, about, (proof for kind in kinds.values() for proof in kind()))


def told(command: str, about: str, proofs: Iterable[Proof], document: Path | None = PROVED) -> int:
    """Print each as soon as it is there and write the section, also while there are more to come; 1 if a bar fails."""
    print(about)
    rows: list[Proof] = []
    for proof in proofs:
        rows.append(proof)
        print(f"  {'holds' if proof.holds else 'FAILS'}  {proof.what}: {proof.found} (bar: {proof.bar})", flush=True)
        if document is not None:
            write(document, command, section(command, about, rows))
    return int(not (rows and all(row.holds for row in rows)))


def section(command: str, about: str, rows: Iterable[Proof]) -> str:
    """The section of a command."""
    lines = (f"| {row.what} | {row.found} | {row.bar} | {'holds' if row.holds else '**fails**'} |\n" for row in rows)
    return f"## `make {command}`\n\n{machine()}. {about}\n\n{COLUMNS}{''.join(lines)}\n"


def write(document: Path, command: str, text: str) -> None:
    """Put a section in its place, by the order of the commands' names."""
    before = document.read_text("utf-8") if document.exists() else ""
    sections = {found[1]: found[0] for found in SECTION.finditer(before)}
    sections[command.split(maxsplit=1)[0]] = text
    body = "".join(sections[name].rstrip("\n") + "\n\n" for name in sorted(sections))
    document.write_text(f"{HEAD}\n{body}".rstrip("\n") + "\n", "utf-8")


def machine() -> str:
    """When, and on what."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f"load {os.getloadavg()[0]:.1f} before"
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, CPython {platform.python_version()}, {platform.system()}, {cores} cores, {load}"
    )


def duration(seconds: float) -> str:
    """A time as people read it."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"

"""Files with engines, graded side by side: in as many processes as the machine has cores."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from engine.explain.templates import words
from engine.language.errors import Diagnostic, ProgramError, Source
from engine.panels.program import LIMITS, NAMES
from engine.watch.battery import Skill
from engine.watch.grade import graded
from engine.watch.sentences import FOLDER

STDIN = "-"
SUFFIX = "*.py"
NOTHING: dict[str, Any] = {"right": False, "class": None, "points": 0.0, "skills": [], "causes": []}


@dataclass(frozen=True, slots=True)
class Graded:
    """A file and what its engine can do.

    grade        what the service answers, too; without skills where the text is no program
    diagnostics  why it is none, or that it has no engine
    unread       why there is no text
    """

    file: str
    grade: dict[str, Any]
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: str | None = None
    seconds: float = 0.0

    @property
    def right(self) -> bool:
        """Whether no gradient is wrong."""
        return bool(self.grade["right"])

    def describe(self) -> dict[str, Any]:
        """The file as JSON."""
        found = [one.describe() for one in self.diagnostics]
        return {"file": self.file, **self.grade, "diagnostics": found, "unread": self.unread}


def each(names: Sequence[str], skills: Sequence[Skill], language: str) -> Iterator[Graded]:
    """The files in their order, and those of a folder by name."""
    files = [file for name in names for file in inside(name)]
    grade = partial(one, skills=skills, language=language)
    if len(files) == 1:
        yield grade(files[0])
        return
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(cores, len(files)) or 1, mp_context=context) as pool:
        found = [(file, None if file == STDIN else pool.submit(grade, file)) for file in files]
        for file, ahead in found:
            try:
                yield grade(file) if ahead is None else ahead.result()
            except BrokenProcessPool:
                yield Graded(file, worthless(skills), unread="the process that graded it was ended from outside")


def inside(name: str) -> list[str]:
    """The files of a folder, without pipes and the like; another name, also of a folder without files, as it is."""
    return (name != STDIN and sorted(str(one) for one in Path(name).glob(SUFFIX) if one.is_file())) or [name]


def one(file: str, skills: Sequence[Skill], language: str) -> Graded:
    """One file."""
    begun = perf_counter()
    try:
        text = read(file)
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror or "" if isinstance(problem, OSError) else "it is not text in UTF-8"
        return Graded(file, worthless(skills), unread=f"cannot be read: {reason}")
    try:
        grade: dict[str, Any] = graded(text, LIMITS, NAMES, language, skills)
    except ProgramError as error:
        return Graded(file, worthless(skills), error.diagnostics, seconds=perf_counter() - begun)
    if grade["class"] is None:
        nothing = Source(text).diagnostic("error", "empty", words(language, FOLDER)["nothing"], None)
        return Graded(file, worthless(skills), (nothing,), seconds=perf_counter() - begun)
    return Graded(file, grade, seconds=perf_counter() - begun)


def read(file: str) -> str:
    """A file's text, of one that is too long no more than is needed to see it."""
    if file == STDIN:
        return sys.stdin.read(LIMITS.source_bytes + 1)
    with Path(file).open(encoding="utf-8-sig") as opened:
        return opened.read(LIMITS.source_bytes + 1)


def worthless(skills: Sequence[Skill]) -> dict[str, Any]:
    """The grade of what is no program."""
    return {**NOTHING, "of": sum(skill.points for skill in skills)}

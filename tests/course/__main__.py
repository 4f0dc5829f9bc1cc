"""`python -m tests.course` says what is wrong with the chapters, or those that are named; it fails if anything is."""

import sys
from pathlib import Path

from app.course.chapter import FOLDER
from tests.course.lint import findings


def main(files: list[str]) -> int:
    """Look at the files; 1 if something is wrong."""
    paths = [Path(file).resolve() for file in files] or sorted(FOLDER.glob("*/*"))
    found = [f"{path.parent.name}/{path.name}: {one}" for path in paths for one in findings(path)]
    print("\n".join(found) if found else f"{len(paths)} chapters, nothing wrong")
    return int(bool(found))


sys.exit(main(sys.argv[1:]))

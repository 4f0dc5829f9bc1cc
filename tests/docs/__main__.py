"""`python -m tests.docs --check` says which documents and generated files are stale, and fails if any is.

`--write` makes them fresh.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.docs.blocks import BLOCKS
from tests.docs.documents import DOCUMENTS, filled, relative
from tests.docs.files import FILES


def main() -> int:
    """Do what the command line says; 1 if something is stale and stays so."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs", description=__doc__)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true", help="name what is stale")
    choice.add_argument("--write", action="store_true", help="make generated blocks and files anew")
    write = parser.parse_args().write
    stale = {path: text for path, text in fresh() if not path.exists() or path.read_text("utf-8") != text}
    for path, text in stale.items():
        print(f"{relative(path)}: {'written anew' if write else 'stale; `make docs` makes it anew'}")
        if write:
            path.write_text(text, "utf-8")
    return int(bool(stale) and not write)


def fresh() -> Iterator[tuple[Path, str]]:
    """Each document and generated file with the text it should have."""
    yield from ((path, filled(path.read_text("utf-8"), BLOCKS)) for path in DOCUMENTS)
    yield from ((path, text()) for path, text in FILES.items())


sys.exit(main())

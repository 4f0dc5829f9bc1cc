"""`python -m tests.docs --check` says which documents are stale, and fails if any is; `--write` makes them fresh."""

import argparse
import sys

from tests.docs.blocks import BLOCKS
from tests.docs.documents import DOCUMENTS, filled, relative


def main() -> int:
    """Do what the command line says; 1 if something is stale and stays so."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs", description=__doc__)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true", help="name the documents that are stale")
    choice.add_argument("--write", action="store_true", help="make their generated blocks anew")
    write = parser.parse_args().write
    stale = [path for path in DOCUMENTS if filled(path.read_text("utf-8"), BLOCKS) != path.read_text("utf-8")]
    for path in stale:
        print(f"{relative(path)}: {'written anew' if write else 'stale; `make docs` makes it anew'}")
        if write:
            path.write_text(filled(path.read_text("utf-8"), BLOCKS), "utf-8")
    return int(bool(stale) and not write)


sys.exit(main())

"""`python -m engine FILE` runs a program."""

import sys

from engine.cli import main

sys.exit(main(["run", *sys.argv[1:]]))

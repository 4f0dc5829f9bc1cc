"""`python -m tests.bench`: run the benches, print their table, write docs/measured.md.

Every module of this folder that has `rows()` is a group, and so is `layout.mjs`, which runs in node. A row compares us
with a peer: `ratio` is how many times better we are, and `bar` the ratio that must be reached. `--json` prints one
object a line instead of the table; `--only NAME` runs one group, and writes no file.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from tests import bench
from tests.bench.table import grouped, written
from tests.bench.timing import KEYS, Row

ROOT = Path(__file__).resolve().parents[2]
MEASURED = ROOT / "docs" / "measured.md"
LAYOUT = Path(__file__).with_name("layout.mjs")
Group = tuple[str, Callable[[], Iterable[Row]]]  # what it is about, and its rows


def groups() -> dict[str, Group]:
    """The benches by name."""
    names = sorted(one.name for one in iter_modules(bench.__path__) if not one.name.startswith(("_", "test_")))
    found = {name: import_module(f"tests.bench.{name}") for name in names}
    made = {name: (summary(module), module.rows) for name, module in found.items() if hasattr(module, "rows")}
    if shutil.which("node") and (ROOT / "static" / "node_modules").is_dir():
        made["layout"] = ("The page's layout beside dagre: time, and crossings.", in_node)
    return made


def summary(module: ModuleType) -> str:
    """The first sentence of what a module says of itself."""
    return (module.__doc__ or "").partition("\n")[0]


def in_node() -> Iterable[Row]:
    """The rows of the layout."""
    with subprocess.Popen(["node", str(LAYOUT)], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            yield json.loads(line)
    if process.returncode:
        raise RuntimeError("the layout's bench failed")


def measured(chosen: dict[str, Group], *, as_json: bool) -> dict[str, list[Row]]:
    """Run the groups, print every row as soon as it is there, and give them all by the group's summary."""
    found: dict[str, list[Row]] = {}
    for about, rows in chosen.values():
        found[about] = []
        if not as_json:
            print(f"\n{about}")
        for row in rows():
            found[about].append(row)
            print(json.dumps({key: row[key] for key in KEYS}) if as_json else grouped(row), flush=True)
    return found


def machine() -> str:
    """On what, and when."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, {python}, {platform.system()}, {cores} cores"


def main() -> int:
    """Run what was asked for; 1 where a bar does not hold."""
    found = groups()
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--only", choices=sorted(found), help="one group only")
    asked = parser.parse_args()
    chosen = {asked.only: found[asked.only]} if asked.only else found
    rows = measured(chosen, as_json=asked.json)
    if not asked.only:
        MEASURED.parent.mkdir(exist_ok=True)
        MEASURED.write_text(written(rows, machine()), "utf-8")
    return int(not all(row["holds"] for found in rows.values() for row in found))


if __name__ == "__main__":
    raise SystemExit(main())

"""Programs that are led by what of the language they reach: libFuzzer's search, by `atheris`, where it is installed.

As a program of its own (`python -m tests.fuzz.guided FOLDER …`) it searches, and writes down what it finds; libFuzzer
ends its process. `searched` runs that, and says what came of it.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.examples import PROGRAMS
from tests.fuzz.written import CORPUS, KEPT

RUNS = re.compile(r"Done (\d+) runs")
LONGEST = 400  # bytes of a program that is kept
MOST = 300  # programs that are kept
AFTERWARDS = 120.0  # seconds for libFuzzer to come to an end
FAULTS = "faults.jsonl"


@dataclass(frozen=True)
class Search:
    """How many programs a search ran, which of them were wrong, and why."""

    programs: int
    faults: tuple[str, ...]


def installed() -> bool:
    """Whether there is a search at all."""
    return find_spec("atheris") is not None


def searched(seconds: float, *, keep: bool = False) -> Search:
    """Search for so long; with `keep` what led somewhere new is kept for the next time."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for source in (*KEPT, *(one.source for one in PROGRAMS)):
            (corpus / blake2b(source.encode(), digest_size=8).hexdigest()).write_bytes(source.encode())
        ended = search(folder, seconds, f"-max_total_time={int(seconds)}", "-timeout=10", str(corpus))
        faults = Path(folder, FAULTS)
        found = faults.read_text("utf-8").splitlines() if faults.exists() else []
        if ended.returncode:
            found.append(f"the search ended by itself: {ended.stderr[-500:]}")
        if keep:
            write(corpus)
        runs = RUNS.search(ended.stderr)
        return Search(int(runs[1]) if runs else 0, tuple(found))


def search(folder: str, seconds: float, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run libFuzzer."""
    command = [sys.executable, "-m", "tests.fuzz.guided", folder, *arguments, f"-artifact_prefix={folder}/"]
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace", timeout=seconds + AFTERWARDS, check=False
    )


def write(corpus: Path) -> None:
    """Keep the shortest of what led somewhere new, and what was kept before."""
    found = sorted((path.read_bytes() for path in corpus.iterdir()), key=lambda one: (len(one), one))
    sources = [one.decode("utf-8", "replace") for one in found if len(one) <= LONGEST][:MOST]
    lines = ",\n".join(map(json.dumps, dict.fromkeys((*KEPT, *sources))))
    CORPUS.write_text(f"[\n{lines}\n]\n", "utf-8")


def main() -> None:
    """Search; libFuzzer does not come back."""
    import atheris  # noqa: PLC0415  # only who searches needs it

    with atheris.instrument_imports(include=["engine.language"]):
        from tests.fuzz import batches, judged  # noqa: PLC0415  # what is imported here is followed
    batches.bounded(memory=False)
    folder = sys.argv.pop(1)

    def one(data: bytes) -> None:
        source = data.decode("utf-8", "replace")
        if wrong := judged.fault({"verb": "graph", "source": source}):
            with Path(folder, FAULTS).open("a", encoding="utf-8") as faults:
                faults.write(json.dumps([wrong, source]) + "\n")

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

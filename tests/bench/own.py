"""Engines that learners write: how many planted mistakes are named, what grading and watching them costs."""

import gc
import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import msgspec

from engine.grading.files import each, one
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.run import Options, run
from engine.streaming import stream
from engine.watch.battery import ours
from engine.watch.turns import Window
from engine.watch.watching import watch
from tests.bench.timing import USUAL, Row, paired, race, row
from tests.live.readers import Reader
from tests.watch.dresses import DRESSES
from tests.watch.looking import LIMITS, NAMES, look
from tests.watch.mutants import Mutant, mutants
from tests.watch.seeds import BUILT, TAUGHT, training
from tests.watch.test_mutants import NAMED, alike, named
from tests.watch.test_right import program
from tests.watch.variants import MICROGRAD, VARIANTS
from tests.watch.written import PROGRAM, WRITTEN

TURNS = 7
FILES = 50
TRAINED = 1_000  # turns of the program that a published text ends in
SEEDS = 12  # random programs for each dress
MOST = 0.5  # seconds that grading a file may take
MINUTE = 200  # files that are to be graded in one
WATCHING = 1 / 3  # watched, a program may take three times as long
CHAIN = "x = Value(0.5)\ny = x\nfor i in range(150):\n    y = y * 0.9 + x\ny.backward()\n"
WATCHED = {
    "a net trained for 5 turns by an engine of its own": training(5),
    "a chain of 450 nodes": MICROGRAD.split("class Module", maxsplit=1)[0] + CHAIN,
}


def rows(
    turns: int = TURNS, files: int = FILES, every: int = 1, seeds: int = SEEDS, trained: int = TRAINED
) -> Iterable[Row]:
    """The rows of the table; of the mutants every so many."""
    yield planted(mutants()[::every])
    yield cleared([*right(seeds)][::every])
    alone = race({"ours": partial(graded, MICROGRAD)}, turns, USUAL)["ours"]
    work = f"grading a file with micrograd's engine by {len(ours())} skills ({USUAL})"
    yield row(work, min(alone), ("what a file may take", MOST), 1.0)
    yield in_a_minute(files)
    for name, source in WATCHED.items():
        yield watched(name, source, turns)
    yield streamed(trained)


def planted(found: Sequence[Mutant]) -> Row:
    """How many mutants are told their cause."""
    wrong = {mutant: cause for mutant in found if (cause := named(mutant)) or not alike(mutant)}
    hits = sum(cause == mutant.cause for mutant, cause in wrong.items())
    share = 100 * hits / len(wrong)
    work = f"engines with a planted mistake, {len(wrong)} of 14 causes: {hits} named right"
    return {**row(work, share, ("the bar", 100 * NAMED), 1.0, ratio=share / (100 * NAMED)), "unit": "%"}


def right(seeds: int) -> Iterable[str]:
    """Right engines with their programs."""
    for dress in DRESSES:
        yield dress.source()
        yield from (dress.source(program=program(seed)) for seed in range(seeds))
    yield from VARIANTS.values()
    yield from (text + PROGRAM for text in (*WRITTEN.values(), TAUGHT, BUILT))


def cleared(sources: Sequence[str]) -> Row:
    """How many right engines are called right."""
    clear = sum(not look(source).findings for source in sources)
    work = (
        f"right engines, {len(sources)} programs in {len(DRESSES) + len(VARIANTS) + len(WRITTEN) + 2} ways to write one"
    )
    share = 100 * clear / len(sources)
    return {**row(f"{work}: {clear} called right", share, ("the bar", 100), 1.0, ratio=share / 100), "unit": "%"}


def graded(source: str) -> None:
    """One file from disk to grade."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "engine.py"
        file.write_text(source, "utf-8")
        one(str(file), ours(), "en")


def in_a_minute(files: int) -> Row:
    """How many files are graded in a minute, in as many processes as there are cores."""
    found = mutants()
    with tempfile.TemporaryDirectory() as folder:
        for place in range(files):
            (Path(folder) / f"{place:03}.py").write_text(found[place * len(found) // files].source, "utf-8")
        begun = perf_counter()
        done = len([*each([folder], ours(), "en")])
        speed = 60 * done / (perf_counter() - begun)
    made = row(
        f"grading {done} files, in a process for each core", speed, ("wanted", MINUTE), 1.0, ratio=speed / MINUTE
    )
    return {**made, "unit": "files a minute"}


def watched(name: str, source: str, turns: int) -> Row:
    """What watching costs beside running; what is left to the collector is taken away in the time of who left it."""
    checked = check(source, LIMITS, NAMES)

    def watching() -> None:
        watch(checked, LIMITS, Options({}), Window.at(None))
        gc.collect(1)

    def running() -> None:
        run(checked, LIMITS, Options({}))
        gc.collect(1)

    contenders = {"ours": watching, "peer": running}
    times = race(contenders, turns, USUAL)
    ratio = paired(times["ours"], times["peer"])
    return row(
        f"watching {name} ({USUAL})", min(times["ours"]), ("running it", min(times["peer"])), WATCHING, ratio=ratio
    )


def streamed(turns: int) -> Row:
    """The whole training by a learner's own engine, in a stream, within what a stream may take."""
    begun = process_time()
    answer = msgspec.json.decode(stream(msgspec.json.encode({"source": training(turns)}), Reader())[1:])
    seconds = process_time() - begun
    if len(answer["printed"]) != -(-turns // 200) + 4:
        raise RuntimeError("the training did not get to its end")
    work = f"XOR trained for {turns:,} turns by an engine of its own, in a stream"
    return row(work, seconds, ("what a stream may take", Limits.stream().cpu_seconds), 1.0)

"""The command `doctor`: whether this machine keeps programs in, tried from inside a worker, one probe after another."""

import asyncio

from app.pool.job import RunError
from app.pool.probes import PROBES
from app.pool.walls import WALLS
from app.pool.workers import Pool, Terms, boxed

PROBE = "app.pool.probes:probe"
MEANING = {
    "network": "no network, and no users, of this machine",
    "privileges": "no privileges, and no way to get any",
    "files": "no files but Python's own and ours, and these to be read only",
    "calls": "no calls of the kernel but those that computing takes",
}
HELD = "Everything was refused."
OPEN = "Not everything was refused: do not run programs of strangers here."


def doctor() -> tuple[list[str], bool]:
    """The lines of a report, and whether every probe was refused."""
    return asyncio.run(_examine())


async def _examine() -> tuple[list[str], bool]:
    terms = Terms(workers=1, spares=0)
    pool = Pool(boxed(PROBE, terms), terms)
    await pool.open()
    try:
        standing = pool.walls
        walls = [f"  {'yes' if name in standing else 'MISSING':9}{name:12}{MEANING[name]}" for name in WALLS]
        refusals = {what: await _refusal(pool, what) for what in PROBES}
    finally:
        await pool.close()
    held = None not in refusals.values()
    tried = [f"  {'refused' if why else 'DONE':9}{what:24}{why or ''}".rstrip() for what, why in refusals.items()]
    head, inside = "Around each process that runs programs:", "Tried from inside of one:"
    return [head, *walls, inside, *tried, HELD if held else OPEN], held


async def _refusal(pool: Pool, what: str) -> str | None:
    """How a probe was refused; None where it was not."""
    try:
        answer = await pool.submit(what.encode()).answer
    except RunError:
        return "the process was ended"
    return answer[1:].decode("utf-8", "replace") if answer.startswith(b"+") else None

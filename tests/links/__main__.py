"""`python -m tests.links`: 10,000 links by 8 writers while the server is killed three times, on either database."""

import sys
import tempfile

from tests.links.killing import WRITERS, killing
from tests.links.postgres import MISSING, new_database, postgres, programs

LINKS = 10_000
KILLS = 3


def tell(kind: str, url: str) -> bool:
    """Do it, and say what came of it; whether nothing is lost."""
    found = killing(url, LINKS, KILLS)
    print(
        f"{kind}: {found.answered:,} links by {WRITERS} writers in {found.seconds:.0f} s, "
        f"the server killed {found.kills} times: {len(found.lost)} lost",
        flush=True,
    )
    return not found.lost and found.answered == LINKS


def main() -> int:
    """Try both; 1 where a link is lost."""
    with tempfile.TemporaryDirectory() as folder:
        whole = tell("SQLite", f"sqlite:///{folder}/links.db")
    found = programs()
    if found is None:
        print(MISSING)
        return 1
    with postgres(found) as server:
        return int(not (tell("PostgreSQL", new_database(server)) and whole))


if __name__ == "__main__":
    sys.exit(main())

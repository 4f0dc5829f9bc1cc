"""`python -m tests.wide`: the service's tests once more, with PostgreSQL, Redis and Dask in place of what is built in.

The three servers are real, and gone at the end. What is given after the name, options and tests, is given to pytest.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from tests.links.postgres import MISSING, new_database, postgres, programs
from tests.wide.plugin import SETTINGS, TESTED
from tests.wide.servers import NO_REDIS, REDIS, dask, redis

TESTS = ["tests/app", "tests/links"]
THREADS = 2  # of each node


def main(arguments: list[str]) -> int:
    """Start the servers and run the tests; 2 where a server is not installed."""
    database = programs()
    if database is None or REDIS is None:
        print(MISSING if database is None else NO_REDIS, file=sys.stderr)
        return 2
    with ExitStack() as stack:
        links = new_database(stack.enter_context(postgres(database)))
        _, shared = stack.enter_context(redis())
        cluster = stack.enter_context(dask(nodes=2, threads=THREADS))
        servers = zip(SETTINGS, (links, shared, cluster.address), strict=True)
        tests = [] if any(Path(one.partition("::")[0]).exists() for one in arguments) else TESTS
        command = [sys.executable, "-m", "pytest", "-n0", "-p", "tests.wide.plugin", *tests, *arguments]
        environment = {**os.environ, **{TESTED + name: address for name, address in servers}}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

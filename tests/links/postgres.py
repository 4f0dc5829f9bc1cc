"""A PostgreSQL of our own: a new cluster on a free port, gone when the block ends."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

from app.links.database import DRIVERS

USER = "postgres"
NUMBERS = count()
MISSING = "PostgreSQL's programs are not installed (Debian: postgresql)"


def programs() -> Path | None:
    """Where `initdb` and `postgres` are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "")]
    return found[-1].resolve().parent if found[-1].is_file() else None


@contextmanager
def postgres(bin_: Path) -> Iterator[str]:
    """The URL of the server; as root it runs as the user that Debian makes, because it refuses to run as root."""
    user = USER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="links-postgres-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, log = folder / "data", folder / "log"
    control = [str(bin_ / "pg_ctl"), "--pgdata", str(data), "--log", str(log), "--wait", "--silent"]
    initial = [str(bin_ / "initdb"), "--pgdata", str(data), "--username", USER, "--auth", "trust", "--no-sync"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=50 -c fsync=off"
    try:
        subprocess.run([*initial, "--encoding", "UTF8"], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
        subprocess.run([*control, "--options", options, "start"], check=True, user=user, cwd=folder)
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/"
        finally:
            subprocess.run([*control, "--mode", "immediate", "stop"], check=True, user=user, cwd=folder)
    finally:
        shutil.rmtree(folder)


def new_database(server: str) -> str:
    """The URL of a database with nothing in it."""
    name = f"links{next(NUMBERS)}"
    url = server.replace("postgresql", DRIVERS["postgresql"], 1) + "postgres"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server + name

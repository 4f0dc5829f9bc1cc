"""A database from its URL, with the tables as this version needs them."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from app.links import migrations

SECONDS = 5  # for a connection, and for a lock that another holds
LOCK = 0x6175746F67726164  # of PostgreSQL, while the tables change
WRITES = "writes"  # an execution option: the transaction takes SQLite's lock at its beginning
MIGRATIONS = Path(migrations.__file__).parent
DRIVERS = {"postgresql": "postgresql+pg8000", "postgres": "postgresql+pg8000"}


def connected(url: str, places: int) -> Engine:
    """The database; nothing is opened yet. A file may be named from the home directory."""
    parsed = make_url(url)
    parsed = parsed.set(drivername=DRIVERS.get(parsed.drivername, parsed.drivername))
    if parsed.get_backend_name() == "sqlite":
        parsed = parsed.set(database=str(Path(parsed.database or "").expanduser()))
    engine = create_engine(
        parsed,
        connect_args={"timeout": SECONDS},
        hide_parameters=True,  # programs are nothing for a log
        max_overflow=0,
        pool_pre_ping=True,
        pool_size=places,
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin)
    return engine


def prepare(engine: Engine) -> None:
    """Make the tables what this version needs; several servers may do so at once."""
    if engine.dialect.name == "sqlite":
        Path(engine.url.database or "").parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        if _current(connection, config):
            return
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _current(connection: Connection, config: Config) -> bool:
    wanted = ScriptDirectory.from_config(config).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(wanted)


def _leave_transactions_to_us(connection: Any, _: object) -> None:  # noqa: ANN401  # the driver's own
    """Python's module would begin transactions by itself, and tables would change outside of them."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

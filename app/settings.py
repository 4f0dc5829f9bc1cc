"""How the service is run: one frozen object, from environment variables whose names begin with AUTOGRAD_.

The budgets of programs are not here: they are the engine's (`engine.language.limits`).
"""

from typing import Annotated

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "AUTOGRAD_"
OFF = "off"


class Settings(BaseSettings):
    """The settings of one server process. Durations are in seconds, where the name does not say days."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", allow_inf_nan=False)

    workers: PositiveInt = Field(default=2, description="processes that run programs, one program at a time each")
    spares: NonNegativeInt = Field(default=1, description="processes kept ready to replace one that had to be stopped")
    worker_runs: PositiveInt = Field(default=1_000, description="programs a process runs before it is replaced")
    worker_nice: Annotated[int, Field(ge=0, le=19)] = Field(
        default=19, description="how far the processes step back for the server (`nice`)"
    )
    queue: PositiveInt = Field(default=100, description="programs that may wait for a process")
    queue_seconds: PositiveFloat = Field(default=2.0, description="the longest a program waits for a process")
    streams: PositiveInt = Field(default=4, description="trainings that run at the same time, a process each")
    stream_seconds: PositiveFloat = Field(default=600.0, description="the longest a training lasts, pauses included")
    body_seconds: PositiveFloat = Field(default=5.0, description="the longest a request's body may take to arrive")
    query_bytes: PositiveInt = Field(
        default=8 * 1024, description="the longest program that travels in an address, in bytes"
    )
    cache_bytes: NonNegativeInt = Field(
        default=64 * 1024 * 1024, description="answers that are kept, in bytes of memory; 0 for none"
    )
    links: Annotated[str, Field(pattern=r"^(off|sqlite:///.+|postgres(ql)?(\+\w+)?://.+)$")] = Field(
        default="sqlite:///~/.autograd-playground/links.db",
        description="the database that keeps short links, SQLite's or PostgreSQL's (`postgresql://user@host/name`), "
        "or `off`",
    )
    links_days: PositiveInt | None = Field(
        default=None, description="how long a short link opens after it was last made; else for ever"
    )
    secret: Annotated[str, Field(pattern=r"^(.{16,})?$", repr=False)] = Field(
        default="", description="what receipts are signed with, at least 16 characters; without it there are none"
    )
    public_url: Annotated[str, Field(pattern=r"^(https?://[^/\s?#]+)?$")] = Field(
        default="", description="where others reach the service, as `https://host`; else what the request says"
    )
    embedded_by: Annotated[str, Field(pattern=r"^(\*|(https?://[\w.*:-]+ ?)*)$")] = Field(
        default="*", description="origins whose pages may frame `/embed`, besides our own; `*` for all"
    )


def settings_table() -> str:
    """The settings as a Markdown table, for the documentation."""
    fields = Settings.model_fields.items()
    rows = (
        f"| `{PREFIX}{name.upper()}` | {'' if field.default is None else field.default} | {field.description} |"
        for name, field in fields
    )
    return "\n".join(["| variable | default | meaning |", "| --- | --- | --- |", *rows, ""])

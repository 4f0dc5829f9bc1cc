"""How the service is run: one frozen object, from environment variables whose names begin with AUTOGRAD_.

The budgets of programs are not here: they are the engine's (`engine.language.limits`).
"""

from typing import Annotated

from pydantic import AfterValidator, Field, NonNegativeInt, PositiveFloat, PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.clients import factors, trusted

PREFIX = "AUTOGRAD_"
OFF = "off"


def raises(text: str) -> str:
    """Networks and factors as they were written; ValueError for what is none."""
    list(factors(text))
    return text


def hops(text: str) -> str:
    """Hops as they were written; ValueError for what is none."""
    trusted(text)
    return text


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
    slots: PositiveInt = Field(default=2, description="programs of one client that run at the same time")
    rate: PositiveInt = Field(
        default=60,
        description="programs a client may have run in a minute; a tenth is what one counts that takes a moment, "
        "and an answer that is kept counts nothing",
    )
    burst: PositiveInt = Field(default=20, description="how many of them at once")
    raised: Annotated[str, AfterValidator(raises)] = Field(
        default="127.0.0.0/8=0 ::1/128=0",
        description="networks whose clients have so many times as much of that, as `192.0.2.7/32=30` for a school "
        "behind one address; 0 is without limits",
    )
    trusted_hops: Annotated[str, AfterValidator(hops)] = Field(
        default="0",
        description="proxies in front of the server whose `X-Forwarded-For` is believed: how many, "
        "or the networks that they are in",
    )
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

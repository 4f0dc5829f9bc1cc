"""How the service is run: one frozen object, from environment variables whose names begin with AUTOGRAD_.

The budgets of programs are not here: they are the engine's (`engine.language.limits`).
"""

from ipaddress import ip_network
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, NonNegativeFloat, NonNegativeInt, PositiveFloat, PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.clients.identity import factors, trusted

PREFIX = "AUTOGRAD_"
OFF = "off"
NAME = r"(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*"

Form = Literal["text", "json"]
Clients = Literal["none", "network", "address"]


def networks(text: str) -> str:
    """A list of networks as it was written; ValueError for what is none."""
    for one in text.split():
        ip_network(one)
    return text


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
    spares: NonNegativeInt = Field(
        default=4,
        description="processes kept ready to replace one that had to be stopped, and to run programs of those who use "
        "little while those of others take long",
    )
    worker_runs: PositiveInt = Field(default=1_000, description="programs a process runs before it is replaced")
    worker_nice: Annotated[int, Field(ge=0, le=19)] = Field(
        default=10, description="how far the processes step back for the server (`nice`)"
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
    executor: Annotated[str, Field(pattern=r"^((tcp|tls)://[^/]+)?$")] = Field(
        default="",
        description="the scheduler of a Dask cluster whose nodes run the programs, as `tcp://host:8786`; "
        "else this machine does",
    )
    redis_url: Annotated[str, Field(pattern=r"^((rediss?|unix)://.+)?$", repr=False)] = Field(
        default="",
        description="the Redis in which servers share what each would else keep in memory, as `redis://host:6379/0`",
    )
    secret: Annotated[str, Field(pattern=r"^(.{16,})?$", repr=False)] = Field(
        default="", description="what receipts are signed with, at least 16 characters; without it there are none"
    )
    public_url: Annotated[str, Field(pattern=r"^(https?://[^/\s?#]+)?$")] = Field(
        default="", description="where others reach the service, as `https://host`; else what the request says"
    )
    hosts: Annotated[str, Field(pattern=rf"^(\*|{NAME}( {NAME})*)?$")] = Field(
        default="",
        description="names the service answers to, `*.example.org` for all below one, `*` for any; "
        "else that of the public address, or any where there is none",
    )
    hsts_days: NonNegativeInt = Field(
        default=730,
        description="for how long browsers that came by HTTPS shall come by nothing else; 0 not to ask that",
    )
    security_contact: Annotated[str, Field(pattern=r"^((mailto:|https://|tel:)\S+)?$")] = Field(
        default="", description="where to report what can be used against the service, for `/.well-known/security.txt`"
    )
    log: Form = Field(default="text", description="the log as `text`, to be read, or as `json`, an object a line")
    log_clients: Clients = Field(
        default="none", description="what the log says of who asks: `none`, their `network`, or their `address`"
    )
    log_programs: bool = Field(
        default=False, description="whether programs come into the log, to look into a fault: tell those who write them"
    )
    metrics: Annotated[str, AfterValidator(networks)] = Field(
        default="127.0.0.0/8 ::1", description="networks that may read `/metrics`, by no proxy; empty for nobody"
    )
    telemetry: bool = Field(
        default=False,
        description="traces and metrics by OpenTelemetry, to where its own variables say (extra `telemetry`)",
    )
    drain_seconds: NonNegativeFloat = Field(
        default=0.0,
        description="how long the server still takes connections once it was told to end, "
        "while `/readyz` says so: for those who look there first",
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

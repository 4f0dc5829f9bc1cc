"""The settings: one frozen object, from the environment, with its table."""

import pytest
from pydantic import ValidationError

from app.settings import PREFIX, Settings, settings_table


def test_the_environment_says_what_the_defaults_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}WORKERS", "7")
    assert Settings().workers == 7
    assert Settings(workers=3).workers == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "0"),
        ("WORKERS", "many"),
        ("SPARES", "-1"),
        ("WORKER_NICE", "20"),
        ("QUEUE_SECONDS", "inf"),
        ("QUEUE", ""),
        ("EXECUTOR", "http://scheduler:8786"),
        ("REDIS_URL", "redis://"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().workers = 3


def test_the_table_has_every_setting_with_its_meaning() -> None:
    head, rule, *rows = settings_table().splitlines()
    assert head.count("|") == rule.count("|") == 4
    assert [row.split("|")[1].strip(" `") for row in rows] == [PREFIX + name.upper() for name in Settings.model_fields]
    assert all(len(row.split("|")[3].strip()) > 10 for row in rows)

"""How often a watched run makes frames."""

import pytest

from engine.live import pace


@pytest.fixture
def _always_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a frame after every pass."""
    monkeypatch.setattr(pace, "FASTEST", 0.0)
    monkeypatch.setattr(pace, "SHARE", 0.0)

"""The table of hostile programs, one row each, by the classes of what they attack. It only ever grows."""

from tests.language.attacks_running import RUNNING
from tests.language.attacks_static import STATIC
from tests.language.hostile import Attack, ids, leaks

__all__ = ["ATTACKS", "RUNNING", "STATIC", "Attack", "ids", "leaks"]

ATTACKS: tuple[Attack, ...] = (*STATIC, *RUNNING)

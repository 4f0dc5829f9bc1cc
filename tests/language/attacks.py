"""The table of hostile programs, one row each, by the classes of what they attack. It only ever grows."""

from tests.language.attacks_found import FOUND
from tests.language.attacks_objects import OBJECTS
from tests.language.attacks_running import RUNNING
from tests.language.attacks_static import STATIC
from tests.language.attacks_watched import WATCHED
from tests.language.hostile import Attack, ids, leaks

__all__ = ["ATTACKS", "DYNAMIC", "RUNNING", "STATIC", "WATCHED", "Attack", "ids", "leaks"]

DYNAMIC: tuple[Attack, ...] = (*RUNNING, *OBJECTS, *WATCHED, *FOUND)
"""Those that the grammar takes, or may take."""
ATTACKS: tuple[Attack, ...] = (*STATIC, *DYNAMIC)

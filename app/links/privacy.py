"""What making a link stores, and for how long, in a sentence."""

from collections.abc import Callable

from app.settings import OFF, Settings

Say = Callable[[str], str]
Count = Callable[[str, int], str]


def kept(settings: Settings, say: Say, count: Count) -> str:
    """What there is to know before making a link; nothing where there are none to make."""
    if settings.links == OFF:
        return ""
    return say("link.kept") if settings.links_days is None else count("link.keptDays", settings.links_days)

"""A text, run with its engine watched, or plainly."""

from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.names import vocabulary
from engine.language.run import Options, run
from engine.language.values import Instance
from engine.watch.watching import Watched, watch

LIMITS = Limits()
NAMES = vocabulary()


def look(source: str) -> Watched:
    """What the watched run of a program leaves."""
    return watch(check(source, LIMITS, NAMES), LIMITS, Options({}))


def numbers(source: str) -> dict[str, tuple[object, ...]]:
    """The plain numbers that the objects hold which the program's names do, after a run that nobody watches."""
    left = run(check(source, LIMITS, NAMES), LIMITS, Options({}))
    return {
        name: tuple(held for held in thing.attributes.values() if isinstance(held, int | float))
        for name, thing in left.variables.items()
        if isinstance(thing, Instance)
    }

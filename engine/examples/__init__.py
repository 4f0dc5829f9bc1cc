"""Programs that show what the playground does, from a first expression to a net of one's own.

Each is a file beside this one, named by its place in the teaching order and its name. It begins with three comment
lines, `# title:`, `# sentence:` and `# level:`; the program follows after a blank line.
"""

from dataclasses import dataclass
from importlib.resources import files

LEVELS = ("first steps", "building blocks", "learning", "beyond", "engines")
ENGINE = LEVELS[-1]  # an engine of one's own, right or wrong: the playground's draws nothing of it


@dataclass(frozen=True, slots=True)
class Example:
    """A program with a title, a sentence about it, and how far into the matter it goes (one of LEVELS)."""

    name: str
    title: str
    sentence: str
    level: str
    source: str


def parse(filename: str, text: str) -> Example:
    """Read an example's file."""
    header, _, source = text.partition("\n\n")
    facts = dict(line.removeprefix("# ").split(": ", 1) for line in header.splitlines())
    _, _, name = filename.removesuffix(".py").partition("_")
    return Example(name=name.replace("_", "-"), source=source, **facts)


PROGRAMS: tuple[Example, ...] = tuple(
    parse(file.name, file.read_text(encoding="utf-8"))
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name)
    if file.name[0].isdigit()
)
EXAMPLES: tuple[Example, ...] = tuple(one for one in PROGRAMS if one.level != ENGINE)
ENGINES: tuple[Example, ...] = tuple(one for one in PROGRAMS if one.level == ENGINE)

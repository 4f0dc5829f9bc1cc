"""A chapter of the course, read from its Markdown file: facts about it, prose, a program, a check.

The format is described in `docs/chapters.md`, for those who write one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from app.course.check import Check, NodeCheck, NumberCheck, read_check
from app.course.quantity import NotUnderstoodError
from app.paths import TEMPLATES
from engine.examples import Example

FOLDER = TEMPLATES / "learn"
FACTS = ("title", "sentence", "part")
OPTIONAL = ("start",)
BLOCKS = ("program", "check", "solution")
FILE = re.compile(r"(?P<place>\d\d)-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
FENCE = "---"
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class ChapterError(ValueError):
    """A file that is no chapter: which one, and why."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter; `slug` names it in addresses, `start` is what the playground shows at first, as in an address."""

    slug: str
    lang: str
    title: str
    sentence: str
    part: str
    start: str
    prose: Markup
    words: int
    links: tuple[str, ...]
    source: str
    check: Check
    solution: str | None

    @property
    def example(self) -> Example:
        """Its program, as the page lists programs."""
        return Example(self.slug, self.title, self.sentence, self.part, self.source)

    @property
    def address(self) -> str:
        """Where it is, as it should be seen at first."""
        return f"/learn/{self.slug}{'?' if self.start else ''}{self.start}"


def inline(text: str) -> Markup:
    """A line of Markdown as HTML."""
    return Markup(MARKDOWN.renderInline(text))  # noqa: S704  # written without HTML of its own


def read(path: Path) -> Chapter:
    """Read a chapter; ChapterError where the file is none."""
    name = FILE.fullmatch(path.name)
    if name is None:
        raise ChapterError(f"{path.name}: a chapter's file is named like `03-operations.md`")
    try:
        return parse(path.read_text("utf-8"), name["slug"], path.parent.name)
    except NotUnderstoodError as error:
        raise ChapterError(f"{path.name}: {error}") from None


def parse(text: str, slug: str, lang: str) -> Chapter:
    """Read the text of a chapter."""
    facts, body = _front(text)
    tokens = MARKDOWN.parse(body)
    blocks = _blocks(tokens)
    told = [token for token in tokens if token.type != "fence" or token.info.strip() not in BLOCKS]
    check = read_check(blocks["check"].splitlines())
    solution = blocks.get("solution")
    if (solution is None) != isinstance(check, NumberCheck | NodeCheck):
        raise NotUnderstoodError("a check of a program has a `solution`, and only such a one")
    return Chapter(
        slug=slug,
        lang=lang,
        **{name: facts.get(name, "") for name in (*FACTS, *OPTIONAL)},
        prose=Markup(MARKDOWN.renderer.render(told, MARKDOWN.options, {})),  # noqa: S704  # as above
        words=sum(len(token.content.split()) for token in told if token.type in {"inline", "fence"}),
        links=tuple(_links(told)),
        source=blocks["program"],
        check=check,
        solution=solution,
    )


def _front(text: str) -> tuple[Mapping[str, str], str]:
    """The facts between two lines `---`, and what follows."""
    first, _, rest = text.partition("\n")
    head, fence, body = rest.partition(f"\n{FENCE}\n")
    if first != FENCE or not fence:
        raise NotUnderstoodError("a chapter begins with its facts between two lines `---`")
    facts = {name: value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
    for name in FACTS:
        if not facts.get(name):
            raise NotUnderstoodError(f"the facts lack `{name}:`")
    for name in facts.keys() - {*FACTS, *OPTIONAL}:
        raise NotUnderstoodError(f"there is no fact `{name}:`")
    return facts, body


def _blocks(tokens: Iterable[Token]) -> dict[str, str]:
    """What stands in the fenced blocks that are not prose."""
    blocks: dict[str, str] = {}
    for token in tokens:
        name = token.info.strip()
        if token.type != "fence" or name not in BLOCKS:
            continue
        if name in blocks:
            raise NotUnderstoodError(f"there are two blocks `{name}`")
        blocks[name] = token.content
    for name in ("program", "check"):
        if name not in blocks:
            raise NotUnderstoodError(f"there is no block `{name}`")
    return blocks


def _links(tokens: Iterable[Token]) -> Iterable[str]:
    """Where the links of the prose lead."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrs["href"])

"""The chapters there are, by language: in `templates/learn/` a folder each, in the order of the files' names.

What a language lacks is read in English.
"""

from collections.abc import Mapping

from app.course.chapter import FOLDER, Chapter, read

FIRST = "en"

Course = Mapping[str, Chapter]  # by slug, in order


def _read(lang: str) -> Course:
    return {chapter.slug: chapter for chapter in map(read, sorted((FOLDER / lang).glob("*.md")))}


COURSES: Mapping[str, Course] = {path.name: _read(path.name) for path in sorted(FOLDER.iterdir())}


def course_in(lang: str) -> Course:
    """The course in a language."""
    return {slug: COURSES.get(lang, {}).get(slug, chapter) for slug, chapter in COURSES[FIRST].items()}

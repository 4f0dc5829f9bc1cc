"""Where the page's files are: beside the package in a checkout, inside it once installed from a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


STATIC = _folder("static")
TEMPLATES = _folder("templates")

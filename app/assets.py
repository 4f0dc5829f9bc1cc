"""The files the page loads, held in memory: what is not a page's business cannot be asked for.

Their address holds the edition of them all, so that a browser may keep them for good.
"""

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("css", "icon", "js", "vendor")
PREFIX = "/static"
WORTH_PACKING = 1_024  # bytes
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
PACKED = {".css", ".js", ".json", ".svg", ".txt"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent; `packed` is smaller, where packing pays."""

    body: bytes
    packed: bytes | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by their path, and the edition that changes with any of them."""

    edition: str
    files: Mapping[str, Asset]

    def url(self, path: str) -> str:
        """The address of a file; KeyError for one that does not exist."""
        return f"{PREFIX}/{self.edition}/{path}" if self.files[path] else ""


def load(root: Path, version: str) -> Assets:
    """Read the files under `root` that a page may load."""
    files = {path.relative_to(root).as_posix(): _asset(path) for path in _paths(root)}
    return Assets(f"{version}-{digest({name: asset.body for name, asset in files.items()})}", files)


def digest(contents: Mapping[str, bytes]) -> str:
    """A short hash of named contents."""
    total = hashlib.sha256()
    for name in sorted(contents):
        total.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(contents[name]).digest())
    return total.hexdigest()[:12]


def _paths(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in MEDIA_TYPES and path.is_file())


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    pays = path.suffix in PACKED and len(body) >= WORTH_PACKING
    return Asset(body, gzip.compress(body, 6, mtime=0) if pays else None, MEDIA_TYPES[path.suffix])

"""The picture in pixels: what it is, how large, and that any label only changes its own card."""

import struct
import zlib

import pytest

from engine.export import FORMATS
from engine.export.png import PIXELS, SHARP, SIDE
from engine.export.svg import drawn
from tests.export.subjects import SOURCES, labelled, subject
from tests.export.test_hostile import HOSTILE, PLAIN


def size(file: bytes) -> tuple[int, int]:
    """Width and height, as the head of a PNG has them."""
    assert file.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack("!II", file[16:24])
    return width, height


def pixels(file: bytes) -> bytes:
    """The rows of a PNG, still filtered."""
    place, data = 8, b""
    while place < len(file):
        (length,) = struct.unpack("!I", file[place : place + 4])
        if file[place + 4 : place + 8] == b"IDAT":
            data += file[place + 8 : place + 8 + length]
        place += length + 12
    return zlib.decompress(data)


@pytest.mark.parametrize("name", ["expression", "nothing", "deep", "poles", "net"])
def test_it_is_the_picture_at_twice_its_size_as_far_as_there_is_room(name: str) -> None:
    found = subject(SOURCES[name])
    width, height = size(FORMATS["png"].write(found))
    assert max(width, height) <= SIDE
    assert width * height <= PIXELS * 1.01
    picture = drawn(found.within(300))
    scale = width / picture.width
    assert scale <= SHARP
    assert height == pytest.approx(picture.height * scale, abs=1.5)
    if picture.width < SIDE / 4:
        assert scale == pytest.approx(SHARP, abs=0.01)


def test_the_same_program_gives_the_same_pixels() -> None:
    found = subject(SOURCES["expression"])
    assert FORMATS["png"].write(found) == FORMATS["png"].write(found)


def test_texts_are_painted() -> None:
    one, other = (pixels(FORMATS["png"].write(labelled(label))) for label in ("a", "b"))
    assert len(one) == len(other)
    assert one != other


@pytest.mark.parametrize("label", HOSTILE.values(), ids=HOSTILE)
def test_any_label_is_painted_and_nothing_else(label: str) -> None:
    height = size(FORMATS["png"].write(labelled(PLAIN)))[1]
    assert size(FORMATS["png"].write(labelled(label)))[1] == height

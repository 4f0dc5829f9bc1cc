"""What the product is made of besides itself: every package that an installation, or a page, has in it."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.invariants.sources import ROOT

OURS = "autograd-playground"
READ = {"resvg-py": "MIT"}  # in its licence: its description does not say
NOT_SHIPPED = {"dev", "fuzz", "node"}  # extras for whoever works on it


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A package of one of the two registries."""

    registry: str
    name: str
    version: str
    licence: str


def python_parts() -> list[Part]:
    """What is installed with the product and its extras, directly or not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [lines for name, lines in project["optional-dependencies"].items() if name not in NOT_SHIPPED]
    found: dict[tuple[str, str], Distribution] = {}
    waiting = [Requirement(line) for lines in (project["dependencies"], *extras) for line in lines]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name == OURS or (requirement.marker and not requirement.marker.evaluate()):
            continue
        for extra in ("", *requirement.extras):
            if (name, extra) not in found:
                found[name, extra] = distribution(name)
                waiting += _needed(found[name, extra].requires or (), extra)
    return sorted({_python(name, one) for (name, _), one in found.items()})


def javascript_parts() -> list[Part]:
    """What the page's bundles are made of, and with."""
    lock = json.loads((ROOT / "static/package-lock.json").read_text("utf-8"))
    return sorted(
        Part("npm", place.rpartition("node_modules/")[2], one["version"], one["license"])
        for place, one in lock["packages"].items()
        if place and not one.get("dev") and not one.get("optional")
    )


def _needed(lines: Iterable[str], extra: str) -> Iterator[Requirement]:
    for line in lines:
        requirement = Requirement(line)
        marker, requirement.marker = requirement.marker, None
        if marker is None or marker.evaluate({"extra": extra}):
            yield requirement


def _python(name: str, found: Distribution) -> Part:
    told = found.metadata
    classifiers = [one for one in told.get_all("Classifier") or () if one.startswith("License ::")]
    named = " AND ".join(one.rpartition(" :: ")[2] for one in classifiers)
    written = [field for key in ("License-Expression", "License") for field in told.get_all(key) or ()]
    return Part("pypi", name, found.version, READ.get(name) or named or written[0].splitlines()[0])

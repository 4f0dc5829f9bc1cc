"""What is imported is declared, and what is declared is used."""

import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

from tests.invariants.sources import ROOT, imports, python_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OWN = {"app", "engine", "tests"}
# Used without an import of ours: the server's loop and parser, the driver that a database's URL asks for, what
# Starlette's test client is made of, the plugin behind `pytest -n`, what exported programs import, programs that run.
# What the documentation site names, and the kernel and the notebook that its pages are tried with.
BY_NAME = {"httptools", "uvloop", "httpx2", "pg8000", "pytest-xdist", "jax", "hatchling", "mypy", "ruff"}
BY_NAME |= {"autograd-playground", "myst-parser", "furo", "ipykernel", "marimo", "types-docutils"}
# What FastAPI sends its traces with, and what asks for known holes.
BY_NAME |= {"opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http", "pip-audit"}
PART_OF = {
    "starlette": "fastapi",
    "anyio": "fastapi",
    "pydantic_core": "pydantic",
    "markupsafe": "jinja2",
    "zstandard": "starlette_compress",
    "brotli": "starlette_compress",
    "traitlets": "anywidget",
    "docutils": "sphinx",
    "nbformat": "nbconvert",
    "packageurl": "cyclonedx",
    "opentelemetry": "opentelemetry-api",
}


distributions = cache(packages_distributions)


def declared(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", text, maxsplit=1)[0] for text in requirements}


def imported(*folders: str) -> set[str]:
    """The distributions that the files below these folders import."""
    ours = [path for path in python_files(*folders) if "examples" not in path.parts]  # those import for the reader
    names = {name.split(".")[0] for path in ours for _, name in imports(path)}
    known = distributions()
    foreign = {PART_OF.get(name, name) for name in names - OWN - set(sys.stdlib_module_names)}
    return {re.sub(r"[-_.]+", "-", known.get(name, [name])[0]).lower() for name in foreign}


RUNTIME = declared(PROJECT["dependencies"])
DEVELOPMENT = declared(PROJECT["optional-dependencies"]["dev"])
FUZZING = declared(PROJECT["optional-dependencies"]["fuzz"])  # of tests that `make fuzz` alone runs
EXTRAS = {
    name
    for extra, requirements in PROJECT["optional-dependencies"].items()
    if extra not in ("dev", "node", "fuzz")
    for name in declared(requirements)
}


def test_the_product_imports_what_it_depends_on() -> None:
    offered = RUNTIME | EXTRAS
    assert imported("engine", "app") | (BY_NAME & offered) == offered


def test_the_tests_import_what_they_depend_on() -> None:
    used = imported("tests") - RUNTIME - EXTRAS
    assert used | (BY_NAME & DEVELOPMENT) == DEVELOPMENT | FUZZING


def test_every_dependency_has_a_range() -> None:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    others = [text for group in groups for text in group if not text.startswith(PROJECT["name"])]
    assert not [text for text in others if not re.search(r">=[\d.]+,<[\d.]+|==[\d.]+", text)]

"""The ways to a gradient that the inspector tells, by the chain rule, by paths, forward, come to the engine's own."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from tests.engine.explain.told import PROGRAMS, evaluated
from tests.invariants.sources import ROOT

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
SCRIPT = ROOT / "tests" / "js" / "chains.mjs"
UNTOLD = {"extremes"}  # of infinite slopes each way makes NaN at another place
WAYS = ("chain", "paths", "forward")
TOLD_DIGITS = 1e-5


@pytest.fixture(scope="module")
def documents() -> list[tuple[str, Any]]:
    every = ((name, json.loads(evaluated(name).document())) for name in PROGRAMS if name not in UNTOLD)
    return [(name, one) for name, one in every if not one["graph"]["truncated"] and len(one["nodes"]) < 400]


@pytest.fixture(scope="module")
def told(documents: list[tuple[str, Any]]) -> list[list[dict[str, Any]]]:
    asked = json.dumps([{"document": document, "source": PROGRAMS[name]} for name, document in documents])
    done = subprocess.run(["node", SCRIPT], input=asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def test_every_way_to_a_gradient_comes_to_the_same(
    documents: list[tuple[str, Any]], told: list[list[dict[str, Any]]]
) -> None:
    counts = dict.fromkeys(WAYS, 0)
    for (name, document), nodes in zip(documents, told, strict=True):
        adjoints = {node["id"]: node["adjoint"] for node in document["nodes"]}
        for node in nodes:
            for way in WAYS:
                if node[way] is not None:
                    expected = pytest.approx(float(adjoints[node["id"]]), rel=TOLD_DIGITS, abs=1e-9, nan_ok=True)
                    assert float(node[way]) == expected, (name, node, way)
                    counts[way] += 1
    assert min(counts.values()) > len(documents)

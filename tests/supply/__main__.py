"""`python -m tests.supply`: the bill of materials, and whether a hole is known in what is on it; 1 where one is."""

import sys

from tests.invariants.sources import ROOT
from tests.supply.audits import npm_audit, pip_audit
from tests.supply.parts import javascript_parts, python_parts
from tests.supply.sbom import bill

PLACE = ROOT / "build/sbom.cdx.json"


def main() -> int:
    """Write it, ask, and say what came of it."""
    python, javascript = python_parts(), javascript_parts()
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(bill([*python, *javascript]) + "\n", "utf-8")
    print(f"SBOM       {PLACE.relative_to(ROOT)}: {len(python)} Python packages, {len(javascript)} of the page's")
    verdicts = {"pip-audit": pip_audit(python), "npm audit": npm_audit()}
    for name, verdict in verdicts.items():
        print(f"{name:10} {verdict}", flush=True)
    return int(any(verdict.holes for verdict in verdicts.values()))


if __name__ == "__main__":
    sys.exit(main())

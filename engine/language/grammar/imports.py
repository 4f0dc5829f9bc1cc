"""Imports: which modules and names there are, and what an imported name stands for."""

import ast
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from engine.language.errors import Refusal
from engine.language.faults import nearest
from engine.language.fixes import Swap
from engine.language.grammar.bindings import parameters
from engine.language.grammar.spelling import refuse
from engine.language.grammar.tree import Live, imports, of

Modules = Mapping[str, frozenset[str]]
"""The names that each module offers, by its dotted path; a module inside another is one of its names."""

OF_TORCH = (
    "torch is here for single numbers: `torch.tensor(2.0, requires_grad=True)`, `x.item()` and its functions of them"
)
BY_NAME = "write numbers and lists; the functions are there by name, without a module"
DRAWN = "leave the line out: the graph is drawn for you"
INSTEAD = {
    "torch": OF_TORCH,
    "torch.nn": "write `from micrograd.nn import Neuron, Layer, MLP`",
    "torch.nn.functional": "the functions are there by name, without a module",
    "torch.autograd": "write `grad(y, x)`",
    "torch.Tensor": "write `torch.tensor(2.0, requires_grad=True)`",
    "torch.manual_seed": "write `random.seed(…)`",
    "torch.optim": "write `from engine.optim import SGD, Adam`",
    "numpy": BY_NAME,
    "jax": BY_NAME,
    "tensorflow": BY_NAME,
    "scipy": BY_NAME,
    "cmath": "complex numbers are not available; use `math`",
    "matplotlib": DRAWN,
    "graphviz": DRAWN,
    "sklearn": "write `from engine.data import moons`",
    "typing": "leave the line out: type hints need no import",
    "__future__": "leave the line out",
    "os": "a program here has no files and no system",
    "sys": "a program here has no files and no system",
}
"""What to write instead of a module that is not here."""


def check_import(node: ast.Import | ast.ImportFrom, modules: Modules) -> Iterator[Refusal]:
    """Refuse modules that are not here, and names that they do not offer."""
    if isinstance(node, ast.Import):
        yield from (_missing(alias, alias.name, modules) for alias in node.names if alias.name not in modules)
    elif node.module is None or node.module not in modules:
        yield _missing(node, node.module or "", modules)
    else:
        for alias in node.names:
            if alias.name != "*" and alias.name not in modules[node.module]:
                yield not_offered(alias, node.module, alias.name, modules)


def _missing(node: ast.AST, path: str, modules: Modules) -> Refusal:
    here = ", ".join(f"`{name}`" for name in sorted(modules) if "." not in name)
    hint = _instead(path) or f"the modules here are {here}"
    return refuse(node, f"there is no module `{path}` here", hint, "import")


def _instead(path: str) -> str | None:
    """The advice for a module, or for the one it stands in."""
    while path and path not in INSTEAD:
        path = path.rpartition(".")[0]
    return INSTEAD.get(path)


def not_offered(node: ast.AST, path: str, name: str, modules: Modules) -> Refusal:
    """Refuse a name that a module does not offer here."""
    near = nearest(name, sorted(modules[path]))
    other = INSTEAD.get(f"{path}.{name}")
    hint = other or (f"did you mean `{near}`?" if near else _instead(path))
    swap = Swap(name, near) if near and not other else None
    return refuse(node, f"`{path}` has no `{name}` here", hint, "import", swap)


def stars(live: Live, modules: Modules) -> set[str]:
    """The names that `from … import *` brings."""
    found: set[str] = set()
    for node in of(live, ast.ImportFrom):
        if node.names[0].name == "*":
            found |= modules.get(node.module or "", frozenset())
    return found


def meanings(live: Live, modules: Modules, ready: frozenset[str], bound: AbstractSet[str]) -> dict[str, str]:
    """What names stand for that only imports bind, each to one thing: `np` → `numpy`, `pi` → `math.pi`.

    A module among the `ready` names stands for itself unless the program has bound the name.
    """
    own = {name: name for name in modules if name in ready and name not in bound}
    if not imports(live):
        return own
    imported: dict[str, set[str]] = {}
    for name, path in (pair for node in imports(live) for pair in _imported(node)):
        imported.setdefault(name, set()).add(path)
    otherwise = {name for nodes in live.values() for node in nodes for name in _bound(node)}
    only = ((name, paths) for name, paths in imported.items() if name not in otherwise)
    return own | {name: path for name, (path, *others) in only if not others}


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a node binds in another way than by an import."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.arguments():
            yield from (one.arg for one in parameters(node))
        case _:
            pass


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            first = alias.name.partition(".")[0]
            yield (alias.asname, alias.name) if alias.asname else (first, first)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            if alias.name != "*":
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"

"""Python's scoping, decided once and kept as data: for every scope, where each of its names lives.

What Python's own symbol table would refuse (a `nonlocal` without a binding, two parameters of one name …) is listed
in `faults`.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.language.errors import Refusal
from engine.language.grammar.bindings import Draft, Kind, Reader, ScopeNode

Home: TypeAlias = Literal["local", "cell", "free", "global"]


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope: its parameters, and for each name it binds or mentions the home of that name.

    `locals` are the names bound here in the order of the text, parameters first (in the module also those bound in a
    function that declares them `global`); `cells` those of them that an inner scope captures; `free` the names of an
    enclosing function that this scope, or one inside it, uses.
    """

    kind: Kind
    parent: "Scope | None"
    parameters: tuple[str, ...]
    locals: tuple[str, ...]
    cells: frozenset[str]
    free: frozenset[str]
    names: Mapping[str, Home]

    def resolve(self, name: str) -> Home:
        """Where `name` lives, seen from here; of a module everything is global."""
        return self.names.get(name, "global")


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes of a program by their nodes, where each name is read, and what Python itself refuses about names."""

    module: Scope
    by_node: Mapping[ScopeNode, Scope]
    reads: Mapping[ast.Name, Scope]
    faults: tuple[Refusal, ...]

    def __getitem__(self, node: ScopeNode) -> Scope:
        """The scope that a module, function, lambda, comprehension or class opens."""
        return self.by_node[node]


@dataclass(slots=True, eq=False)
class _Homes:
    """Where the names of one draft live, while it is being decided."""

    draft: Draft
    parent: "_Homes | None"
    names: dict[str, Home] = field(default_factory=dict)
    cells: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)


def analyse(tree: ast.Module) -> Scopes:
    """Decide for every scope of the program where its names live."""
    reader = Reader(tree)
    module = reader.drafts[0]
    faults = list(reader.faults)
    decided: dict[ScopeNode, _Homes] = {}
    for draft in reader.drafts:
        homes = _Homes(draft, None if draft.parent is None else decided[draft.parent.node])
        decided[draft.node] = homes
        if draft is not module:
            faults.extend(_decide(homes, module))
    scopes: dict[ScopeNode, Scope] = {}
    for node, homes in decided.items():
        scopes[node] = _freeze(homes, None if homes.parent is None else scopes[homes.parent.draft.node])
    reads = {name: scopes[draft.node] for name, draft in reader.reads.items()}
    return Scopes(scopes[tree], scopes, reads, tuple(faults))


def _decide(homes: _Homes, module: Draft) -> Iterator[Refusal]:
    """Give every name of a scope its home; the scopes around it have theirs."""
    draft = homes.draft
    for name in draft.declared_global:
        homes.names[name] = "global"
        if name in draft.bound:
            module.bound.setdefault(name)
            del draft.bound[name]
    for name, node in draft.declared_nonlocal.items():
        draft.bound.pop(name, None)
        if not _capture(homes, name):
            message = f"no enclosing function has a name `{name}` that `nonlocal` could mean"
            yield Refusal(node, "scope", message, "use `global` for a name of the module")
    for name in draft.bound:
        homes.names[name] = "local"
    for name in draft.used:
        if name not in homes.names:
            _capture(homes, name)


def _capture(homes: _Homes, name: str) -> bool:
    """Find the function that owns `name` and hand it down as free; if none does, it is global."""
    passed = [homes]
    outer = homes.parent
    while outer is not None and not (outer.draft.is_function and name in outer.names):
        passed.append(outer)
        outer = outer.parent
    found = outer is not None and outer.names[name] != "global"
    if outer is not None and outer.names[name] == "local":
        outer.names[name] = "cell"
        outer.cells.add(name)
    for one in passed:
        if one.draft.kind != "module":
            one.names.setdefault(name, "free" if found else "global")
        if found:
            one.free.add(name)
    return found


def _freeze(homes: _Homes, parent: Scope | None) -> Scope:
    draft = homes.draft
    return Scope(
        kind=draft.kind,
        parent=parent,
        parameters=draft.parameters,
        locals=tuple(draft.bound),
        cells=frozenset(homes.cells),
        free=frozenset(homes.free),
        names=homes.names,
    )

"""What the compiler knows while it goes through the tree: the machine, the scopes, and the slot of every name."""

import ast
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from engine.language.errors import Placed
from engine.language.faults import TROUBLE, placed
from engine.language.grammar.checked import Checked
from engine.language.grammar.inputs import Input
from engine.language.grammar.scopes import Scope, Scopes
from engine.language.machine import Machine
from engine.language.values import UNBOUND, Closure, Frame, Thing
from engine.origin import Site

Handler = Callable[["Compiler", Thing], Closure]  # the node's type is the table's key
Handlers = Mapping[type[ast.AST], Handler]
Where = Literal["slot", "cell", "global"]
BACKWARD = "backward"
Slot = tuple[int, str]  # a scope's identity, and a name bound there


class Meaning(NamedTuple):
    """What a name means where it stands.

    It lives in a slot or a cell of the frame there, or in the module's. While nothing is assigned to it, it means what
    the slot `below` of the module holds (in class bodies), else `fallback`: the library's, but never a function's name.
    """

    where: Where
    slot: int
    below: int | None
    fallback: Thing
    of_library: bool  # for ever: nothing that can be seen from there assigns it


class Layout:
    """The slots of one frame: of a function, or of the module."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.inside = [scope]  # the scopes that share the frame and are open: comprehensions, class bodies
        self.slots: dict[Slot, int] = {}
        self.meanings: dict[Slot, Meaning] = {}  # by where a name stands

    def slot(self, scope: Scope, name: str) -> int:
        """The slot of a name that `scope` binds."""
        return self.slots.setdefault((id(scope), name), len(self.slots) + 1)


class Compiler:
    """One program on its way to closures."""

    def __init__(
        self,
        machine: Machine,
        checked: Checked,
        library: Mapping[str, Thing],
        handlers: Handlers,
    ) -> None:
        self.machine = machine
        self.source = checked.source
        self.tree = checked.tree
        self.scopes = scopes = checked.scopes
        self.inputs = by_statement(checked)
        self.library = library
        self.handlers = handlers
        self.layout = Layout(scopes.module)
        self.module = self.layout
        self.cells = captured(scopes)
        self.weight = checked.weights.__getitem__  # of a node: what running it once is charged
        self.classes = {node.name for node in scopes.by_node if isinstance(node, ast.ClassDef)}
        self.imported: dict[str, Thing] = {}  # what the module's names hold after its imports
        self.lines: list[tuple[int, ...]] = []  # per counter, the lines it stands for
        self.hits = machine.hits  # the counters
        self.trains = machine.trainer is not None and BACKWARD in checked.source.text
        self.passing: frozenset[str] = frozenset()  # what does a backward pass, if it is called
        self.inside: dict[ast.stmt, Callable[[], Closure]] = {}  # statements that hold others, step by step

    def compile(self, node: ast.AST) -> Closure:
        """The closure of an expression or a statement."""
        return self.handlers[type(node)](self, node)

    def site(self, node: Placed) -> Site:
        """The place of a node, as its Values will carry it."""
        return Site(self.source.span(node), node.lineno)

    @property
    def at_module(self) -> bool:
        """Whether a statement here is one of the module itself, its loops and branches included."""
        return self.scope is self.scopes.module

    @property
    def scope(self) -> Scope:
        """The innermost scope."""
        return self.layout.inside[-1]

    def meaning(self, name: str) -> Meaning:
        """What a name means, seen from here."""
        here = id(self.scope), name
        found = self.layout.meanings.get(here)
        if found is None:
            found = self.layout.meanings[here] = self._meaning(name)
        return found

    def _meaning(self, name: str) -> Meaning:
        scope, module = self.scope, self.scopes.module
        local = scope.resolve(name) != "global" or self.layout is self.module
        owner = self.owner(name) if local else None
        where: Where = "global" if owner is None else "cell" if (id(owner), name) in self.cells else "slot"
        slot = self.module.slot(module, name) if owner is None else self.layout.slot(owner, name)
        hidden = scope.kind == "class" and name in scope.locals and name in module.locals
        own = owner is not None and owner.kind not in ("module", "class")
        return Meaning(
            where,
            slot,
            self.module.slot(module, name) if hidden else None,
            UNBOUND if own else self.library.get(name, UNBOUND),
            owner is None and name not in module.locals,
        )

    def owner(self, name: str) -> Scope | None:
        """The scope that binds a name, seen from here; class bodies are seen from nowhere else."""
        scope: Scope | None = self.scope
        while scope is not None:
            if name in scope.locals and (scope.kind != "class" or scope is self.scope):
                return scope
            scope = scope.parent
        return None

    def count(self, lines: tuple[int, ...]) -> int:
        """A new counter for statements that run together."""
        self.lines.append(lines)
        self.hits.append(0)
        return len(self.hits) - 1


def by_statement(checked: Checked) -> dict[ast.stmt, list[Input]]:
    """The inputs by the statement that makes them."""
    found: dict[ast.stmt, list[Input]] = {}
    for one in checked.inputs:
        found.setdefault(one.statement, []).append(one)
    return found


def guarded(node: ast.expr, run: Closure) -> Closure:
    """The same closure, its faults placed at `node`; hot closures place them themselves, around less."""

    def placing(f: Frame) -> Thing:
        try:
            return run(f)
        except TROUBLE as error:
            raise placed(error, node) from None

    return placing


def captured(scopes: Scopes) -> set[Slot]:
    """The names that functions share with those around them: these live in cells."""
    found: set[Slot] = set()
    for scope in scopes.by_node.values():
        if scope.kind not in ("function", "lambda"):
            continue
        for name in scope.free:
            owner = scope.parent
            while owner is not None and (owner.kind == "class" or name not in owner.locals):
                owner = owner.parent
            if owner is not None:
                found.add((id(owner), name))
    return found

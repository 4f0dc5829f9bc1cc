"""What each scope of a program binds, uses and declares, as it is written; `scopes` decides from it what it means.

The whole tree is read, refused statements included, and without recursion. Type hints are not read: they are never
evaluated. What is wrong in itself (two parameters of one name, a name used before it is declared `global` …) is
listed in `faults`, as Python's own symbol table would refuse it.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from engine.language.errors import Refusal
from engine.language.grammar.tree import children

Kind: TypeAlias = Literal["module", "function", "lambda", "comprehension", "class"]
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
ScopeNode: TypeAlias = ast.Module | ast.ClassDef | Function | Comprehension

BINDERS = (ast.Import, ast.ImportFrom, ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping)


@dataclass(slots=True, eq=False)
class Draft:
    """A scope as it is written; the dicts are ordered sets."""

    kind: Kind
    node: ScopeNode
    parent: "Draft | None"
    parameters: tuple[str, ...] = ()
    loop: frozenset[str] = frozenset()
    bound: dict[str, None] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)
    declared_global: set[str] = field(default_factory=set)
    declared_nonlocal: dict[str, ast.Nonlocal] = field(default_factory=dict)

    @property
    def is_function(self) -> bool:
        """Whether inner scopes see the names bound here."""
        return self.kind not in ("module", "class")


class Reader:
    """Walks a tree in the order of evaluation and drafts its scopes, an outer one always before its inner ones.

    `todo` is the stack of what is still to read: a node, its scope, and whether a comprehension runs over it.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.drafts: list[Draft] = []
        self.faults: list[Refusal] = []
        self.reads: dict[ast.Name, Draft] = {}
        self._todo: list[tuple[ast.AST, Draft, bool]] = []
        self._iterated = False
        self._later(tree.body, self._open("module", tree, None))
        while self._todo:
            node, draft, self._iterated = self._todo.pop()
            read = READERS.get(type(node))
            if read is not None:
                read(self, node, draft)
            elif inside := children(node):
                self._todo += [(one, draft, self._iterated) for one in reversed(inside)]

    def _later(self, nodes: Iterable[ast.AST], draft: Draft, *, iterated: bool = False) -> None:
        mark = iterated or self._iterated
        self._todo += [(node, draft, mark) for node in reversed([*nodes])]

    def _open(self, kind: Kind, node: ScopeNode, parent: Draft | None) -> Draft:
        draft = Draft(kind, node, parent)
        self.drafts.append(draft)
        return draft

    def name(self, node: ast.Name, draft: Draft) -> None:
        """Read or bind a name."""
        if isinstance(node.ctx, ast.Load):
            self.reads[node] = draft
            draft.used[node.id] = None
        else:
            draft.bound[node.id] = None

    def binder(self, node: ast.AST, draft: Draft) -> None:
        """Bind names without a target of their own."""
        draft.bound.update(dict.fromkeys(bound_by(node)))
        self._later(children(node), draft)

    def definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef, draft: Draft) -> None:
        """Bind a function's name, and open its scope."""
        draft.bound[node.name] = None
        self._function(node, node.body, draft)
        self._later(node.decorator_list, draft)

    def expression(self, node: ast.Lambda, draft: Draft) -> None:
        """Open the scope of a `lambda`."""
        self._function(node, [node.body], draft)

    def class_(self, node: ast.ClassDef, draft: Draft) -> None:
        """Bind a class's name, and open its scope."""
        draft.bound[node.name] = None
        self._later(node.body, self._open("class", node, draft))
        self._later([*node.decorator_list, *node.bases, *node.keywords], draft)

    def _function(self, node: Function, body: Iterable[ast.AST], outer: Draft) -> None:
        draft = self._open("lambda" if isinstance(node, ast.Lambda) else "function", node, outer)
        for parameter in parameters(node.args):
            if parameter.arg in draft.bound:
                self._refuse(parameter, f"the parameter `{parameter.arg}` stands twice", "give each its own name")
            draft.bound[parameter.arg] = None
        draft.parameters = tuple(draft.bound)
        self._later(body, draft)
        self._later(defaults(node.args), outer)

    def comprehension(self, node: Comprehension, outer: Draft) -> None:
        """Open the scope of a comprehension; what its first `for` runs over belongs to the scope around it."""
        draft = self._open("comprehension", node, outer)
        draft.loop = frozenset(name for generator in node.generators for name in _stored(generator.target))
        self._later([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt], draft)
        for number, generator in reversed(list(enumerate(node.generators))):
            self._later(generator.ifs, draft)
            self._later([generator.iter], draft if number else outer, iterated=True)
            self._later([generator.target], draft)

    def walrus(self, node: ast.NamedExpr, draft: Draft) -> None:
        """Bind the name of a `:=`, outside of the comprehensions it stands in."""
        name = node.target.id
        if self._iterated:
            self._refuse(node, "`:=` cannot stand in what a comprehension runs over")
        home = draft
        while home.kind == "comprehension" and home.parent is not None:
            if name in home.loop:
                self._refuse(node, f"`:=` cannot assign `{name}`, which the comprehension runs over")
            home.used[name] = None
            home = home.parent
        if home.kind == "class" and home is not draft:
            self._refuse(node, "`:=` cannot stand in a comprehension of a class body")
        home.bound[name] = None
        self._later([node.value], draft)

    def annotated(self, node: ast.AnnAssign, draft: Draft) -> None:
        """Bind a name with a type hint, if it is assigned."""
        target, value = node.target, node.value
        if value is not None:
            self._later([value], draft)
        if not isinstance(target, ast.Name) or node.simple or value is not None:
            self._later([target], draft)
        declared = draft.declared_global | draft.declared_nonlocal.keys()
        if isinstance(target, ast.Name) and draft.kind != "module" and target.id in declared:
            self._refuse(target, f"`{target.id}` belongs to an outer scope and cannot have a type hint here")

    def declare(self, node: ast.Global | ast.Nonlocal, draft: Draft) -> None:
        """Note what is declared `global` or `nonlocal`."""
        if isinstance(node, ast.Nonlocal) and draft.kind == "module":
            self._refuse(node, "`nonlocal` has no meaning outside a function", "leave it out")
            return
        for name in node.names:
            if isinstance(node, ast.Nonlocal):
                self._check_declared(node, "nonlocal", name, draft, taken=name in draft.declared_global)
                draft.declared_nonlocal.setdefault(name, node)
            else:
                self._check_declared(node, "global", name, draft, taken=name in draft.declared_nonlocal)
                draft.declared_global.add(name)

    def _check_declared(self, node: ast.stmt, word: str, name: str, draft: Draft, *, taken: bool) -> None:
        if name in draft.parameters:
            self._refuse(node, f"`{name}` is a parameter and cannot be {word}", "give one of them another name")
        elif name in draft.bound or name in draft.used:
            self._refuse(node, f"`{name}` is used before it is declared {word}", f"write the `{word}` line first")
        elif taken:
            self._refuse(node, f"`{name}` cannot be both global and nonlocal", "keep one of the two")

    def _refuse(self, node: ast.stmt | ast.expr | ast.arg, message: str, hint: str | None = None) -> None:
        self.faults.append(Refusal(node, "scope", message, hint))


READERS: Mapping[type[ast.AST], Callable[[Reader, Any, Draft], None]] = {
    ast.Name: Reader.name,
    **dict.fromkeys(BINDERS, Reader.binder),
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef), Reader.definition),
    ast.Lambda: Reader.expression,
    ast.ClassDef: Reader.class_,
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), Reader.comprehension),
    ast.NamedExpr: Reader.walrus,
    ast.AnnAssign: Reader.annotated,
    **dict.fromkeys((ast.Global, ast.Nonlocal), Reader.declare),
}
"""How nodes are read that bind a name, use one, or open a scope; of all others only what is inside."""


def parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    """The parameters of a function in the order of the text."""
    yield from arguments.posonlyargs
    yield from arguments.args
    if arguments.vararg is not None:
        yield arguments.vararg
    yield from arguments.kwonlyargs
    if arguments.kwarg is not None:
        yield arguments.kwarg


def defaults(arguments: ast.arguments) -> Iterator[ast.expr]:
    """The default values of a function's parameters."""
    yield from arguments.defaults
    yield from (default for default in arguments.kw_defaults if default is not None)


def bound_by(node: ast.AST) -> Iterator[str]:
    """The names that a node binds without a target of its own."""
    match node:
        case ast.Import():
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        case ast.ImportFrom():
            yield from (alias.asname or alias.name for alias in node.names if alias.name != "*")
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case _:
            pass


def _stored(target: ast.expr) -> Iterator[str]:
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))

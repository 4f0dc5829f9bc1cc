"""Which names statements read before they assign them, which they assign in any case, and which they mention at all."""

import ast
from collections.abc import Iterable

from engine.language.compiler.context import Compiler
from engine.language.grammar.scopes import Scope
from engine.language.grammar.tree import children
from engine.language.turns import Place

SCOPES = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)


class Reading:
    """Goes through statements in the order in which they run."""

    def __init__(self, c: Compiler) -> None:
        self.c = c
        self.scope = c.scope
        self.reads: dict[Place, None] = {}
        self.assigns: dict[Place, None] = {}
        self.defines: dict[Place, None] = {}
        self.mentioned = False  # whether any name is read at all, the library's included

    def go_through(self, node: ast.AST) -> None:
        """One statement or expression."""
        match node:
            case ast.Name():
                self.name(node)
            case ast.Assign() | ast.AnnAssign():
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                self.all([*([node.value] if node.value else []), *targets])
            case ast.AugAssign():
                self.all([node.value])
                if isinstance(node.target, ast.Name):
                    self.read(node.target.id)
                self.go_through(node.target)
            case ast.For():
                self.go_through(node.iter)
                self.maybe([[node.target, *node.body], node.orelse])
            case ast.While():
                self.go_through(node.test)
                self.maybe([node.body, node.orelse])
            case ast.If():
                self.go_through(node.test)
                self.maybe([node.body, node.orelse])
            case ast.IfExp() | ast.BoolOp():
                self.maybe([[part] for part in children(node)])
            case ast.NamedExpr():
                self.all([node.value, node.target])
            case ast.FunctionDef() | ast.ClassDef():
                self.mentioned = True
            case _ if isinstance(node, SCOPES):
                self.inner(node)
            case _:
                self.all(children(node))

    def all(self, nodes: Iterable[ast.AST]) -> None:
        """Several, one after the other."""
        for node in nodes:
            self.go_through(node)

    def maybe(self, ways: Iterable[Iterable[ast.AST]]) -> None:
        """Several ways, none of which need be gone: what they assign is not assigned in any case."""
        before = self.defines
        for way in ways:
            self.defines = dict(before)
            self.all(way)
        self.defines = before

    def inner(self, node: ast.AST) -> None:
        """What has a scope of its own: only what it reads of the names around it counts."""
        before = dict(self.defines)
        for part in ast.walk(node):
            if isinstance(part, ast.Name):
                self.outer(part)
            elif isinstance(part, ast.NamedExpr):
                self.go_through(part.target)
        self.defines = before

    def outer(self, node: ast.Name) -> None:
        """A name inside an inner scope, if it is one of ours or of those around us."""
        scope: Scope | None = self.c.scopes.reads.get(node)
        while scope is not None and scope is not self.scope:
            if node.id in scope.locals:
                self.mentioned = True
                return
            scope = scope.parent
        if isinstance(node.ctx, ast.Load):
            self.read(node.id)

    def name(self, node: ast.Name) -> None:
        """A name where it is read or assigned."""
        if isinstance(node.ctx, ast.Load):
            self.read(node.id)
        elif (place := self.place(node.id)) is not None:
            self.defines[place] = self.assigns[place] = None

    def read(self, name: str) -> None:
        """A name is read."""
        self.mentioned = True
        place = self.place(name)
        if place is not None and place not in self.defines:
            self.reads[place] = None

    def place(self, name: str) -> Place | None:
        """Where a name lives; None for the library's."""
        where, slot, _, _, of_library = self.c.meaning(name)
        return None if of_library else Place(where, slot, name)

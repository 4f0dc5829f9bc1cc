"""The words of a program: every name it reads must be assigned somewhere or be the library's, every attribute known.

What the library offers is handed in as `Names`; this module knows none of it.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice

from engine.language.errors import Refusal
from engine.language.faults import nearest
from engine.language.fixes import Ahead, Mend, Swap
from engine.language.grammar.imports import Modules, check_import, meanings, not_offered, stars
from engine.language.grammar.mistakes import LETTERS
from engine.language.grammar.scopes import Scope, Scopes
from engine.language.grammar.spelling import refuse
from engine.language.grammar.tree import Live, imports, of

SIMILAR = 1_000
"""How many names are compared with an unknown one to guess what was meant."""

LONGEST = 40
"""How many letters of an unknown name are looked at."""

OTHER_NAMES = {
    "true": "True",
    "false": "False",
    "null": "None",
    "nil": "None",
    "undefined": "None",
    "this": "self",
    "π": "pi",
    "Tensor": "Value",
    "tensor": "Value",
}
"""Names from elsewhere, and what stands for them here."""

NOT_AVAILABLE = {
    **dict.fromkeys(("eval", "exec", "compile", "globals", "locals", "vars", "dir"), "write the program itself"),
    **dict.fromkeys(("open", "exit", "quit", "help", "breakpoint"), "a program here computes and prints"),
    **dict.fromkeys(("input", "raw_input"), "assign a number: `x = 2.0` gets a slider"),
    **dict.fromkeys(("bytes", "bytearray", "memoryview", "complex", "object", "slice", "frozenset")),
    **dict.fromkeys(("id", "hash", "callable", "iter", "next", "aiter", "anext", "issubclass", "delattr", "hasattr")),
    **dict.fromkeys(("property", "staticmethod", "classmethod", "chr", "ord", "bin", "hex", "oct", "ascii")),
    **dict.fromkeys(("np", "numpy", "jnp", "jax", "tf"), "the functions are there by name, without a module"),
    "getattr": "write `x.name`",
    "setattr": "write `x.name = …`",
    "format": 'write an f-string: `f"{x:.3f}"`',
    "divmod": "write `a // b, a % b`",
    "plt": "leave the line out: the graph is drawn for you",
    "ln": "the natural logarithm is `log(x)`",
    "super": "inside a method write `super().__init__(…)`",
    "xrange": "write `range`",
}
"""Names from elsewhere that a program here cannot use, and what to do instead."""

OTHER_ATTRIBUTES = {
    "numpy": "write `.data`",
    "tolist": "write `.data`",
    "value": "write `.data`",
    "val": "write `.data`",
    "gradient": "write `.grad`",
    "requires_grad": "leave it out: every input has a gradient",
    "requires_grad_": "leave it out: every input has a gradient",
    "retain_grad": "leave it out: every node keeps its gradient",
    "grad_fn": "the picture shows how a value was made",
    "format": 'write an f-string: `f"{x:.3f}"`',
    "forward": "call the object itself: `net(x)`",
    "zero_": "assign 0",
    "_backward": "write `y.backward()`: it calls the rule of every node",
    **dict.fromkeys(("_prev", "_op", "_children"), "the picture shows how a value was made"),
    **dict.fromkeys(("double", "float", "to", "cpu", "cuda", "clone"), "leave it out: a Value is one number"),
    "power": "write `x**2`",
    "square": "write `x**2`",
    "mean": "write `sum(xs) / len(xs)`",
    "sum": "write `sum(xs)`",
    "max": "write `max(xs)`",
    "min": "write `min(xs)`",
    "dot": "write `sum(a * b for a, b in zip(xs, ys))`",
    "shape": "write `len(xs)`",
    "size": "write `len(xs)`",
    "length": "write `len(xs)`",
    "push": "write `.append(x)`",
    "add_": "write `x.data += …`",
    "sub_": "write `x.data -= …`",
}
"""Attributes from elsewhere, and what to write here."""


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What the library offers: names to read, attributes to read and to assign, and modules by dotted path."""

    builtins: frozenset[str]
    methods: frozenset[str]
    assignable: frozenset[str]
    modules: Modules


@dataclass
class Vocabulary:
    """The words of one program; of the nodes of its tree those are checked that are `live`."""

    tree: ast.Module
    names: Names
    scopes: Scopes
    live: Live
    meanings: dict[str, str] = field(init=False)
    """What imported names stand for, by dotted path."""

    def __post_init__(self) -> None:
        bound = {name for scope in self.scopes.by_node.values() for name in scope.locals}
        self.meanings = meanings(self.live, self.names.modules, self.names.builtins, bound)

    def check(self) -> Iterator[Refusal]:
        """Refuse unknown modules, names and attributes."""
        for node in imports(self.live):
            yield from check_import(node, self.names.modules)
        for name in of(self.live, ast.Name):
            if isinstance(name.ctx, ast.Load):
                yield from self._check_name(name)
        for attribute in of(self.live, ast.Attribute):
            yield from self._check_attribute(attribute)

    def path(self, node: ast.expr) -> str | None:
        """The dotted path that an expression of names and dots stands for, if it is one of the library's."""
        trail: list[str] = []
        while isinstance(node, ast.Attribute):
            trail.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.meanings:
            return None
        return ".".join([self.meanings[node.id], *reversed(trail)])

    def is_ready(self, name: str) -> bool:
        """Whether a name is the library's, and the program never binds it."""
        return name in self.names.builtins and name not in self.scopes.module.locals

    @cached_property
    def _readable(self) -> frozenset[str]:
        """The names that can be read everywhere."""
        return self.names.builtins.union(self.scopes.module.locals, stars(self.live, self.names.modules))

    @cached_property
    def _own_attributes(self) -> set[str]:
        """The attributes of the classes that the program defines; none if it defines none."""
        classes = of(self.live, ast.ClassDef)
        stored = (node.attr for node in of(self.live, ast.Attribute) if isinstance(node.ctx, ast.Store))
        inherited = (name for node in classes for name in self.scopes[node].locals)
        return set(chain(inherited, stored)) if classes else set()

    def _is_unknown(self, node: ast.Name) -> bool:
        if node.id in self._readable:
            return False
        return self.scopes.reads.get(node, self.scopes.module).resolve(node.id) == "global"

    def _check_name(self, node: ast.Name) -> Iterator[Refusal]:
        if self._is_unknown(node):
            if node.id in NOT_AVAILABLE:
                yield refuse(node, f"`{node.id}` is not available here", NOT_AVAILABLE[node.id], "name")
            else:
                hint, mend = self._advise(node.id, self.scopes.reads[node])
                yield refuse(node, f"`{node.id}` is not assigned anywhere", hint, "name", mend)

    def _advise(self, name: str, scope: Scope) -> tuple[str, Mend | None]:
        """What to do about an unknown name, and how to do it where that is certain."""
        if name in self.names.modules:
            return f"write `import {name}` first", None
        if any(one.kind == "class" and name in one.locals for one in _outward(scope)):
            return f"a method reaches what its class holds through its first parameter: `self.{name}`", None
        sign = next((letter for letter in name if letter in LETTERS), None)
        if sign:
            return f"`{sign}` is {LETTERS[sign].what}: {LETTERS[sign].hint}", None
        own = set(chain(*(one.locals for one in _outward(scope))))
        halves = ((name[:i], name[i:]) for i in range(1, min(len(name), LONGEST)))
        product = next((f"{a}*{b}" for a, b in halves if a in own and b in own), None)
        near = OTHER_NAMES.get(name) or product or _nearest(name, chain(own, self._readable))
        if near:
            return f"did you mean `{near}`?", Swap(name, near) if near.isidentifier() else None
        return f"assign it first: `{name[:LONGEST]} = …`", Ahead(f"{name} = 1.0") if len(name) <= LONGEST else None

    def _check_attribute(self, node: ast.Attribute) -> Iterator[Refusal]:
        owner, modules = self.path(node.value), self.names.modules
        if owner is not None and owner in modules:
            if not isinstance(node.ctx, ast.Load):
                yield refuse(node, f"nothing in the module `{owner}` can be assigned", None, "attribute")
            elif node.attr not in modules[owner]:
                yield not_offered(node, owner, node.attr, modules)
        elif node.attr not in self._own_attributes and not self._is_refused(node.value):
            allowed = self.names.methods if isinstance(node.ctx, ast.Load) else self.names.assignable
            if node.attr not in allowed and not self._may_be_module(node.value):
                yield self._no_attribute(node)

    def _is_refused(self, node: ast.expr) -> bool:
        """Whether an owner of attributes is itself unknown, and reported as such."""
        if isinstance(node, ast.Name) and self._is_unknown(node):
            return True
        module, _, name = (self.path(node) or "").rpartition(".")
        return self.path(node) is not None and name not in self.names.modules.get(module, ())

    def _may_be_module(self, node: ast.expr) -> bool:
        """Whether a name that is bound in several ways may be a module at times: then running it decides."""
        return isinstance(node, ast.Name) and node.id not in self.meanings and node.id in self._module_names

    @cached_property
    def _module_names(self) -> set[str]:
        return {alias.asname or alias.name.partition(".")[0] for node in imports(self.live) for alias in node.names}

    def _no_attribute(self, node: ast.Attribute) -> Refusal:
        name = node.attr
        if not isinstance(node.ctx, ast.Load):
            those = ", ".join(f"`.{one}`" for one in sorted(self.names.assignable))
            message = f"`.{name}` cannot be assigned"
            return refuse(
                node, message, f"what can be assigned: {those}, and the attributes of your classes", "attribute"
            )
        near = _nearest(name, chain(sorted(self.names.methods), sorted(self._own_attributes)))
        other = OTHER_ATTRIBUTES.get(name)
        hint = other or (f"did you mean `.{near}`?" if near else None)
        swap = Swap(name, near) if near and not other else None
        return refuse(node, f"nothing here has an attribute `.{name}`", hint, "attribute", swap)


def _outward(scope: Scope | None) -> Iterator[Scope]:
    """A scope and those around it."""
    while scope is not None:
        yield scope
        scope = scope.parent


def _nearest(name: str, known: Iterable[str]) -> str | None:
    alike = (one for one in known if one != name and abs(len(one) - len(name)) <= 2)
    return nearest(name, sorted(set(islice(alike, SIMILAR))))

"""The scopes of a program against CPython's own symbol table."""

import ast
import symtable
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.grammar.scopes import Scope, analyse
from tests.each import each

PROGRAMS = [
    "a = 1\nb = a",
    "def f(x, y=1, *args, z, w=2, **kw):\n    t = x\n    return t + y + g",
    "def f():\n    x = 1\n    def g():\n        return x\n    return g",
    "def f():\n    x = 1\n    def g():\n        def h():\n            return x\n        return h\n    return g",
    "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    return g",
    "x = 0\ndef f():\n    global x\n    x = 1\n    def g():\n        return x",
    "def f():\n    x = 1\n    def g():\n        global x\n        x = 2\n        def h(): return x\n    return x",
    "def f():\n    global only\n    only = 1\ndef g():\n    return only",
    "def f():\n    x = 1\n    class A:\n        y = x\n        def m(self):\n            return x, y\n    return A",
    "def f():\n    x = 1\n    class A:\n        x = 2\n        def m(self):\n            return x\n    return A",
    "class A:\n    n = 3\n    xs = [i for i in range(n)]\n    def m(self): return n",
    "class A(B):\n    def __init__(self):\n        self.w = [Value(0) for _ in range(n)]",
    "xs = [x for x in xs for y in x if y if x]",
    "def f(xs):\n    return [(x, y, n) for x in xs for y in [x for x in range(x)]]",
    "def f(n):\n    return {k: v for k, v in n}, {s for s in n}, (g + n for g in n)",
    "def f(xs):\n    [last := x for x in xs]\n    return last",
    "[[last := x for x in y] for y in z]",
    "def f(xs):\n    return [(lambda: (t := x)) for x in xs], [[s := x for x in y] for y in xs]",
    "f = lambda x, y=z: (t := x) + y + t",
    "def f(d=lambda: q):\n    q = 1\n    return d",
    "def f():\n    for i, (j, *k) in xs: pass\n    del i\n    import math as m, a.b\n    from a import b as c",
    "def f():\n    x: int\n    y: int = 1\n    def g(): return x, y",
    "def f():\n    x += 1\n    return [x for _ in x]",
    "def f():\n    def g(): return g, h\n    def h(): return f\n    class K: pass\n    return lambda: K",
    "def f(a):\n    def g(a=a):\n        return [a for a in a]\n    return g",
    "def g():\n    x = 1\n    def h():\n        nonlocal x\n        [x := y for y in z]\n    return x",
    "global x\nx = 1\ndef f(): return x",
    "def f():\n    global x\n    [x := i for i in y]\ndef g(): return x",
    "def a(x):\n    class B:\n        y = x\n        def c(z):\n            class D:\n                def e(self): x",
]


REFUSED_BY_PYTHON = [
    "def f(a, a): pass",
    "lambda a, *a: 0",
    "nonlocal x",
    "def f():\n    nonlocal x",
    "x = 1\ndef f():\n    nonlocal x",
    "def f(x):\n    global x",
    "def f():\n    x = 1\n    global x",
    "def f():\n    print(x)\n    global x",
    "def f():\n    x = 1\n    def g():\n        nonlocal x\n        global x",
    "def f():\n    x = 1\n    def g():\n        global x\n        nonlocal x",
    "def f():\n    global x\n    x: int = 1",
    "[x := 0 for x in y]",
    "[[y := 0 for x in z] for y in z]",
    "[x for x in (y := z)]",
    "[x for x in z for w in [q for q in (y := z)]]",
    "[x for x in (lambda: (y := 1))()]",
    "class A:\n    xs = [y := x for x in z]",
]


class Row(NamedTuple):
    """What is compared of one scope."""

    kind: str
    parameters: frozenset[str]
    cells: frozenset[str]
    free: frozenset[str]
    names: dict[str, str]


def tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from tables(child)


def truth(table: symtable.SymbolTable) -> Row:
    """What CPython says of one scope, of the names that it mentions."""
    names = {symbol.get_name(): home(symbol) for symbol in table.get_symbols() if symbol.get_name() != ".0"}
    if isinstance(table, symtable.Function):
        captured = {name for child in table.get_children() for name in passed_up(child)}
        cells = {name for name, where in names.items() if where == "local"} & captured
        own = frozenset(table.get_parameters()) - {".0"}
        return Row("function", own, frozenset(cells), frozenset(table.get_frees()), names)
    if table.get_type() == "class":
        return Row("class", frozenset(), frozenset(), frozenset(passed_up(table)), names)
    return Row("module", frozenset(), frozenset(), frozenset(), dict.fromkeys(names, "global"))


def home(symbol: symtable.Symbol) -> str:
    return "free" if symbol.is_free() else "local" if symbol.is_local() else "global"


def passed_up(table: symtable.SymbolTable) -> set[str]:
    """The names that a scope, or one inside it, takes from an enclosing function."""
    if isinstance(table, symtable.Function):
        return set(table.get_frees())
    own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_free()}
    return own.union(*(passed_up(child) for child in table.get_children()))


def ours(scope: Scope, mentioned: dict[str, str]) -> Row:
    kind = scope.kind if scope.kind in ("module", "class") else "function"
    names = {name: scope.resolve(name).replace("cell", "local") for name in mentioned}
    return Row(kind, frozenset(scope.parameters), scope.cells, scope.free, names)


def compare(text: str) -> None:
    """Pair the scopes off with CPython's tables: each must have one that says the same."""
    module = symtable.symtable(text, "program", "exec")
    open_tables = [truth(table) for table in tables(module)]
    scopes = analyse(ast.parse(text))
    for scope in scopes.by_node.values():
        own = {name for name, where in scope.names.items() if where != "global"}
        matches = [row for row in open_tables if ours(scope, row.names) == row and own <= {*row.names, *row.free}]
        assert matches, (scope, open_tables)
        open_tables.remove(matches[0])
    assert not open_tables
    assert {one.get_name() for one in module.get_symbols() if one.is_local()} <= set(scopes.module.locals)


@each("text", PROGRAMS)
def test_homes_are_those_of_cpython(text: str) -> None:
    compare(text)


@each("text", REFUSED_BY_PYTHON)
def test_what_the_symbol_table_refuses_is_a_fault(text: str) -> None:
    with pytest.raises(SyntaxError):
        symtable.symtable(text, "program", "exec")
    assert analyse(ast.parse(text)).faults


@each("text", PROGRAMS)
def test_what_python_takes_has_no_fault(text: str) -> None:
    assert analyse(ast.parse(text)).faults == ()


NAMES = st.sampled_from("abc")
LOADS = st.recursive(
    NAMES,
    lambda inner: st.one_of(
        st.builds("[{} for {} in {}]".format, inner, NAMES, inner),
        st.builds("{{{} for {} in {} for {} in {} if {}}}".format, inner, NAMES, inner, NAMES, inner, inner),
        st.builds("(lambda {}, d={}: {})".format, NAMES, inner, inner),
        st.builds("({} := {})".format, NAMES, inner),
        st.builds("f({}, {})".format, inner, inner),
    ),
    max_leaves=4,
)
SIMPLE = st.one_of(
    st.builds("{} = {}".format, NAMES, LOADS),
    st.builds("{} += {}".format, NAMES, LOADS),
    st.builds("print({})".format, LOADS),
    st.builds("del {}".format, NAMES),
)
DECLARATIONS = st.builds("{} {}".format, st.sampled_from(["global", "nonlocal"]), NAMES)
DEFINITIONS = st.one_of(
    st.builds("def {}({}, *d, e={}):".format, NAMES, NAMES, LOADS),
    st.builds("class {}({}):".format, NAMES, NAMES),
)
LOOPS = st.builds("for {} in {}:".format, NAMES, LOADS)


def block(header: str, lines: list[str]) -> str:
    return "\n".join([header, *("    " + row for line in lines for row in line.split("\n"))])


def blocks(headers: st.SearchStrategy[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(block, headers, st.lists(inner, min_size=1, max_size=4))


INNER = st.recursive(SIMPLE | DECLARATIONS, lambda inner: blocks(DEFINITIONS | LOOPS, inner))
PROGRAM = st.lists(SIMPLE | blocks(DEFINITIONS, INNER), min_size=1, max_size=4).map("\n".join)


@settings(deadline=None, max_examples=200)
@given(PROGRAM)
def test_any_program_has_the_scopes_and_the_faults_of_cpython(text: str) -> None:
    scopes = analyse(ast.parse(text))
    try:
        symtable.symtable(text, "program", "exec")
    except SyntaxError:
        assert scopes.faults
    else:
        assert not scopes.faults
        compare(text)


def test_locals_and_parameters_keep_the_order_of_the_text() -> None:
    tree = ast.parse("def f(z, *y, x, **w):\n    v = 1\n    u = 2\n    z = 3")
    (function,) = tree.body
    assert isinstance(function, ast.FunctionDef)
    scope = analyse(tree)[function]
    assert scope.parameters == ("z", "y", "x", "w")
    assert scope.locals == ("z", "y", "x", "w", "v", "u")


def test_a_cell_is_told_from_a_local() -> None:
    tree = ast.parse("def f():\n    kept = own = 1\n    return lambda: kept")
    (function,) = tree.body
    assert isinstance(function, ast.FunctionDef)
    scope = analyse(tree)[function]
    assert (scope.resolve("kept"), scope.resolve("own"), scope.resolve("other")) == ("cell", "local", "global")


def test_names_bound_by_refused_statements_are_bound() -> None:
    text = "with a as b: pass\ntry: pass\nexcept c as d: pass\nmatch e:\n    case {'k': [f, *g], **h}: pass"
    assert {"b", "d", "f", "g", "h"} <= set(analyse(ast.parse(text)).module.locals)


def test_type_hints_are_not_read() -> None:
    scopes = analyse(ast.parse("def f(x: (y := 1)) -> (z := 2):\n    w: (v := 3) = 4"))
    assert not {"y", "z", "v"} & {name for scope in scopes.by_node.values() for name in scope.locals}


@pytest.mark.parametrize(
    "text",
    [
        "".join(" " * depth + f"def f{depth}():\n" for depth in range(90))
        + " " * 90
        + ";".join(f"n{i}" for i in range(5000)),
        "[("
        + ",".join(f"a{i} := 1" for i in range(2000))
        + ") for ("
        + ",".join(f"b{i}" for i in range(2000))
        + ") in c]",
        "[x for x in " * 90 + "y" + "]" * 90,
    ],
    ids=["functions", "walruses", "iterables"],
)
def test_large_programs_are_analysed_at_once(text: str) -> None:
    tree = ast.parse(text)
    started = time.process_time()
    analyse(tree)
    assert time.process_time() - started < 2

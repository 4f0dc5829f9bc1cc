# ruff: noqa: E501  # a row is one line
"""Running over things: loops, unpacking, membership, sorting, what runs over once, and what changes meanwhile."""

from tests.each import each
from tests.language.telling import Wrong, check_alike, check_wrong

SOURCES = ["[1, 2]", "(1, 2)", "'ab'", "range(2)", "{1: 2, 3: 4}", "{1, 2}", "zip([1], [2])", "enumerate('ab')",
           "(i for i in [1, 2])", "map(abs, [-1])", "filter(None, [0, 1])", "reversed([1, 2])", "{1: 2}.items()",
           "{1: 2}.keys()", "{1: 2}.values()", "G()", "I()", "[]"]  # fmt: skip
CLASSES = """
class G:
    def __getitem__(self, i): return [5, 6, 7][i]
class I:
    def __iter__(self): return (i * i for i in range(3))
"""
USES = [
    "print([x for x in {0}])",
    "for x in {0}: print(x)",
    "print(list({0}), tuple({0}), len(list({0})))",
    "print(sum(1 for x in {0}), any({0}), all({0}))",
    "print(*{0})",
    "a, *b = [0] + list({0})\nprint(a, b)",
    "*a, = {0}\nprint(a)",
    "print(list(zip({0}, {0})), list(enumerate({0})), list(map(str, {0})), list(filter(None, {0})))",
    "print(sorted([str(x) for x in {0}]), list(reversed(list({0}))))",
    "print('7' in {0}, 'a' in {0})",
    "x = []\nx.extend({0})\nx += {0}\nprint(x)",
    "print((lambda *a: a)(*{0}, *{0}))",
]
ALIKE = [
    "g = (i for i in range(4))\nprint(list(zip(g, g)), list(g))",
    "g = (i for i in range(4))\nprint(2 in g, list(g))",
    "z = zip([1, 2], [3, 4])\nfor a, b in z:\n    print(a, b)\n    break\nprint(list(z))",
    "x = [1, 2, 3]\nfor i in x:\n    if i < 3: x.append(i + 2)\nprint(x)",
    "x = [1, 2, 3, 4]\nfor i in x: x.remove(i)\nprint(x)",
    "x = [1, 2]\ng = (i for i in x)\nx.append(3)\nprint(list(g))",
    "k = 2\ng = (i * k for i in [1, 2])\nk = 10\nprint(list(g))",
    "def f(): return (i for i in range(3))\na, b = f(), f()\nprint([x + y for x, y in zip(a, b)])",
    "fs = [(i + j for j in range(2)) for i in range(2)]\nprint([list(f) for f in fs])\ndel fs",
    "def gen(n): return (n * i for i in range(3))\ngs = [gen(1), gen(10)]\nprint([list(r) for r in zip(*gs)])\ndel gs",
    "for i in range(3):\n    for j in range(3):\n        if j == 1: break\n    else:\n        print('never')\n    print(i, j)",
    "for x in []: pass\nelse: print('else')\nfor x in [1]: break\nelse: print('never')",
    "for i in range(3): i = 10\nprint(i)",
    "for a, (b, *c) in [(1, (2, 3, 4)), (5, [6])]: print(a, b, c)",
    "for i, (a, b) in enumerate(zip('ab', [1, 2])): print(i, a, b)",
    "d = {}\nfor d['k'] in range(3): pass\nprint(d)",
    "print(sorted([3, 1, 2], reverse=True), sorted('bca'), sorted({3: 1, 1: 2}), sorted([(1, 'b'), (0, 'a')], key=lambda p: p[1]))",
    "xs = [('a', 2), ('b', 1), ('c', 2)]\nprint(sorted(xs, key=lambda p: p[1]), sorted(xs, key=lambda p: p[1], reverse=True))",
    "seen = []\ndef k(x):\n    seen.append(x)\n    return -x\nprint(sorted([1, 3, 2], key=k), seen, max([1, 3, 2], key=k), seen, min([4], key=k), seen)",
    "a, b = Value(2.0), Value(1.0)\nprint(sorted([a, b]), sorted([a, 1.5, b]), max(a, b), min([b, a]), sorted([a, b], key=lambda v: v.data))",
    "print(list(range(10, 0, -3)), range(5)[1:3], range(3) == range(0, 3, 1), len(range(0)), list(range(2, 2)))",
    "print(sum(x for x in [0.1] * 10), max(i * i for i in range(-3, 2)), list(x for x in 'ab'))",
]  # fmt: skip
WRONG = [
    Wrong("for i in 5: pass", "type", 1, "a whole number cannot be run over", "range("),
    Wrong("n = 3\nfor i in n: pass", "type", 2, "a Value cannot be run over", "range("),
    Wrong("for i in None: pass", "type", 1, "None cannot be run over"),
    Wrong("for i in print: pass", "type", 1, "a function cannot be run over"),
    Wrong("[i for i in 2.5]", "type", 1, "a number cannot be run over"),
    Wrong("print(*5)", "type", 1, "a whole number cannot be run over"),
    Wrong("class A: pass\nlist(A())", "type", 2, "an object of class A cannot be run over"),
    Wrong("a, b = [1]", "value", 1, "2 names are assigned, but there are 1 values"),
    Wrong("a, b = 'abc'", "value", 1, "2 names are assigned, but there are 3 values"),
    Wrong("a, *b, c = [1]", "value", 1, "at least 2 values are needed, but there are 1"),
    Wrong("for a, b in [(1, 2), (3,)]: pass", "value", 1, "2 names are assigned"),
    Wrong("a, b = 5", "type", 1, "cannot be taken apart"),
    Wrong("d = {1: 1}\nfor k in d: d[k + 1] = 1", "value", 2, "changed while a loop ran over it"),
    Wrong("d = {1: 1}\nfor k in d.keys(): d.pop(k)", "value", 2, "changed while a loop ran over it"),
    Wrong("s = {1}\nfor k in s: s.add(k + 1)", "value", 2, "changed while a loop ran over it"),
    Wrong("class A:\n    def __iter__(self): return [1]\nfor x in A(): pass", "type", 3, "`__iter__` of A must return", "generator"),
    Wrong("class A:\n    def __iter__(self): return self\nfor x in A(): pass", "type", 3, "`__iter__` of A must return"),
    Wrong("list(range(10 ** 9))", "limit", 1, "sequence length"),
    Wrong("while True: pass", "limit", 1, "steps"),
    Wrong("sorted([1, 'a'])", "type", 1, "`<` does not work on"),
    Wrong("sorted([1, 2], key=5)", "type", 1, "a whole number cannot be called"),
]  # fmt: skip


@each("thing", SOURCES)
@each("use", USES)
def test_everything_is_run_over_as_in_python(thing: str, use: str) -> None:
    check_alike(CLASSES + use.format(thing))


@each("source", ALIKE)
def test_loops_do_what_they_do_in_python(source: str) -> None:
    check_alike(source)


@each("row", WRONG)
def test_what_cannot_be_run_over_is_told(row: Wrong) -> None:
    check_wrong(row)

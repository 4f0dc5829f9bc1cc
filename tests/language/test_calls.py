# ruff: noqa: E501  # a row is one line
"""Calls, functions, closures, names and statements: Python's rules of arguments, scopes and flow."""

from tests.each import each
from tests.language.telling import Wrong, check_alike, check_wrong

ALIKE = [
    "def f(a, b=2, *rest, c=3, **named): return (a, b, rest, c, named)\nprint(f(1), f(1, 5), f(1, 5, 6, 7), f(1, c=9), f(1, x=4, b=0), f(*[1, 2], **{'c': 5, 'z': 6}))",
    "def f(a, b): return a - b\nprint(f(1, 2), f(b=1, a=5), f(*(3, 4)), f(**{'a': 1, 'b': 2}), f(1, **{'b': 9}))",
    "def f(*, k=1): return k\nprint(f(), f(k=2))",
    "n = [0]\ndef k():\n    n[0] += 1\n    return n[0]\ndef f(x=k()): return x\nprint(f(), f(), n)",
    "def f(x, seen=[]):\n    seen.append(x)\n    return seen\nprint(f(1), f(2), f(3, []))",
    "def f(): pass\nprint(f())\ndef g(): return\nprint(g())\ndef h():\n    'doc'\n    return 1, 2\nprint(h())",
    "f = lambda: 1\ng = lambda x, y=2, *r, **k: (x, y, r, k)\nprint(f(), g(1), g(1, 3, 4, z=5), (lambda x: x * 2)(4))",
    "def outer():\n    n = 0\n    def inc(k=1):\n        nonlocal n\n        n += k\n        return n\n    def get(): return n\n    return inc, get\ni, g = outer()\nprint(i(), i(5), g())\nj, h = outer()\nprint(j(), g(), h())",
    "fs = [lambda: i for i in range(3)]\nprint([f() for f in fs])\nfs = [lambda i=i: i for i in range(3)]\nprint([f() for f in fs])\ndel fs",
    "fs = []\nfor i in range(3):\n    def f(): return i\n    fs.append(f)\nprint([f() for f in fs])\ndel fs",
    "def f(n): return 1 if n < 2 else n * f(n - 1)\nprint(f(10), f(20))\ndef fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(12))",
    "def even(n): return n == 0 or odd(n - 1)\ndef odd(n): return n != 0 and even(n - 1)\nprint(even(10), odd(7))",
    "x = [1]\ndef f():\n    global x, y\n    x = [2]\n    y = [3]\nf()\nprint(x, y)",
    "x = [1][0]\ndef f():\n    x = 2\n    def g(): return x\n    return g()\nprint(f(), x)",
    "def f():\n    def g():\n        def h():\n            nonlocal x\n            x += 1\n            return x\n        return h\n    x = 1\n    return g()\nprint(f()())",
    "def f(x):\n    g = lambda y: x + y\n    x = 10\n    return g(1)\nprint(f(1))",
    "def f(x):\n    if x: return 'a'\n    for i in range(3):\n        if i == 1: return i\n    return 'c'\nprint(f(1), f(0))",
    "def f():\n    while True:\n        for i in range(9):\n            if i == 3: break\n            if i % 2: continue\n        else: return 'never'\n        return i\nprint(f())",
    "def compose(*fs): return lambda x: x if not fs else compose(*fs[1:])(fs[0](x))\nprint(compose(abs, lambda x: x + 1, str)(-3))",
    "print((lambda *a, **k: (a, k))(*[1, 2], 3, *'ab', x=1, **{'y': 2}))",
    "def f(a): return a\nprint(f((1, 2)), f([1]), f(f)(3), [f][0](4), {'f': f}['f'](5))",
    "i = [0][0]\nwhile i < 5:\n    i += 1\n    if i == 2: continue\n    if i == 4: break\n    print(i)\nelse: print('never')\nwhile i < 6: i += 1\nelse: print('else', i)",
    "x = [5][0]\nif x > 3 and x < 10: print('a')\nelif x: print('b')\nelse: print('c')\nprint('d' if x > 9 else 'e' if x else 'f')",
    "a = b = [1]\na.append(2)\nprint(b)\n(x, y), [z, *w] = (1, 2), [3, 4, 5]\nprint(x, y, z, w)\nx, y = y, x\nprint(x, y)",
    "xs = [0, 0]\ni = [0][0]\ni, xs[i] = 1, 5\nprint(i, xs)",
    "print([y for x in [[1, 2], [3]] for y in x if y > 1], [(x, y) for x in range(2) for y in range(x)], {x: {y for y in range(x)} for x in range(3)})",
    "x = [9][0]\ny = [x for x in range(3)]\nprint(x, y, [[x + z for z in range(2)] for x in range(2)])",
    "y = [z := i * 2 for i in range(3)]\nprint(y, z)\nif (n := len(y)) > 2: print(n)\nprint([k for i in range(5) if (k := i * i) > 3])",
    "def f():\n    t = [0][0]\n    r = [t := t + i for i in range(4)]\n    return r, t\nprint(f())",
    "x = [1]\nprint(x)\ndel x\nx = 2\nprint(x)\na, b = [1], [2]\ndel a, b",
    "assert True\nassert 1 < 2, 'fine'\nassert [0], 1 / 1",
    "def f(a: int, b: 'text' = 2) -> list[int]:\n    c: float = a\n    d: int\n    return [c, b]\nprint(f(1))",
    "print(print('a'), [print(i) for i in range(2)])",
    "def f(n):\n    if n == 0: return lambda: 'end'\n    return f(n - 1)\nprint(f(5)())",
    "def counter():\n    k = {'n': 0}\n    def step():\n        k['n'] += 1\n        return k['n']\n    return step\nc = counter()\nprint(c(), c(), counter()())",
    "max = 5\nprint(max)\ndef len(x): return 'mine'\nprint(len([1]))\nsum = lambda *a: a\nprint(sum(1, 2))",
    "def f():\n    def pi(): return 3\n    return pi()\nprint(f(), pi)",
    "a = 2.0\ndef f(x):\n    x = x * 2\n    return x\nb = f(a) + f(b if False else a)\nprint(a, b)\nb.backward()\nprint(a.grad)",
]  # fmt: skip
WRONG = [
    Wrong("def f():\n    y = sum([1])\n    sum = 5\nf()", "name", 2, "`sum` is used before anything is assigned to it"),
    Wrong("def f():\n    z = x + y\n    x = y = 1\nf()", "name", 2, "`x` is used before anything is assigned to it"),
    Wrong("def f():\n    x = 1\n    z = x + y\n    y = 1\nf()", "name", 3, "`y` is used before anything is assigned to it"),
    Wrong("def f(a, b): pass\nf(1)", "arity", 2, "`f` needs `b`"),
    Wrong("def f(a, b): pass\nf(1, 2, 3)", "arity", 2, "`f` takes 2 arguments, and 3 are given"),
    Wrong("def f(a, b=1): pass\nf(1, 2, 3)", "arity", 2, "`f` takes 1 to 2 arguments, and 3 are given"),
    Wrong("def f(a): pass\nf(1, a=2)", "arity", 2, "`f` is given `a` twice"),
    Wrong("def f(a): pass\nf(b=2)", "arity", 2, "`f` takes no argument `b`", "it takes `a`"),
    Wrong("def f(): pass\nf(b=2)", "arity", 2, "`f` takes no argument `b`"),
    Wrong("def f(*, k): pass\nf()", "arity", 2, "`f` needs `k`"),
    Wrong("def f(*, k): pass\nf(1)", "arity", 2, "`f` takes 0 arguments, and 1 is given"),
    Wrong("(lambda x: x)()", "arity", 1, "`lambda` needs `x`"),
    Wrong("def f(**k): pass\nf(**{1: 2})", "type", 2, "a dict whose keys are texts"),
    Wrong("def f(**k): pass\nf(**[1])", "type", 2, "needs a dict"),
    Wrong("def f(**k): pass\nf(x=1, **{'x': 2})", "arity", 2, "the argument `x` is given twice"),
    Wrong("x = [5]\nx[0]()", "type", 2, "a whole number cannot be called", "`*` to multiply"),
    Wrong("a = 2.0\na(3)", "type", 2, "a Value cannot be called", "`*` to multiply"),
    Wrong("[1]()", "type", 1, "a list cannot be called"),
    Wrong("[None][0]()", "type", 1, "None cannot be called"),
    Wrong("math()", "type", 1, "a module cannot be called"),
    Wrong("def f(): return f()\nf()", "limit", 1, "call depth"),
    Wrong("def f():\n    x = x + 1\nf()", "name", 2, "`x` is used before anything is assigned to it"),
    Wrong("print(x)\nx = 1", "name", 1, "`x` is used before anything is assigned to it"),
    Wrong("def f(): return x\nf()\nx = 1", "name", 1, "`x` is used before anything is assigned to it"),
    Wrong("def f():\n    def g(): return x\n    g()\n    x = 1\nf()", "name", 2, "`x` is used before anything is assigned to it"),
    Wrong("def f():\n    x = 1\n    del x\n    return x\nf()", "name", 4, "`x` is used before anything is assigned to it"),
    Wrong("def f():\n    x = 1\n    def g(): return x\n    del x\n    return g()\nf()", "name", 3, "`x` is used before anything is assigned to it"),
    Wrong("x = 1\ndel x\ndel x", "name", 3, "`x` is used before anything is assigned to it"),
    Wrong("if 0: x = 1\nprint(x)", "name", 2, "`x` is used before anything is assigned to it"),
    Wrong("for x in []: pass\nprint(x)", "name", 2, "`x` is used before anything is assigned to it"),
    Wrong("class A:\n    y = z\n    z = 1", "name", 2, "`z` is used before anything is assigned to it"),
    Wrong("assert 0", "assertion", 1, "the assertion does not hold"),
    Wrong("x = []\nassert x, ['empty', 1]", "assertion", 2, "the assertion does not hold: ['empty', 1]"),
    Wrong("assert 1 / 0", "zero_division", 1, "divides by zero"),
    Wrong("def f(x=1 / 0): pass", "zero_division", 1, "divides by zero"),
    Wrong("def f():\n    for i in range(3):\n        if i == 2:\n            return [i][i]\nf()", "index", 4, "there is no position 2"),
]  # fmt: skip


@each("source", ALIKE)
def test_functions_names_and_flow_are_those_of_python(source: str) -> None:
    check_alike(source)


@each("row", WRONG)
def test_what_cannot_be_called_or_has_no_name_is_told(row: Wrong) -> None:
    check_wrong(row)

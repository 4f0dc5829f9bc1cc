# ruff: noqa: E501  # a row is one line
"""Comparison, order, truth, keys: Python's rules for numbers, Values, texts, containers and objects."""

from tests.each import each
from tests.language.telling import Wrong, check_alike, check_wrong, said

THINGS = [
    "1",
    "1.0",
    "True",
    "0",
    "'a'",
    "''",
    "None",
    "[1]",
    "[]",
    "(1,)",
    "{1: 2}",
    "{1}",
    "a",
    "Value(1.0)",
    "range(2)",
]
CLASS = "class P:\n    def __init__(self, x): self.x = x\n    def __repr__(self): return f'P({self.x})'\n"
EQUAL = CLASS + "    def __eq__(self, o): return isinstance(o, P) and self.x == o.x\n"
ORDERED = CLASS + "    def __lt__(self, o): return self.x < o.x\n"
ALIKE = [
    "a = 2.0\nprint(a == 2, 2 == a, a != 2, a < 3, 3 > a, 1 < a <= 2, a >= Value(2.0), Value(1.0) == Value(1.0), a == True)",
    "print(1 < 2 < 3, 3 > 2 > 2, 1 == 1.0 == True, 1 < 3 < 2, 'a' < 'b' < 'c')",
    "print([1, 2] < [1, 3], [1] < [1, 0], (1, 'a') < (1, 'b'), [[1], 2] < [[1], 3], [] < [1], (2,) > (1, 5))",
    "print([1, [2, {'a': (3,)}]] == [1, [2, {'a': (3,)}]], {1: 2, 3: 4} == {3: 4, 1: 2}, {1, 2} == {2, 1}, [1] == (1,))",
    "print({1} < {1, 2}, {1, 2} <= {1, 2}, {1} > {2}, {1, 2} >= {1})",
    "print(1 is None, None is None, [] is not None, not [], not 'a', not 0.0, not None)",
    "n = math.nan\nprint(n == n, n != n, n < n, [n][0] in [n], [1, n] == [1, n])",
    "x = [math.nan][0]\nprint(x == x, x in [x], [x] == [x], x in [1, 2])",
    "print(1 and 2, 0 or 'x', [] or None, 1 and 0 and 2, not 1 or 3, 0 or 0.0 or '')",
    "print('a' in 'cat', '' in 'a', 'x' not in 'abc', 2 in [1, 2], 2 in (1,), 'k' in {'k': 1}, 1 in {1}, 3 in range(5), 1.0 in range(3))",
    "a = Value(0.0)\nprint('yes' if a else 'no', 'yes' if Value(-1.0) else 'no', bool(a), not a, a or 5)",
    "d = {1: 'a', 1.0: 'b', True: 'c', 'k': None, None: 0, (1, (2, 'x')): 9}\nprint(d, d[1], d[(1, (2, 'x'))])",
    "n = 3\nd = {n: 'x'}\nprint(d, d[3], d[n], n in d, 3 in {n}, {n, 3, 3.0})",
    "a, b = Value(1.0), Value(1.0)\nd = {a: 1, b: 2}\nprint(len(d), d[a], d[b], a in d, len({a, a, b}))",
    "f = lambda: 0\nprint(f == f, f == (lambda: 0), print == print, {print: 1}[print], math == math, int == int, int == float)",
    EQUAL + "print(P(1) == P(1), P(1) != P(1), P(1) == 1, 1 == P(1), P(2) in [P(1), P(2)], [P(1)] == [P(1)], [P(1)].index(P(1)))",
    ORDERED + "print(P(1) < P(2), P(1) > P(2), sorted([P(2), P(1)]), min(P(2), P(1)), max([P(1), P(3)]), [P(1)] < [P(2)])",
    CLASS + "p, q = P(1), P(1)\nprint(p == p, p == q, p != q, {p: 1}[p], p in [q], p in [p], len({p, q}))",
    CLASS + "    def __len__(self): return self.x\nprint(bool(P(0)), not P(2), len(P(3)), [1 if P(x) else 2 for x in (0, 1)])",
    CLASS + "    def __ge__(self, o): return True\nprint(P(1) >= 3, 3 <= P(1))",
    "class A:\n    def __eq__(self, o): return True\nprint([A()] == [1], 5 in [A()], [5, A()].count(7))",
    "print(sorted([3, 1.5, True]), sorted(['b', 'a', 'B']), sorted([[2], [1, 5]]), sorted([(1, 'b'), (1, 'a')]))",
]  # fmt: skip
WRONG = [
    Wrong("[1] < 'a'", "type", 1, "`<` does not work on a list and a text"),
    Wrong("1 < 'a'", "type", 1, "`<` does not work on a whole number and a text"),
    Wrong("a = 1.0\nNone > a", "type", 2, "`>` does not work on None and a Value"),
    Wrong("x = [2]\n1 < x[0] < 'a'", "type", 2, "a whole number and a text"),
    Wrong("{} < {}", "type", 1, "`<` does not work on a dict and a dict"),
    Wrong("[1, 'a'] < [1, 2]", "type", 1, "a text and a whole number"),
    Wrong("print < len", "type", 1, "`<` does not work on a function"),
    Wrong("class A: pass\nA() < A()", "type", 2, "`<` does not work on an object of class A", "`__lt__`"),
    Wrong("class A: pass\n1 < A()", "type", 2, "an object of class A", "`__gt__`"),
    Wrong("class A: pass\nsorted([A(), A()])", "type", 2, "an object of class A", "`__lt__`"),
    Wrong("1 in 5", "type", 1, "`in` does not work on a whole number"),
    Wrong("1 in 'abc'", "type", 1, "`in` looks for a text in a text, and not for a whole number"),
    Wrong("class A: pass\n1 in A()", "type", 2, "an object of class A"),
    Wrong("{[1]: 2}", "type", 1, "a list cannot be a key", "a tuple can"),
    Wrong("{(1, [2])}", "type", 1, "a list cannot be a key", "a tuple can"),
    Wrong("{{1: 2}: 3}", "type", 1, "a dict cannot be a key"),
    Wrong("[1] in {1}", "type", 1, "a list cannot be a key"),
    Wrong("{1: 2}[{1}]", "type", 1, "a set cannot be a key"),
    Wrong("{2 ** 61 - 1: 1}", "value", 1, "beyond 2**53 cannot be a key"),
    Wrong("{1e300: 1}", "value", 1, "beyond 2**53 cannot be a key"),
    Wrong("class A:\n    def __len__(self): return -1\nif A(): pass", "value", 3, "`__len__` of A must not be negative"),
    Wrong("class A:\n    def __len__(self): return 'x'\nlen(A())", "type", 3, "`__len__` of A must return a whole number"),
    Wrong("x = ()\nfor i in range(60): x = (x,)\n{x}", "limit", 3, "data nesting"),
]  # fmt: skip


@each("thing", THINGS)
def test_everything_is_equal_to_what_it_is_equal_to_in_python(thing: str) -> None:
    check_alike(
        f"a = 1.0\nx = [{thing}][0]\nprint([x == y for y in [{', '.join(THINGS)}]], [x != y for y in [{thing}, 5]])"
    )
    check_alike(f"a = 1.0\nx = [{thing}][0]\nprint(bool(x), not x, 1 if x else 2)")


@each("source", ALIKE)
def test_comparisons_are_those_of_python(source: str) -> None:
    check_alike(source)


@each("row", WRONG)
def test_what_has_no_order_no_truth_or_is_no_key_is_told(row: Wrong) -> None:
    check_wrong(row)


def test_a_list_that_holds_itself_is_compared_within_the_budgets() -> None:
    check_wrong(Wrong("x, y = [], []\nx.append(y)\ny.append(x)\nx == y", "limit", 4, "the program exceeds"))


def test_a_key_is_the_number_that_an_input_had() -> None:
    assert said("n = 3\nd = {n: 1}\nn.data = 5\nprint(d, n in d, n)") == "{3: 1} False 5\n"

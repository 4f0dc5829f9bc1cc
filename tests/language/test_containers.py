# ruff: noqa: E501  # a row is one line
"""The methods of lists, tuples, dicts, sets and texts, elements and slices: Python's, each length checked."""

from tests.each import each
from tests.language.telling import Wrong, check_alike, check_wrong, said

ALIKE = [
    "x = [3, 1, 2]\nx.append(4)\nx.extend((5, 6))\nx.extend('ab')\nx.insert(0, 9)\nx.insert(-1, 8)\nx.insert(99, 7)\nprint(x)",
    "x = [3, 1, 2, 1]\nprint(x.pop(), x.pop(0), x.pop(-1), x, x.index(1), x.count(1), x.count(9))",
    "x = [3, 1, 2, 1]\nx.remove(1)\nprint(x)\nx.reverse()\nprint(x, x.copy() == x)\nx.clear()\nprint(x)",
    "x = [3, 1, 2]\nx.sort()\nprint(x)\nx.sort(reverse=True)\nprint(x)\nx.sort(key=lambda k: -k)\nprint(x)",
    "print((1, 2, 1).count(1), (1, 2, 3).index(3), [].copy(), {}.copy())",
    "x = [1, 2, 3, 4, 5]\nprint(x[0], x[-1], x[1:3], x[:2], x[2:], x[::2], x[::-1], x[-2:], x[5:], x[3:1], x[:])",
    "x = (1, 2, 3)\nprint(x[1], x[1:], x[::-1], 'abc'[1], 'abc'[::-1], range(9)[2], range(9)[2:8:3], range(9)[-1])",
    "x = [[1, 2], [3, 4]]\nx[0][1] = 9\nx[-1] = 5\nx[0] += [7]\nx[1] *= 2\nprint(x)",
    "x = [1, 2, 3]\ni = 1\nprint(x[i], x[i:], x[Value(2.0)], x[i + 1] if False else 0, x[:-i] if False else 0)",
    "d = {'a': 1, 'b': 2}\nprint(d['a'], d.get('b'), d.get('z'), d.get('z', 0), d.pop('a'), d.pop('q', 5), d)",
    "d = {'a': 1}\nd.update({'b': 2, 'a': 3})\nprint(d.setdefault('c', 9), d.setdefault('a', 0), d.setdefault('n'), d)",
    "d = {'b': 1, 'a': 2}\nfor k in d: print(k)\nfor k, v in d.items(): print(k, v)\nprint(list(d.keys()), list(d.values()), len(d))",
    "d = {}\nk = d.keys()\nd['a'] = 1\nprint(k, len(k), 'a' in k, 1 in d.values(), ('a', 1) in d.items(), d.items())",
    "d = {'a': [1]}\ne = d.copy()\ne['a'].append(2)\ne['b'] = 1\nprint(d, e)\nd.clear()\nprint(d)",
    "d = {1: {2: 3}}\nd[1][2] += 5\nd[1]['x'] = d\nprint(d[1][2], len(d[1]))\nd = 0",
    "s = {1, 2}\ns.add(3)\ns.add(1)\ns.discard(9)\ns.discard(2)\ns.remove(1)\ns.update([5, 6], ) if False else s.update([5])\nprint(s, len(s), 5 in s)",
    "print(' a b '.strip(), 'a,b,,c'.split(','), ' a  b '.split(), 'Ab'.upper(), 'Ab'.lower(), 'abab'.replace('b', 'xy'))",
    "print('-'.join(['a', 'b']), ''.join(str(i) for i in range(3)), 'abc'.startswith('ab'), 'abc'.endswith('c'), 'a'.join([]))",
    "print('a b'.split(None), 'aXbX'.split('X'), 'é'.upper(), 'ß'.upper(), 'İ'.lower())",
    "x = [1]\nf = x.append\nf(2)\nprint(x, [m(3) for m in [x.append]], x)",
    "a = 2.0\nx = [a, 1.0]\nprint(x.index(2.0), x.count(a), a in x, x.index(1))\nx.remove(2)\nprint(x)",
    "print([i for i in [[1, 2], [3]] for i in i], {k: v for k, v in [(1, 2), (1, 3)]}, {i % 3 for i in range(9)})",
]  # fmt: skip
WRONG = [
    Wrong("[1, 2][2]", "index", 1, "there is no position 2 in a list of length 2", "positions run from 0 to 1"),
    Wrong("[][0]", "index", 1, "there is no position 0 in a list of length 0", "it is empty"),
    Wrong("'abc'[-4]", "index", 1, "there is no position -4 in a text of length 3"),
    Wrong("(1,)[10 ** 30]", "index", 1, "there is no position of that size"),
    Wrong("[1]['a']", "type", 1, "a position is a whole number, and not a text"),
    Wrong("i = 0.5\n[1][i]", "type", 2, "a position is a whole number, and not a Value"),
    Wrong("[1][0.5]", "type", 1, "a position is a whole number, and not a number"),
    Wrong("[1][None]", "type", 1, "a position is a whole number, and not None"),
    Wrong("5[0]", "type", 1, "a whole number has no elements"),
    Wrong("{1}[0]", "type", 1, "a set has no elements to take by"),
    Wrong("print[0]", "type", 1, "a function has no elements"),
    Wrong("a = 1.0\na[0]", "type", 2, "a Value has no elements"),
    Wrong("{'a': 1}['b']", "key", 1, "the dict has no key 'b'", "`get`"),
    Wrong("{1: 1}[2]", "key", 1, "the dict has no key 2"),
    Wrong("{1: 2}.pop(3)", "key", 1, "the dict has no key 3"),
    Wrong("x = [1]\nx[1] = 2", "index", 2, "there is no position 1"),
    Wrong("x = (1,)\nx[0] = 2", "type", 2, "an element of a tuple cannot be assigned"),
    Wrong("x = 'a'\nx[0] = 'b'", "type", 2, "an element of a text cannot be assigned"),
    Wrong("x = [1]\nx['a'] = 1", "type", 2, "a position is a whole number"),
    Wrong("[1][::0]", "value", 1, "the step of a slice cannot be 0"),
    Wrong("[1]['a':]", "type", 1, "the parts of a slice are whole numbers"),
    Wrong("[1][0.5:]", "type", 1, "the parts of a slice are whole numbers"),
    Wrong("{1: 2}[0:1]", "type", 1, "a slice cannot be a key"),
    Wrong("[].pop()", "index", 1, "`pop` finds nothing there"),
    Wrong("[1].pop(5)", "index", 1, "`pop` finds nothing there: the list has 1 elements"),
    Wrong("[1].pop('a')", "type", 1, "a position is a whole number"),
    Wrong("[1].insert('a', 1)", "type", 1, "a position is a whole number"),
    Wrong("[1].remove(2)", "value", 1, "2 is not in a list"),
    Wrong("(1,).index('x')", "value", 1, "x is not in a tuple"),
    Wrong("{1}.remove(2)", "key", 1, "the set has no 2", "`discard`"),
    Wrong("{1}.add([1])", "type", 1, "a list cannot be a key"),
    Wrong("{}.update([1])", "type", 1, "`update` of a dict needs a dict, and not a list"),
    Wrong("[].extend(5)", "type", 1, "a whole number cannot be run over"),
    Wrong("''.join([1])", "type", 1, "`join` needs texts, and one is a whole number", "str("),
    Wrong("''.join(5)", "type", 1, "cannot be run over"),
    Wrong("'a'.split('')", "value", 1, "`split` needs a text to split by"),
    Wrong("'a'.split(1)", "type", 1, "this needs a text, and not a whole number"),
    Wrong("'a'.replace('a', 1)", "type", 1, "this needs a text, and not a whole number"),
    Wrong("'a'.replace('a')", "arity", 1, "`replace` takes 2 arguments, and 1 is given"),
    Wrong("[].append()", "arity", 1, "`append` takes 1 argument, and 0 are given"),
    Wrong("[].append(1, 2)", "arity", 1, "`append` takes 1 argument, and 2 are given"),
    Wrong("[].pop(key=1)", "arity", 1, "`pop` takes no argument `key`"),
    Wrong("[1].sort(lambda x: x)", "arity", 1, "`sort` takes 0 arguments, and 1 is given"),
    Wrong("(1,).append(2)", "attribute", 1, "a tuple has no `append`"),
    Wrong("{}.append(2)", "attribute", 1, "a dict has no `append`"),
    Wrong("'a'.append(2)", "attribute", 1, "a text has no `append`"),
    Wrong("x = [0] * 50000\nx.append(1)", "limit", 2, "sequence length"),
    Wrong("x = [0] * 50000\nx.insert(0, 1)", "limit", 2, "sequence length"),
    Wrong("x = [0] * 40000\nx.extend(x)", "limit", 2, "sequence length"),
    Wrong("('a' * 40000).replace('a', 'bc')", "limit", 1, "sequence length"),
    Wrong("('a' * 40000).join(['b'] * 3)", "limit", 1, "sequence length"),
    Wrong("d = {i: 0 for i in range(40000)}\nd.update({-i: 0 for i in range(40000)})", "limit", 2, "sequence length"),
]  # fmt: skip


@each("source", ALIKE)
def test_containers_do_what_they_do_in_python(source: str) -> None:
    check_alike(source)


@each("row", WRONG)
def test_what_is_not_there_or_does_not_fit_is_told(row: Wrong) -> None:
    check_wrong(row)


def test_a_whole_value_is_a_position() -> None:
    source = "x = [5, 6, 7]\ni = 1.0\nn = 3\nprint(x[i], x[i:], x[n // 2], x[-i], x.pop(i))\nx[i] = 9\nprint(x)"
    assert said(source) == "6 [6, 7] 6 7 6\n[5, 9]\n"

"""Programs that were found to bring a worker down, or to cost more than was charged; and keys that collide."""

from tests.language.hostile import Attack, rows

ODD_BUT_RIGHT = {
    "only-a-hint": "d: int",
    "only-hints": "a = 1.0\nb: float\nc: int\nd = a * 2",
}
BRANCHES = "".join(f"elif x == {i}: y = x\n" for i in range(380))
QUICK_AND_RIGHT = {  # though each level could look through all that are inside it
    "many-branches": f"x = 1.0\nif x == 0: y = x\n{BRANCHES}else:\n" + "    y = x\n" * 2_000,
    "many-branches-that-leave": "def f(x):\n    if x == -1: return x\n"
    + "".join(f"    elif x == {i}: return x\n" for i in range(380))
    + "    else:\n"
    + "        y = x\n" * 2_000
    + "y = f(1.0) + Value(1.0)",
}
KEYS = {  # all of a kind have one hash, or few, where Python's own is taken
    "multiples": "i * (2 ** 61 - 1)",
    "minus-multiples": "-i * (2 ** 61 - 1)",
    "powers": "2.0 ** (61 * (i % 16)) * i",
    "halves": "float(i) * 2 ** 61",
    "tuples": "(i * (2 ** 61 - 1), 1)",
    "nested": "((i * (2 ** 61 - 1),), i * (2 ** 61 - 1))",
    "mixed": "(float(i) * 2 ** 61, 'a', None)",
}
HOLDERS = {
    "dict": "d = {{}}\nfor i in range(30000): d[{}] = i",
    "comprehension": "d = {{{}: i for i in range(30000)}}",
    "set": "s = set()\nfor i in range(30000): s.add({})",
    "set-of-list": "s = set([{} for i in range(30000)])",
    "membership": "s = {{{} for i in range(9000)}}\nfor i in range(9000): {} in s",
    "union": "s = set()\nfor i in range(9000): s = s | {{{}}}",
    "get": "d = {{}}\nfor i in range(30000): d.setdefault({}, i)",
}

FOUND: tuple[Attack, ...] = (
    *rows("found", "right", {**ODD_BUT_RIGHT, **QUICK_AND_RIGHT}),
    *rows(
        "hash-collision",
        "ends",
        {
            f"{keys}-in-{holder}": program.format(key, key)
            for keys, key in KEYS.items()
            for holder, program in HOLDERS.items()
        },
    ),
)

"""Whole programs of the language, made at random: every kind of statement and expression, every operation.

A `Writer` writes statements one below the other and knows what each name holds where it writes: a Value, a plain
number, a text, a list of Values. So programs are right, unless a mistake is put in on purpose.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from hypothesis import strategies as st

from engine.ops import OPS

DEEP = 3  # how many expressions stand inside one another
FUNCTIONS = [op for op in OPS.values() if op.symbol.isidentifier() or op.name in ("pow", "abs", "max", "min")]
NUMBERS = ["2", "3", "0.5", "1.5", "-1", "0.25", "7", "1e-3", "10"]
INPUTS = ["2.0", "-3.0", "0.5", "-0.75", "1", "3", "-2", "2/3", "pi/4", "1.25", "math.e", "0.0"]
WORDS = ["'a'", "'node'", "'x y'", '"it\'s"', "'é'", "''"]
SPECS = [".3f", "8.2f", "+.1e", "g", ".0f", "<9.2f", "010.4f", ".1%", ",.2f"]
MISTAKES = [
    "[1, 2][5]",
    "{'a': 1}['b']",
    "1 / [0][0]",
    "1 % [0][0]",
    "int('one')",
    "'a' + 1",
    "[1] + (2,)",
    "len(5)",
    "math.log(-1)",
    "assert 1 > 2, 'no'",
    "late",
    "p0, p1 = [1, 2, 3]",
    "p0, p1, *p2 = [1]",
    "(lambda p: p)()",
    "(lambda p: p)(1, q=2)",
    "[].pop()",
    "[1].remove(2)",
    "None + 1",
    "-'a'",
    "[1] < [None]",
    "{[1]: 2}",
    "sorted([1, 'a'])",
    "max([])",
    "for p0 in 5: pass",
    "print(*7)",
    "range(0.5)",
    "(None or 'a')()",
    "sum(['a'])",
    "[x0 for x0 in [1, 0] if 1 / x0]",
]


class Writer:
    """Writes one program."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.lines: list[str] = []
        self.known: dict[str, list[str]] = {"value": [], "number": [], "text": [], "values": []}
        self.functions: list[tuple[str, Callable[[int], str]]] = []  # what gives a Value, and how it is called
        self.indent = self.made = 0
        self.around: list[str] = []  # the statements around: loop, function

    def program(self, statements: int, *, mistake: bool) -> str:
        """A program of about so many statements; one with a mistake has it at any place."""
        for _ in range(self.random.randint(1, 3)):
            self.input()
        place = self.random.randrange(statements) if mistake else -1
        for number in range(statements):
            if number == place:
                self.write(self.random.choice(MISTAKES))
                self.write("late = 1")
            self.statement()
        self.finish()
        return "\n".join(self.lines) + "\n"

    # places

    def write(self, line: str) -> None:
        self.lines.append("    " * self.indent + line)

    @contextmanager
    def block(self, head: str, kind: str) -> Iterator[None]:
        """A block; what it assigns is known inside it only."""
        self.write(head)
        known, functions = {sort: list(names) for sort, names in self.known.items()}, list(self.functions)
        self.indent += 1
        self.around.append(kind)
        yield
        self.around.pop()
        self.indent -= 1
        self.known, self.functions = known, functions

    def name(self, sort: str, start: str = "v") -> str:
        """A new name that holds such a thing from now on."""
        self.made += 1
        found = f"{start}{self.made}"
        self.known[sort].append(found)
        return found

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def among(self, *choices: Callable[[int], str], depth: int) -> str:
        return self.random.choice(choices)(depth + 1)

    # expressions

    def value(self, depth: int = 0) -> str:
        """An expression that is a Value."""
        if depth >= DEEP or self.chance(0.25):
            return self.random.choice(self.known["value"])
        return self.among(
            *[self.arithmetic] * 4, *[self.operation] * 3, self.chosen, self.folded, self.called, self.element,
            self.extreme, self.anonymous, depth=depth,
        )  # fmt: skip

    def number(self, depth: int = 0) -> str:
        """An expression that is a plain number."""
        if depth >= DEEP or self.chance(0.4):
            return self.random.choice([*self.known["number"], *NUMBERS])
        return self.among(
            lambda d: f"({self.number(d)} {self.random.choice('+-*')} {self.number(d)})",
            lambda d: f"({self.number(d)} {self.random.choice(['/', '//', '%'])} {self.random.choice(NUMBERS)})",
            lambda d: f"({self.number(d)} % 7) ** {self.random.choice('23')}",
            lambda d: f"{self.random.choice(self.known['value'])}.{self.random.choice(['data', 'grad', 'item()'])}",
            lambda d: f"len({self.values(d)})",
            lambda d: f"round({self.number(d)}, {self.random.randint(0, 3)})",
            lambda d: f"abs({self.number(d)})",
            lambda d: f"({self.number(d)} if {self.condition(d)} else {self.number(d)})",
            lambda d: f"sum([{self.number(d)}, {self.number(d)}])",
            lambda d: f"max({self.number(d)}, {self.number(d)})",
            lambda d: f"len({self.text(d)})",
            depth=depth,
        )

    def arithmetic(self, depth: int) -> str:
        symbol = self.random.choice(["+", "-", "*", "/", "+", "-", "*", "//", "%", "**"])
        if symbol == "**":
            return f"({self.value(depth)} ** {self.random.choice(['2', '3', '-1', '0.5', '(1/3)', '0'])})"
        if self.chance(0.15):
            return f"({self.random.choice('+-')}{self.value(depth)})"
        shapes = [(self.value, self.value), (self.value, self.number), (self.number, self.value)]
        left, right = self.random.choice(shapes)
        return f"({left(depth)} {symbol} {right(depth)})"

    def operation(self, depth: int) -> str:
        """An operation of the rulebook, near a point where its record says that it is defined."""
        op = self.random.choice(FUNCTIONS)
        point = self.random.choice(op.samples)
        operands = [f"{x!r} + 0.01*tanh({self.value(depth)})" for x in point]
        if len(operands) == 1 and self.chance(0.4):
            return f"({operands[0]}).{op.name}()"
        return f"{self.random.choice(['', 'math.'])}{op.name}({', '.join(operands)})"

    def chosen(self, depth: int) -> str:
        return f"({self.value(depth)} if {self.condition(depth)} else {self.value(depth)})"

    def folded(self, depth: int) -> str:
        start = f", {self.number(depth)}" if self.chance(0.3) else ""
        if self.chance(0.5):
            return f"sum({self.values(depth)}{start})"
        each = self.name("value", "c")
        inside = f"{self.value(depth)} * {each}" if self.chance(0.5) else each
        self.known["value"].remove(each)
        return f"sum(({inside} for {each} in {self.values(depth)}){start})"

    def called(self, depth: int) -> str:
        return self.random.choice(self.functions)[1](depth) if self.functions else self.value(depth)

    def element(self, depth: int) -> str:
        return f"[{self.value(depth)}, {self.value(depth)}][{self.random.choice(['0', '1', '-1', '-2'])}]"

    def extreme(self, depth: int) -> str:
        function = self.random.choice(["max", "min"])
        if self.chance(0.3):
            return f"{function}({self.values(depth)}, key=lambda k: k.data * {self.number(depth)})"
        return f"{function}({self.value(depth)}, {self.value(depth)}, {self.value(depth)})"

    def anonymous(self, depth: int) -> str:
        given = self.random.choice([self.value(depth), f"k={self.value(depth)}"])
        parameter = "k" if given.startswith("k=") else "k, r=1.5"
        return f"(lambda {parameter}: k * {self.value(depth)})({given})"

    def condition(self, depth: int = 0) -> str:
        """An expression that is true or false."""
        relation = self.random.choice(["<", "<=", ">", ">=", "==", "!="])
        if depth >= DEEP:
            return f"{self.random.choice(self.known['value'])} {relation} {self.random.choice(NUMBERS)}"
        return self.among(
            lambda d: f"{self.value(d)} {relation} {self.value(d)}",
            lambda d: f"{self.number(d)} {relation} {self.value(d)}",
            lambda d: f"-1 < {self.value(d)} {relation} {self.number(d)}",
            lambda d: f"not {self.value(d)}",
            lambda d: f"({self.condition(d)} {self.random.choice(['and', 'or'])} {self.condition(d)})",
            lambda d: f"{self.value(d)} in {self.values(d)}",
            lambda d: f"{self.text(d)} {self.random.choice(['in', 'not in', '==', '<'])} {self.text(d)}",
            lambda d: f"{self.random.choice(['any', 'all'])}(k > 0 for k in {self.values(d)})",
            lambda d: f"isinstance({self.value(d)}, ({self.random.choice(['int, str', 'Value, int', 'list, dict'])}))",
            lambda d: f"[{self.number(d)}][0] is {self.random.choice(['None', 'not None'])}",
            depth=depth,
        )

    def values(self, depth: int = 0) -> str:
        """An expression that is a list of at least one Value."""
        if self.known["values"] and (depth >= DEEP or self.chance(0.3)):
            return self.random.choice(self.known["values"])
        if depth >= DEEP:
            return f"[{self.random.choice(self.known['value'])}]"
        each = self.name("value", "k")
        inside = self.value(depth + 1)
        self.known["value"].remove(each)
        bound = self.random.randint(1, 3)
        return self.among(
            lambda d: f"[{self.value(d)}, {self.value(d)}]",
            lambda d: f"[{inside} for {each} in {self.values(d)}]",
            lambda d: f"[{inside} for {each} in {self.values(d)} if {each} > {each} - 1]",
            lambda d: f"[{each} * j for {each} in {self.values(d)} for j in range({bound})]",
            lambda d: f"list(map(lambda {each}: {inside}, {self.values(d)}))",
            lambda d: f"list(filter(None, {self.values(d)})) + [{self.value(d)}]",
            lambda d: f"sorted({self.values(d)}, key=lambda k: -k.data, reverse={self.chance(0.5)})",
            lambda d: f"list(reversed({self.values(d)}))",
            lambda d: f"({self.values(d)} + {self.values(d)})[:{bound}]",
            lambda d: f"({self.values(d)} * {bound})[::{bound}]",
            lambda d: f"[{each} + i for i, {each} in enumerate({self.values(d)}, {self.random.randint(0, 2)})]",
            lambda d: f"[p * q for p, q in zip({self.values(d)}, {self.values(d)})]",
            lambda d: f"list({{i: {each} for i, {each} in enumerate({self.values(d)})}}.values())",
            lambda d: f"(lambda *ks: list(ks))(*{self.values(d)})",
            depth=depth,
        )

    def text(self, depth: int = 0) -> str:
        """An expression that is a text."""
        if depth >= DEEP or self.chance(0.3):
            return self.random.choice([*self.known["text"], *WORDS])
        return self.among(
            lambda d: f"f'{{{self.random.choice(self.known['value'])}:{self.random.choice(SPECS)}}}|'",
            lambda d: f"str({self.value(d)})",
            lambda d: f"repr({self.number(d)})",
            lambda d: f"({self.text(d)} + {self.text(d)})",
            lambda d: f"{self.text(d)}.{self.random.choice(['upper', 'lower', 'strip'])}()",
            lambda d: f"({self.text(d)})[1:]",
            lambda d: f"', '.join([{self.text(d)}, {self.text(d)}])",
            lambda d: f"{self.text(d)}.replace('a', {self.text(d)})",
            lambda d: f"str({self.text(d)}.split(' '))",
            lambda d: f"({self.text(d)} * {self.random.randint(0, 3)})",
            depth=depth,
        )

    # statements

    def statement(self) -> None:
        """One statement, and what stands inside it."""
        deep = self.indent >= 3 or len(self.lines) > 60
        simple = [self.assign] * 4 + [self.augmented] * 2 + [
            self.show, self.unpack, self.change_list, self.keep_number, self.keep_text, self.keep_list, self.table,
            self.descend, self.walrus, self.check, self.leave,
        ]  # fmt: skip
        outside = [self.input, self.differentiate, self.train, self.classes] if not self.indent else []
        blocks = [self.branch, self.count, self.go_through, self.repeat, self.function, self.closure]
        self.random.choice(simple + outside + ([] if deep else blocks))()

    def body(self, most: int = 3) -> None:
        for _ in range(self.random.randint(1, most)):
            self.statement()

    def input(self) -> None:
        """Inputs: bare numbers of the module, and Values made by hand."""
        one, two = (self.random.choice(INPUTS) for _ in range(2))
        shape = self.random.choice(["{a} = {one}", "{a}, {b} = {one}, {two}", "{a} = {b} = {one}", "{a}: float = {one}",
                                    "{a} = Value({two})", "{a} = Value({one}, label='{a}')"])  # fmt: skip
        a = self.name("value")
        b = self.name("value") if "{b}" in shape else ""
        self.write(shape.format(a=a, b=b, one=one, two=two))

    def assign(self) -> None:
        expression = self.value()
        old = [name for name in self.known["value"] if name.startswith("v")]
        again = self.chance(0.3) and "function" not in self.around
        self.write(f"{self.random.choice(old) if again and old else self.name('value')} = {expression}")

    def augmented(self) -> None:
        if "function" in self.around:
            return self.assign()
        target, symbol = self.random.choice(self.known["value"]), self.random.choice(["+", "-", "*", "/"])
        return self.write(f"{target} {symbol}= {self.random.choice([self.value, self.number])()}")

    def show(self) -> None:
        things = [self.random.choice([self.value, self.number, self.text, self.values, self.condition])()
                  for _ in range(self.random.randint(1, 3))]  # fmt: skip
        ending = self.random.choice(["", "", ", sep='-'", ", end='!\\n'"])
        self.write(f"print({', '.join(things)}{ending})")

    def unpack(self) -> None:
        one, two = self.value(), self.value()
        a, b = self.name("value"), self.name("value")
        if self.chance(0.5):
            self.write(f"{a}, {b} = {one}, {two}")
        else:
            self.write(f"{a}, *{self.name('values', 'l')}, {b} = [{one}, {two}, {one}, {two}]")

    def keep_number(self) -> None:
        expression = f"[{self.number()}][0]"  # not a bare number: that would be an input
        self.write(f"{self.name('number', 'n')} = {expression}")

    def keep_text(self) -> None:
        expression = self.text()
        self.write(f"{self.name('text', 's')} = ({expression})[:40]")

    def keep_list(self) -> None:
        expression = self.values()
        self.write(f"{self.name('values', 'l')} = {expression}")

    def change_list(self) -> None:
        if not self.known["values"]:
            return self.keep_list()
        name, thing = self.random.choice(self.known["values"]), self.value()
        return self.write(
            self.random.choice(
                [f"{name}.append({thing})", f"{name}.extend([{thing}])", f"{name}.insert(0, {thing})",
                 f"{name}[0] = {thing}", f"{name}[-1] += {self.number()}", f"{name}.reverse()",
                 f"{name}.sort(key=lambda k: k.data)", f"{name}.append({name}.pop())", f"{name} += [{thing}]"
                 if "function" not in self.around else f"{name}.append({thing})"]
            )
        )  # fmt: skip

    def table(self) -> None:
        """A dict, and what it is asked."""
        self.made += 1
        name, thing = f"d{self.made}", self.value()
        self.write(f"{name} = {{'a': {thing}, {self.text()}: {self.number()}, 3: {self.condition()}}}")
        self.write(f"{name}.update({{'b': {self.value()}}})")
        self.write(f"print(len({name}), {name}.get('zz', {self.number()}), sorted([str(k) for k in {name}]), {name})")
        self.write(f"{self.name('value')} = {name}['b'] * {name}.pop('a', 2)")

    def descend(self) -> None:
        """A step of the data of a leaf, as learners write it."""
        name = self.random.choice(self.known["value"])
        if not self.indent and self.chance(0.3):
            self.write(f"{name}.{self.random.choice(['data', 'grad'])} = {self.number()}")
        else:
            self.write(f"{name}.data -= 0.1 * {name}.grad")

    def walrus(self) -> None:
        expression = self.value()
        name = self.name("value")
        self.write(f"print(({name} := {expression}) > {self.number()})")

    def check(self) -> None:
        self.write(f"assert {self.value()} is not None, {self.text()}")

    def leave(self) -> None:
        """Leave a loop or a function."""
        if "function" in self.around:
            with self.block(f"if {self.condition()}:", "branch"):
                self.write(f"return {self.value()}")
        elif "loop" in self.around:
            with self.block(f"if {self.condition()}:", "branch"):
                self.write(self.random.choice(["break", "continue"]))
        else:
            self.show()

    def branch(self) -> None:
        with self.block(f"if {self.condition()}:", "branch"):
            self.body()
        for _ in range(self.random.randint(0, 1)):
            with self.block(f"elif {self.condition()}:", "branch"):
                self.body()
        if self.chance(0.6):
            with self.block("else:", "branch"):
                self.body()

    def count(self) -> None:
        self.made += 1
        name = f"i{self.made}"
        self.write(f"{name} = [0][0]")
        with self.block(f"while {name} < {self.random.randint(1, 4)}:", "loop"):
            self.write(f"{name} += 1")
            self.body()
        self.otherwise()

    def go_through(self) -> None:
        things = f"{self.values()}[:]"  # a copy: a list that grows while a loop runs over it has no end
        self.made += 1
        pair = f"i{self.made}"
        each = self.name("value", "e")
        head = self.random.choice([
            f"for {each} in {things}:", f"for {pair}, {each} in enumerate({things}):",
            f"for {each}, {pair} in zip({things}, range(9)):", f"for {pair} in range({self.random.randint(1, 4)}):",
            f"for {pair}, {each} in {{1: {self.value()}, 2: {self.value()}}}.items():",
        ])  # fmt: skip
        self.known["value"].remove(each)
        with self.block(head, "loop"):
            self.known["number"] += [pair] if pair in head else []
            self.known["value"] += [each] if each in head else []
            self.body()
        self.otherwise()

    def otherwise(self) -> None:
        if self.chance(0.25):
            with self.block("else:", "branch"):
                self.show()

    def repeat(self) -> None:
        """A loop inside a comprehension inside a print."""
        self.write(f"print([[{self.value()} for _ in range(2)] for _ in range({self.random.randint(0, 2)})])")

    def function(self) -> None:
        """A function with parameters of every kind, and the calls of it from here on."""
        self.made += 1
        name = f"f{self.made}"
        default = self.number()
        head, shape = self.random.choice([
            ("k", "{0}"), ("k, r=%s", "{0}, r={1}"), ("k, r=%s", "{0}"), ("k, *more", "{0}, {0}, {1}"),
            ("k, *, r=%s", "{0}, r={1}"), ("k, r=%s, **named", "k={0}, s={1}"), ("k, *more, r=2", "*[{0}, {1}]"),
            ("k: float, r: float = %s", "{0}, {1}"),
        ])  # fmt: skip
        with self.block(f"def {name}({head.replace('%s', default)}):", "function"):
            self.known["value"].append("k")
            self.known["number"] = [x for x in self.known["number"] if not x.startswith("i")]
            self.body()
            self.write(f"return {self.value()}")
        self.functions.append((name, lambda d: f"{name}({shape.format(self.value(d), self.number(d))})"))

    def closure(self) -> None:
        """A function that hands out one that remembers."""
        self.made += 1
        name, kept = f"g{self.made}", self.value()
        with self.block(f"def {name}(total):", "function"):
            with self.block("def add(k, step=1):", "function"):
                self.write("nonlocal total")
                self.write(f"total = total + k * {self.random.choice(NUMBERS)} + step")
                self.write("return total")
            self.write("return add")
        self.write(f"h{name} = {name}({kept})")
        self.functions.append((f"h{name}", lambda d: f"h{name}({self.value(d)})"))

    def classes(self) -> None:
        """A class with operators of its own, and one that builds on it."""
        self.made += 1
        name = f"C{self.made}"
        methods = [("+", "add"), ("*", "mul"), ("-", "sub"), ("/", "truediv"), ("@", "matmul")]
        symbol, method = self.random.choice(methods)
        self.lines += [
            f"class {name}:",
            f"    rate = {self.number()}",
            "    def __init__(self, x): self.x = x",
            f"    def __{method}__(self, o): return {name}(self.x * 2 + (o.x if isinstance(o, {name}) else o))",
            f"    __r{method}__ = __{method}__",
            "    def __call__(self, y): return self.x * y",
            "    def __len__(self): return 2",
            "    def __getitem__(self, i): return [self.x, self.rate][i]",
            f"    def __eq__(self, o): return isinstance(o, {name}) and self.x == o.x",
            "    def __lt__(self, o): return self.x < o.x",
            f"    def __repr__(self): return f'{name}({{self.x}})'",
            f"class {name}b({name}):",
            "    def __init__(self, x, y):",
            "        super().__init__(x)",
            "        self.y = y",
            "    def both(self): return self.x * self.y",
        ]
        self.write(f"o{name} = {name}({self.value()}) {symbol} {self.number()}")
        self.write(f"print(o{name}, len(o{name}), 2 {symbol} o{name} == o{name}, [k for k in o{name}], o{name}[1])")
        both = f"{name}b({self.value()}, {self.value()}).both()"
        self.write(f"{self.name('value')} = {both} + o{name}(3) + o{name}.x")

    def differentiate(self) -> None:
        method = self.random.choice(["backward", "backward", "zero_grad"])
        self.write(f"{self.random.choice(self.known['value'])}.{method}()")
        if self.chance(0.3):
            one, leaf = (self.random.choice(self.known["value"]) for _ in range(2))
            self.write(f"{self.name('value')} = grad({one} * {leaf}, {leaf})")

    def train(self) -> None:
        """A few steps of a small net."""
        self.made += 1
        n = f"net{self.made}"
        last = self.random.choice(["", ", last='linear'", ", activation='relu'"])
        sizes = self.random.choice(["[1]", "[2, 1]", "[3, 2, 1]"])
        optimizer = self.random.choice(["SGD({n}.parameters(), 0.1)", "SGD({n}.parameters(), lr=0.1, momentum=0.9)",
                                        "Adam({n}.parameters(), lr=0.05)"]).format(n=n)  # fmt: skip
        self.write(f"{n} = MLP(2, {sizes}{last})")
        self.write(f"opt{n} = {optimizer}")
        with self.block("for _ in range(2):", "loop"):
            loss = self.random.choice(["mse([{o}], [0.5])", "hinge([{o}], [1])", "cross_entropy([{o}, 1.0], 0)"])
            self.write(f"loss{n} = {loss.format(o=f'{n}([{self.value()}, random.uniform(-1, 1)])')}")
            self.write(self.random.choice([f"{n}.zero_grad()", f"opt{n}.zero_grad()"]))
            self.write(f"loss{n}.backward()")
            self.write(f"opt{n}.step()")
        self.write(f"print(loss{n}, {n}, softmax([loss{n}, 2.0]))")

    def finish(self) -> None:
        if self.chance(0.5):
            self.write(f"{self.random.choice(self.known['value'])}.backward()")
        else:
            self.write(f"last = {self.value()} * 1.0")


@st.composite
def programs(draw: st.DrawFn, *, mistake: bool = False) -> str:
    """A program; with a mistake in it, if that is wanted."""
    random = draw(st.randoms(use_true_random=False))
    return Writer(random).program(draw(st.integers(1, 8)), mistake=mistake)

"""What people write who come from mathematics or another language, as patterns of words, and what Python writes.

A pattern is a row of items: a word as it stands, or NAME, NUMBER, FACTOR (a number but 0), STRING, VALUE (any of
them), KEYWORD, JOINER (what needs something to its right), OPENER (to its left), START and END (of the line). With
`~` before an item no blank may come before it. In a message or hint `{0}` is the first word found, `{1}` the second.
"""

from collections.abc import Callable, Iterator, Mapping
from keyword import iskeyword
from typing import NamedTuple

from engine.language.grammar.words import Word


class Mistake(NamedTuple):
    """A pattern, and what to say where it is found."""

    pattern: str
    message: str
    hint: str
    instead: str | None = None
    """What to write in place of the words found, where that is certain."""


class Letter(NamedTuple):
    """What a letter is that means something elsewhere, the advice, and what to write for it if that is certain."""

    what: str
    hint: str
    text: str | None = None


def _slip(pattern: str, message: str, instead: str) -> Mistake:
    return Mistake(pattern, message, f"write `{instead}`", instead)


def _lookalike(what: str, text: str) -> Letter:
    return Letter(what, f"write `{text}`", text)


MISTAKES = (
    _slip("&&", "`&&` is not an operator here", "and"),
    _slip("||", "`||` is not an operator here", "or"),
    _slip("===", "`===` is not an operator here", "=="),
    _slip("!==", "`!==` is not an operator here", "!="),
    _slip("<>", "`<>` is not an operator here", "!="),
    _slip("=>", "`=>` is not an operator here", ">="),
    _slip("=<", "`=<` is not an operator here", "<="),
    _slip("NAME ++ END", "`++` is not an operator here", "{0} += 1"),
    _slip("NAME -- END", "`--` is not an operator here", "{0} -= 1"),
    Mistake("NAME ++ )", "`++` is not an operator here", "write `{0} += 1` on a line of its own"),
    _slip("START //", "`//` divides; a comment begins with `#`", "#"),
    Mistake("START >> >", "`>>>` is the prompt of a Python shell", "leave it out"),
    Mistake("START % NAME", "a line that begins with `%` is for a notebook", "leave the line out"),
    Mistake("START ! NAME", "a line that begins with `!` is for a notebook", "leave the line out"),
    Mistake("START def NAME NAME", "the name of a function is followed by its parameters", "write `def {1}({2}):`"),
    _slip("| VALUE |", "the bars of an absolute value are not available", "abs({1})"),
    Mistake("; ;", "between the two semicolons something is missing", "take one semicolon away"),
    Mistake("?", "`?` is not an operator here", "write `a if condition else b`"),
    Mistake("!", "`!` is not an operator here", "write `not`"),
    _slip("= =", "`= =` is written in one word", "=="),
    _slip("* *", "`* *` is written in one word", "**"),
    _slip("START else if", "`else if` is one word in Python", "elif"),
    _slip("START elseif", "there is no `elseif`", "elif"),
    _slip("START elsif", "there is no `elsif`", "elif"),
    Mistake("START print VALUE", "`print` is a function", "write `print(…)`"),
    Mistake("START function NAME (", "`function` is not a word of Python", "write `def {1}(…):`"),
    Mistake("START func NAME (", "`func` is not a word of Python", "write `def {1}(…):`"),
    Mistake("START fn NAME (", "`fn` is not a word of Python", "write `def {1}(…):`"),
    Mistake("START import NAME from", "the module comes first", "write `from … import {1}`"),
    Mistake("START NAME NAME =", "a name is assigned without a word before it", "write `{1} = …`"),
    Mistake("START NAME :=", "`:=` stands only inside an expression in brackets", "write `{0} = …`"),
    Mistake("START @", "decorators are not part of the playground's language", "call the function where you need it"),
    Mistake("= if", "an `if` of its own is not a value", "write `name = a if condition else b`"),
    Mistake("= for", "a loop is not a value", "write `name = [… for x in xs]`"),
    Mistake("START KEYWORD =", "`{0}` is a word of Python and cannot be a name", "write `{0}_`"),
    Mistake("( KEYWORD =", "`{1}` is a word of Python and cannot be a name", "write `{1}_`"),
    Mistake(", KEYWORD =", "`{1}` is a word of Python and cannot be a name", "write `{1}_`"),
    Mistake("VALUE . KEYWORD", "`{2}` is a word of Python and cannot be an attribute", "write `.{2}_`"),
    _slip("FACTOR ~NAME", "a product is not written side by side", "{0}*{1}"),
    _slip(") ~NAME", "a product is not written side by side", ")*{1}"),
    _slip(") ~NUMBER", "a product is not written side by side", ")*{1}"),
    Mistake(", ,", "between the two commas something is missing", "take one comma away"),
    Mistake("= END", "after `=` a value is missing", "write the value on the same line"),
    Mistake("START OPENER", "a line cannot begin with `{0}`", "put the whole expression in brackets to break the line"),
    Mistake("JOINER END", "after `{0}` something is missing", "write the right side on the same line, or use brackets"),
    Mistake("JOINER )", "between `{0}` and `)` something is missing", "write the right side of `{0}`"),
    Mistake("NUMBER NUMBER", "a number is written without blanks", "write `{0}{1}`, or a comma between two numbers"),
    Mistake("NAME NAME", "between `{0}` and `{1}` something is missing", "write `{0}({1})` or `{0}*{1}`, or a comma"),
    Mistake("VALUE NAME", "between `{0}` and `{1}` something is missing", "write an operator (`*`) or a comma"),
    Mistake("VALUE NUMBER", "between `{0}` and `{1}` something is missing", "write an operator (`*`) or a comma"),
    Mistake("NUMBER STRING", "between `{0}` and the text something is missing", "write a comma"),
    Mistake("NAME STRING", "between `{0}` and the text something is missing", "write an operator (`+`) or a comma"),
)

LETTERS: Mapping[str, Letter] = {
    **dict.fromkeys("“”„‟″«»", _lookalike("a typographic quotation mark", '"')),
    **dict.fromkeys("‘’‚‛′`´", _lookalike("a typographic quotation mark", "'")),
    **dict.fromkeys("−–—‐‑‒", _lookalike("a typographic minus sign", "-")),
    **dict.fromkeys("×·∙⋅∗•", _lookalike("a multiplication sign", "*")),
    **dict.fromkeys("÷∕⁄", _lookalike("a division sign", "/")),
    **dict.fromkeys("，、", _lookalike("a wide comma", ",")),
    **dict.fromkeys("（）", Letter("a wide bracket", "write `(` or `)`")),
    "≤": _lookalike("a comparison sign", "<="),
    "≥": _lookalike("a comparison sign", ">="),
    "≠": _lookalike("a comparison sign", "!="),
    "²": _lookalike("a raised digit", "**2"),
    "³": _lookalike("a raised digit", "**3"),
    "√": Letter("a root sign", "write `sqrt(x)`"),
    "∞": Letter("the sign for infinity", "write `math.inf`"),
    "←": _lookalike("an arrow", "="),
    "→": Letter("an arrow", "leave it out"),
    "：": _lookalike("a wide colon", ":"),
    "＝": _lookalike("a wide equals sign", "="),
    "$": Letter("a dollar sign", "leave it out"),
    "\\": Letter("a backslash", "leave it out, or let it be the last letter of the line"),
}
"""Letters that mean something elsewhere: what they are, and what to write."""

REASONS = (
    ("expected 'else' after", "an `if` inside an expression needs an `else`", "write `a if condition else b`"),
    ("assign to function call", "what a call gives cannot be assigned", "a function is written `def f(x): return …`"),
    ("here. Maybe you meant '=='", "only a name, an element or an attribute can be assigned", "to compare write `==`"),
    ("cannot assign to", "only a name, an element or an attribute can be assigned", "write `name = value`"),
    ("cannot delete", "only a name can be deleted", "write `del name`"),
    ("illegal expression for augmented", "only a name, an element or an attribute can be assigned", None),
    ("annotat", "a type hint stands behind one name", "write `name: float = value`"),
    ("positional argument follows", "the arguments with a name come last", "write `f(value, name=value)`"),
    ("default", "a parameter without a default value comes before those with one", "give it one, or move it"),
    ("keyword argument repeated", "an argument is given twice", "take one of the two away"),
    ("parenthesized", "this needs brackets around it", "write `(…)`"),
    ("leading zeros", "a whole number does not begin with 0", "take the zeros away"),
    ("(decimal|hexadecimal|octal|binary) literal|invalid digit", "this number cannot be read", None),
    (
        "unicode error|unicodeescape",
        "a backslash in this text begins something incomplete",
        "write the backslash twice",
    ),
    ("bytes", "bytes are not part of the playground's language", "write a text without the `b` in front"),
    ("expected 'except' or 'finally'", "`try` is not part of the playground's language", "use `if` to ask beforehand"),
    (r"named arguments must follow bare \*|bare \*", "after `*` a parameter is missing", None),
    ("line continuation", "after a backslash the line must end", "take away what follows it"),
    (r"expected '\('", "the name of a function is followed by its parameters", "write `def name(…):`"),
)
"""What Python's reason contains, and what we say and advise instead."""

JOINERS = frozenset(
    {"*", "/", "//", "%", "**", "@", "=", "==", "!=", "<", ">", "<=", ">=", "+", "-", "+=", "-=", "*=", "/=", "**="}
    | {"and", "or", "not", "in", "is", ".", ","}
)
OPENERS = JOINERS - {"+", "-", "not"}

ITEMS: Mapping[str, Callable[[Word], bool]] = {
    "NAME": lambda word: word.kind == "name" and not iskeyword(word.text),
    "NUMBER": lambda word: word.kind == "number",
    "FACTOR": lambda word: word.kind == "number" and word.text != "0",
    "STRING": lambda word: word.kind == "string",
    "VALUE": lambda word: word.is_value,
    "KEYWORD": lambda word: iskeyword(word.text),
    "JOINER": lambda word: word.text in JOINERS,
    "OPENER": lambda word: word.text in OPENERS,
}


def find(mistake: Mistake, line: list[Word]) -> list[Word] | None:
    """The words of a line that make the mistake, if it makes it."""
    items = mistake.pattern.split()
    if items[0] == "START":
        starts = [0]
        items = items[1:]
    else:
        starts = list(range(len(line)))
    at_end = items[-1] == "END"
    items = items[:-1] if at_end else items
    for start in starts:
        found = line[start : start + len(items)]
        if len(found) == len(items) and all(_fits(items, found)) and (not at_end or start + len(items) == len(line)):
            return found
    return None


def _fits(items: list[str], found: list[Word]) -> Iterator[bool]:
    before: Word | None = None
    for item, word in zip(items, found, strict=True):
        name = item.removeprefix("~")
        yield ITEMS[name](word) if name in ITEMS else word.text == name
        yield not item.startswith("~") or (before is not None and before.end == word.start)
        before = word

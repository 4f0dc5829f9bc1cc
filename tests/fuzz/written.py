"""Programs that nobody wrote: right ones made by the grammar, tokens in any order, others changed, and plain noise."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

from engine.examples import PROGRAMS
from engine.export import FORMATS
from tests.language.attacks import ATTACKS
from tests.language.hostile import words
from tests.language.programs import MISTAKES, Writer

CORPUS = Path(__file__).with_name("kept.json")
SHORT = 2_000  # letters: of the table's programs, those that are not large on purpose, nor slow
SLOW = {"big-int", "endless", "without-end", "slow-call", "sequence-bomb", "shared-structure", "deep-runtime",
        "too-large", "nested-calls", "hash-collision"}  # fmt: skip
VERBS = (*["graph"] * 12, "check", "page", "steps", "export")

WORDS = words("""
    False None True and assert async await break class continue def del elif else except finally for from global if
    import in is lambda nonlocal not or pass raise return try while with yield match case type print range len sum max
    min sorted list dict set tuple zip map filter enumerate isinstance str int float bool round abs reversed any all
    Value grad MLP Neuron Layer SGD Adam mse softmax math random torch micrograd engine tanh exp log relu sqrt backward
    zero_grad data label append pop items keys update parameters step super self __init__ __add__ __repr__ __class__
    __iter__ __getitem__ __len__ __call__ __eq__ a b c x y n f g A B xs d net
""")
MARKS = words(
    "( ) [ ] { } , : . ; = == != < <= > >= + - * / // % ** @ & | ^ ~ << >> -> := += -= *= /= **= %= //= @= \\ # ` ! $ ?"
)
LITERALS = words(
    "0 1 2 -1 0.5 1e308 1e-308 10**9 2**4095 0x1f 0b1 0o7 1_000 1j 9" + "9" * 40 + " '' 'a' \"b\" '''c''' f'{a}' "
    "f'{a:.3f}' f'{a!r}' r'\\d' b'x' '\\ud800' '\\x00' \u00e9 \u03c0 \U0001f600 \u202e ..."
)
TOKENS = (*WORDS, *MARKS, *LITERALS, *["\n"] * 12, *["\n    "] * 8, *["\n        "] * 3, *[" "] * 6)
LETTERS = (
    "".join(map(chr, range(32, 127))) + "\n\t\r\x00\x0c\x1b\u00e9\u00df\u2028\ufeff\u202e\uff43\ud800\U0001f600"
) * 2


KEPT: tuple[str, ...] = tuple(json.loads(CORPUS.read_text("utf-8")))
"""The programs that are kept: each leads somewhere in the language where no other does."""
BASES = (
    *(one.source for one in PROGRAMS),
    *(one.text for one in ATTACKS if len(one.text) < SHORT and one.family not in SLOW),
    *KEPT,
)


def grammatical(chance: Random) -> str:
    """A program of the grammar, and now and then one with a mistake."""
    return Writer(chance).program(chance.randint(1, 5), mistake=chance.random() < 0.25)


def soup(chance: Random) -> str:
    """Tokens in any order."""
    return "".join(chance.choice(TOKENS) + chance.choice(("", " ")) for _ in range(chance.randint(1, 60)))


def mutated(chance: Random) -> str:
    """A program of ours, changed at a few places."""
    text = chance.choice(BASES)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        text = chance.choice(MUTATIONS)(chance, text)
    return text


def noise(chance: Random) -> str:
    """Letters, or bytes taken for letters."""
    if chance.random() < 0.5:
        return "".join(chance.choices(LETTERS, k=chance.randint(0, 200)))
    return chance.randbytes(chance.randint(0, 200)).decode(chance.choice(("latin-1", "utf-8")), "replace")


def place(chance: Random, text: str) -> int:
    return chance.randint(0, len(text))


def inserted(chance: Random, text: str) -> str:
    at = place(chance, text)
    return text[:at] + chance.choice(TOKENS) + text[at:]


def dropped(chance: Random, text: str) -> str:
    at = place(chance, text)
    return text[:at] + text[at + chance.randint(1, 8) :]


def replaced(chance: Random, text: str) -> str:
    """A word, a number or a mark in place of another."""
    at = place(chance, text)
    end = at
    while end < len(text) and (text[end].isalnum() or text[end] in "_."):
        end += 1
    return text[:at] + chance.choice(TOKENS) + text[max(end, at + 1) :]


def line_repeated(chance: Random, text: str) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join(lines[:at] + lines[at : at + 1] * chance.randint(0, 3) + lines[at + 1 :])


def lines_swapped(chance: Random, text: str) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def indented(chance: Random, text: str) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(("    ", "\t", " ")) + lines[at] if chance.random() < 0.5 else lines[at].lstrip()
    return "\n".join(lines)


def spliced(chance: Random, text: str) -> str:
    other = chance.choice(BASES)
    return text[: place(chance, text)] + other[place(chance, other) :]


def multiplied(chance: Random, text: str) -> str:
    at, size = place(chance, text), chance.randint(1, 12)
    return text[:at] + text[at : at + size] * chance.choice((2, 10, 300)) + text[at + size :]


def mistaken(chance: Random, text: str) -> str:
    return f"{text}\n{chance.choice(MISTAKES)}\n"


MUTATIONS = (
    inserted, dropped, replaced, replaced, line_repeated, lines_swapped, indented, spliced, multiplied, mistaken,
)  # fmt: skip
KINDS: dict[str, Callable[[Random], str]] = {
    "grammar": grammatical,
    "tokens": soup,
    "mutated": mutated,
    "noise": noise,
}
SHARES = ("grammar", "mutated", "tokens", "tokens", "mutated", "tokens", "tokens", "noise")
"""What comes by turns: the kinds as often as they are worth their time."""


def request(seed: int) -> tuple[str, dict[str, object]]:
    """The kind and the fields of the request with that number: the same for ever."""
    chance = Random(seed)
    kind = SHARES[seed % len(SHARES)]
    asked: dict[str, object] = {"verb": chance.choice(VERBS), "source": KINDS[kind](chance)}
    if asked["verb"] == "export":
        asked["format"] = chance.choice(list(FORMATS))
    if chance.random() < 0.1:
        asked["inputs"] = {chance.choice("abcx"): chance.choice((0, -1.5, 1e308, 2**53))}
    if chance.random() < 0.1:
        asked["output"] = chance.choice(("a", "b", "y", "nowhere"))
    return kind, asked


def body(asked: dict[str, object]) -> bytes:
    """A request as it travels; what no JSON in UTF-8 can hold is replaced, as a client would."""
    return json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace")

"""Changes that mend a program: certain ones only, each at its place, and the program is right afterwards."""

import pytest

from engine.language.errors import Diagnostic, ProgramError
from engine.language.fixes import Swap, change
from engine.language.grammar.checked import check
from engine.language.grammar.mistakes import LETTERS, MISTAKES
from engine.language.limits import Limits
from engine.language.names import vocabulary
from tests.each import each
from tests.language.test_hints import EXAMPLES

NAMES = vocabulary()


def findings(text: str) -> tuple[Diagnostic, ...]:
    try:
        check(text, Limits(), NAMES)
    except ProgramError as error:
        return error.diagnostics
    return ()


def mended(text: str) -> str:
    """The program after the change of its first finding; as it is where there is none."""
    fix = next((one.fix for one in findings(text) if one.fix), None)
    return text if fix is None else text[: fix.span[0]] + fix.text + text[fix.span[1] :]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        pytest.param("x = 2.0\ny = tahn(x)", "x = 2.0\ny = tanh(x)", id="name"),
        pytest.param("x = 2.0\ny = x.grda", "x = 2.0\ny = x.grad", id="attribute"),
        pytest.param("import math\ny = math.tahn(2.0)", "import math\ny = math.tanh(2.0)", id="module"),
        pytest.param("from math import sqtr", "from math import sqrt", id="import"),
        pytest.param("x = 2.0\ny = x^2", "x = 2.0\ny = x**2", id="power"),
        pytest.param("x = 2.0\ny = x>1&True", "x = 2.0\ny = x>1 and True", id="and"),
        pytest.param("x = 2.0\ny = x&&x", "x = 2.0\ny = x and x", id="blanks"),
        pytest.param("x = 2.0\ny = 2x", "x = 2.0\ny = 2*x", id="product"),
        pytest.param("x = 2.0\nif x > 1:  # 😀\n    y = x²", "x = 2.0\nif x > 1:  # 😀\n    y = x**2", id="wide"),
        pytest.param("x = 2.0\nif x > 1\n    y = x", "x = 2.0\nif x > 1:\n    y = x", id="colon"),
        pytest.param("x = 2.0\nif x = 2:\n    y = x", "x = 2.0\nif x == 2:\n    y = x", id="comparison"),
        pytest.param("x = 2.0\ny = (x]", "x = 2.0\ny = (x)", id="bracket"),
        pytest.param("x = 2.0\u200b", "x = 2.0", id="invisible"),
        pytest.param("L = (\nk*2)", "k = 1.0\nL = (\nk*2)", id="nothing is alike"),
    ],
)
def test_a_certain_mistake_is_mended(wrong: str, right: str) -> None:
    assert mended(wrong) == right
    assert findings(right) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a = 2.0\nb = 3.0\ny = ab**2", id="a product binds otherwise than a name"),
        pytest.param("x = 2.0\ny = !x", id="more than a word is missing"),
        pytest.param("x = 2.0\ny = √x", id="its operand is not known"),
    ],
)
def test_an_uncertain_one_is_not(text: str) -> None:
    assert findings(text)
    assert mended(text) == text


@each("mistake", [one for one in MISTAKES if one.instead])
def test_a_slip_is_not_found_again(mistake: object) -> None:
    text = f"a = b = 2.0\n{EXAMPLES[mistake.pattern]}"  # type: ignore[attr-defined]
    after = findings(mended(text))
    assert mended(text) != text
    assert mistake.message not in [one.message for one in after]  # type: ignore[attr-defined]


@each("letter", [letter for letter, one in LETTERS.items() if one.text])
def test_a_lookalike_is_replaced(letter: str) -> None:
    assert mended(f"y = 2 {letter} 3") == f"y = 2 {LETTERS[letter].text} 3"


def test_an_editor_gets_the_place_as_it_counts() -> None:
    fix = findings("s = '😀'; y = 2 × 3")[0].fix
    assert fix is not None
    assert fix.describe() == {
        "span": [15, 16],
        "range": {"start": {"line": 0, "character": 16}, "end": {"line": 0, "character": 17}},
        "text": "*",
    }


def test_of_several_places_that_read_so_none_is_chosen() -> None:
    assert change("a^b^(c)", (0, 7), Swap("^", "**")) is None
    assert change("a^(c)", (0, 5), Swap("^", "**")) == ((1, 2), "**")
    assert change("x.x", (0, 3), Swap("x", "y")) == ((2, 3), "y")

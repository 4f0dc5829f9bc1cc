"""What is said is true, complete in every language, and well formed."""

import re
from xml.etree import ElementTree as ET

import pytest

from engine.explain import LANGUAGES, entry_sentence, ledger, lines, mathml, rule_of, sentence, steps, words
from engine.explain.figures import number
from engine.explain.lines import latex
from engine.explain.names import latex_name
from engine.explain.notation import LATEX, Written, write
from engine.explain.sentences import empty_sentence
from engine.explain.templates import PLACE, fill
from engine.explain.tree import tree
from engine.export.steps import graph_of_view
from engine.ops import OPS
from engine.origin import Scope
from tests.each import each
from tests.engine.explain.told import HOSTILE, PROGRAMS, evaluated

EACH = each("name", PROGRAMS)
NUMBER = r"-?(?:\d+(?:\.\d+)?(?:e-?\d+)?|Infinity)|NaN"
DEPOSIT = re.compile(rf"\+= (?P<rule>.*?) = (?P<up>{NUMBER}) · (?P<local>{NUMBER}) = (?P<amount>{NUMBER})(?=\.(?: |$))")
ALREADY = {
    "en": re.compile(rf"already had ({NUMBER}); with this deposit of ({NUMBER}) it has ({NUMBER})\."),
    "de": re.compile(rf"hatte schon ({NUMBER}); mit dieser Einzahlung von ({NUMBER}) sind es ({NUMBER})\."),
}
SEED = "seed"


def told(name: str, language: str = "en") -> list[str]:
    graph = graph_of_view(evaluated(name).view, PROGRAMS[name])
    return [sentence(graph, step, words(language)) for step in steps(graph)]


def close(text: str, value: float, scale: float = 0.0) -> bool:
    """Whether a number was rounded to six digits from something near the value, itself made of rounded ones."""
    found = float(text)
    return repr(found) == repr(value) or abs(found - value) <= 2e-5 * max(abs(found), abs(value), scale)


@pytest.mark.parametrize("language", LANGUAGES)
@EACH
def test_every_product_and_sum_that_is_said_is_right(name: str, language: str) -> None:
    graph = graph_of_view(evaluated(name).view, PROGRAMS[name])
    deposits = sum(one.amount is not None and one.local is not None for step in steps(graph) for one in step.deposits)
    said = told(name, language)
    products = [found for text in said for found in DEPOSIT.finditer(text)]
    assert len(products) == deposits
    for found in products:
        assert close(found["amount"], float(found["up"]) * float(found["local"])), found[0]
    for text in said:
        for before, amount, after in ALREADY[language].findall(text):
            assert close(after, float(before) + float(amount), max(abs(float(before)), abs(float(amount))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_expression_is_told_to_the_letter(language: str) -> None:
    steps_back = [re.findall(r"dL/d\S* \+=.*?(?=\. |\.$)", text) for text in told(SEED, language)[4:]]
    assert steps_back[2] == ["dL/da += dL/d(a*b) · b = -2 · -3 = 6", "dL/db += dL/d(a*b) · a = -2 · 2 = -4"]


def test_a_labelled_product_reads_as_in_a_lecture() -> None:
    graph = graph_of_view(evaluated("lecture").view, PROGRAMS["lecture"])
    written = [line.text for step in steps(graph) for line in lines(graph, step)]
    assert written[0] == "d = a · b = 2 · -3 = -6"
    assert "dL/da += dL/dd · b = -2 · -3 = 6" in written


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_templates_and_places(language: str) -> None:
    english, other = words("en"), words(language)
    assert list(other) == list(english)
    for key, template in other.items():
        assert set(PLACE.findall(template)) == set(PLACE.findall(english[key])), key
        assert template == template.strip()


def test_every_template_is_used_and_every_place_filled() -> None:
    marked = {
        key: f"<<{key}>>" + "".join(f"{{{place}}}" for place in PLACE.findall(text))
        for key, text in words("en").items()
    }
    said = []
    for name in PROGRAMS:
        graph = graph_of_view(evaluated(name).view, PROGRAMS[name])
        said += [sentence(graph, step, marked) for step in steps(graph)]
        for node, entries in ledger(graph, "micrograd", 2).items():
            said += [entry_sentence(graph, node, entry, marked) for entry in entries]
            said += [] if entries else [empty_sentence(graph, node, marked)]
    found = set(re.findall(r"<<(\w+)>>", " ".join(said)))
    kinds = {f"scope_{kind}" for kind in ("call", "neuron", "layer", "net", "turn")}
    assert found | kinds == set(marked)
    assert kinds <= set(marked)
    assert Scope._fields[0] == "kind"


def test_facts_are_not_looked_at_again() -> None:
    assert fill("{a} {b}", a="{b}", b="<script>") == "{b} <script>"


def test_a_hostile_label_is_text_and_seen() -> None:
    said = " ".join(told("hostile"))
    assert "\u202e" not in said
    assert "</script><b>" in said
    assert "__proto__" in said
    assert "constructor" in said
    assert max(map(len, told("hostile"))) < 1_500
    assert (
        latex_name(HOSTILE)
        == r"\text{</script><b>"
        + HOSTILE[12]
        + r"\{line\}\&\$\_\#\textasciicircum{}\textasciitilde{}\%\textbackslash{}}"
    )


@pytest.mark.parametrize(
    ("formula", "pieces"),
    [
        (
            r"a \mathrel{+}= -2 \cdot -\infty",
            "<mi>a</mi><mo>+=</mo><mrow><mo>-</mo><mn>2</mn></mrow><mo>·</mo><mrow><mo>-</mo><mi>∞</mi></mrow>",
        ),
        (r"(a) - 2", "<mo>(</mo><mi>a</mi><mo>)</mo><mo>-</mo><mn>2</mn>"),
        (r"x - 2", "<mi>x</mi><mo>-</mo><mn>2</mn>"),
        (r"\cos \mathrm{angle}", "<mi>cos</mi><mtext>\u2009</mtext><mi>angle</mi>"),
        (r"\cos(2)", "<mi>cos</mi><mo>(</mo><mn>2</mn><mo>)</mo>"),
    ],
)
def test_signs_operators_and_names_are_told_apart(formula: str, pieces: str) -> None:
    assert f"<mrow>{pieces}</mrow>" in mathml(formula)


@EACH
def test_latex_is_balanced_and_mathml_is_xml(name: str) -> None:
    graph = graph_of_view(evaluated(name).view, PROGRAMS[name])
    for step in steps(graph):
        formula = latex(lines(graph, step))
        balanced(formula)
        root = ET.fromstring(mathml(formula))  # noqa: S314  # our own text
        assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
        assert (
            not any("\\" in (part.text or "") for part in root.iter() if part.tag.endswith(("mi", "mo", "mn")))
            or name == "hostile"
        )
        for part in root.iter():
            if part.tag.endswith(("mfrac", "msup", "msub")):
                assert len(part) == 2


@each("op", OPS.values())
def test_every_rule_has_its_text_its_latex_and_its_mathml(op: object) -> None:
    record = next(one for one in OPS.values() if one is op)
    assert len(rule_of(record)) == 1 + len(record.params)
    names = {param: Written(param) for param in record.params}
    for text in (record.formula, *record.derivatives):
        formula = write(tree(text), names, LATEX).text
        balanced(formula)
        ET.fromstring(mathml(formula))  # noqa: S314  # our own text


def balanced(formula: str) -> None:
    r"""Braces, \left and \right, \begin and \end come in pairs, and nothing is raised twice."""
    bare = re.sub(r"\\[\\{}$&_#%]", "", formula)
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0, formula
    assert depth == 0, formula
    assert formula.count(r"\left") == formula.count(r"\right")
    assert re.findall(r"\\begin\{(\w+)\}", formula) == re.findall(r"\\end\{(\w+)\}", formula) or "cases" in formula
    assert not re.search(r"\^\s*(?:\w|\{[^{}]*\})\s*\^", bare), formula


@each(
    ("text", "formula"),
    [
        ("a", "a"),
        ("w1", "w_{1}"),
        ("loss", r"\mathrm{loss}"),
        ("c#2", "{c^{(2)}}"),
        ("a*b + c", r"a \cdot b + c"),
        ("x**2", "x ^ 2"),
        ("x**10", "x ^ {10}"),
        ("a**b**c", r"\text{a**b**c}"),
        ("a**-1", r"\text{a**-1}"),
        ("a//b", r"\text{a//b}"),
        ("été", r"\text{été}"),
        ("  ", r"\text{  }"),
    ],
)
def test_names_as_formulas(text: str, formula: str) -> None:
    assert latex_name(text) == formula


def test_numbers_in_formulas_have_powers_of_ten() -> None:
    assert write(-1.5e-7, {}, LATEX).text == r"-1.5 \cdot 10^{-7}"
    assert number(-1.5e-7) == "-1.5e-7"


@each("name", PROGRAMS)
def test_a_name_means_one_node(name: str) -> None:
    graph = graph_of_view(evaluated(name).view, PROGRAMS[name])
    names = [node.name.plain for node in graph.nodes.values() if node.kind != "constant"]
    assert len(set(names)) == len(names)

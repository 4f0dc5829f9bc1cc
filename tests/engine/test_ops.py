"""The rulebook, derived from its own records and held against PyTorch, finite differences and its own texts."""

import builtins
import itertools
import math
from decimal import Decimal, localcontext

import pytest

from engine import Value
from engine.op import Condition, Op
from engine.ops import OPS, activation, arithmetic, exponential, piecewise, trigonometric
from tests.each import each
from tests.engine import oracle

Point = tuple[float, ...]

MODULES = (arithmetic, exponential, trigonometric, piecewise, activation)
LANGUAGE = """
    pos neg add sub mul div floordiv mod pow
    exp expm1 log log1p log2 log10 sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh
    sigmoid relu leaky_relu elu gelu silu softplus erf abs sign step floor max min atan2 hypot
"""
EDGES = (0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan, 1e308, -1e308, 1e-320, 40.0, -40.0)
GRID = (-1e308, -3.0, -2.5, -1.0, -0.5, -0.0, 0.0, 1e-320, 0.5, 1.0, 2.0, 2.5, 3.0, 1e308)
SAMPLES = [(op, point) for op in OPS.values() for point in op.samples]
KINKS = [(op, point) for op in OPS.values() if op.kink for point in op.kink.points]
CONDITIONS = [(op, op.domain) for op in OPS.values() if op.domain]
CONDITIONS += [(op, op.kink.where) for op in OPS.values() if op.kink]
UNARY = [op for op in OPS.values() if len(op.params) == 1]
VOCABULARY = {"__builtins__": {}, **OPS, "pi": math.pi, "e": math.e}  # what a record's texts may use

every = each("op", OPS.values())
at_samples = each(("op", "point"), SAMPLES)
at_samples_and_kinks = each(("op", "point"), SAMPLES + KINKS)


def points(op: Op, numbers: tuple[float, ...]) -> list[Point]:
    return list(itertools.product(numbers, repeat=len(op.params)))


def slopes(op: Op, point: Point) -> list[float]:
    return [slope(*point, op.forward(*point)) for slope in op.slopes]


def number(x: object) -> float:
    return x.data if isinstance(x, Value) else float(x)  # type: ignore[arg-type]


def read(op: Op, text: str, point: Point) -> object:
    """What a text of the record says at a point: in Values, whose arithmetic never raises."""
    return eval(text, VOCABULARY, dict(zip(op.params, map(Value, point), strict=True)))  # noqa: S307  # our own text


def close(x: object, within: float = 1e-13) -> object:
    return pytest.approx(x, rel=within, abs=within * 1e-3, nan_ok=True)


def test_every_operation_of_the_language_is_there() -> None:
    assert set(OPS) >= set(LANGUAGE.split())


@each("module", MODULES)
def test_a_record_goes_by_its_name_and_shadows_no_builtin(module: object) -> None:
    for variable, record in vars(module).items():
        if isinstance(record, Op):
            assert variable == record.name + "_" * hasattr(builtins, record.name)
            assert OPS[record.name] is record


@at_samples_and_kinks
def test_value_and_slopes_are_those_of_torch(op: Op, point: Point) -> None:
    assert op.forward(*point) == close(oracle.value(op, point))
    assert slopes(op, point) == close(oracle.slopes(op, point))


@every
def test_values_at_the_edge_are_those_of_torch(op: Op) -> None:
    ours = {str(point): op.forward(*point) for point in points(op, EDGES)}
    assert ours == {str(point): close(oracle.value(op, point)) for point in points(op, EDGES)}


@every
def test_slopes_at_the_edge_are_those_of_torch(op: Op) -> None:
    ours = {str(point): slopes(op, point) for point in points(op, EDGES)}
    assert ours == {str(point): close(oracle.slopes(op, point)) for point in points(op, EDGES)}


@at_samples
def test_slopes_are_what_moving_the_operand_shows(op: Op, point: Point) -> None:
    for i, slope in enumerate(slopes(op, point)):
        low, high = (op.forward(*point[:i], point[i] + step, *point[i + 1 :]) for step in (-1e-5, 1e-5))
        assert (high - low) / 2e-5 == pytest.approx(slope, rel=1e-7, abs=1e-8)


@at_samples
def test_slopes_of_values_are_those_of_floats(op: Op, point: Point) -> None:
    values = [Value(x) for x in point]
    found = [number(slope(*values, op(*values))) for slope in op.slopes]
    assert found == close(slopes(op, point))


@at_samples
def test_second_derivatives_are_those_of_torch(op: Op, point: Point) -> None:
    for i, expected in enumerate(oracle.second(op, point)):
        values = [Value(x) for x in point]
        first = op.slopes[i](*values, op(*values))
        if isinstance(first, Value):  # a plain number does not depend on anything
            first.backward()
        assert [value.grad for value in values] == close(expected, 1e-12)


@at_samples_and_kinks
def test_the_formula_says_the_value(op: Op, point: Point) -> None:
    assert number(read(op, op.formula, point)) == close(op.forward(*point))


@at_samples_and_kinks
def test_the_derivative_texts_say_the_slopes(op: Op, point: Point) -> None:
    assert [number(read(op, text, point)) for text in op.derivatives] == close(slopes(op, point))


@every
def test_a_formula_of_other_operations_has_no_spelling_and_a_primitive_has(op: Op) -> None:
    itself = f"{op.name}({', '.join(op.params)})"
    infix = any(op.formula == form for form in (f"{op.symbol}x", f"x {op.symbol} y"))
    assert bool(op.spellings) == (infix or op.formula == itself)


@each(("op", "condition"), CONDITIONS)
def test_a_condition_says_what_it_tests(op: Op, condition: Condition) -> None:
    grid = points(op, EDGES + GRID)
    said = {str(point): read(op, condition.text, point) for point in grid}
    assert said == {str(point): condition.holds(*point) for point in grid}


@every
def test_there_is_a_number_inside_the_domain_and_none_outside(op: Op) -> None:
    for point in points(op, GRID):
        result = op.forward(*point)
        assert not math.isnan(result) if op.defined(*point) else not math.isfinite(result), point


@every
def test_nan_lies_in_no_domains_way(op: Op) -> None:
    assert op.defined(*(math.nan for _ in op.params))


@at_samples
def test_plain_numbers_give_the_same_number(op: Op, point: Point) -> None:
    plain = op.plain or op.forward
    assert plain(*point) == close(op.forward(*point))


@at_samples
def test_a_call_takes_numbers_and_values(op: Op, point: Point) -> None:
    node = op(*map(Value, point))
    assert isinstance(node, Value)
    assert node.op is op
    assert op(*point) == node.data == op.forward(*point)


@each("op", UNARY)
def test_an_operation_of_one_operand_is_a_method_of_values(op: Op) -> None:
    x = Value(op.samples[0][0])
    node = getattr(x, op.name)()
    assert (node.op, node.a, node.data) == (op, x, op.forward(x.data))


@pytest.mark.parametrize("x", [20.5, 40.0, 300.0, 700.0])
@pytest.mark.parametrize("sign", [-1, 1])
def test_saturating_operations_are_exact(x: float, sign: int) -> None:
    with localcontext(prec=700):
        power = Decimal(sign * x).exp()
        exact = {
            "sigmoid": power / (1 + power),
            "softplus": (1 + power).ln(),
            "tanh": (power * power - 1) / (power * power + 1),
        }
    assert {name: OPS[name].forward(sign * x) for name in exact} == {
        name: pytest.approx(float(z), rel=1e-14, abs=0.0) for name, z in exact.items()
    }


@pytest.mark.parametrize("x", [1e3, 1e154, 1e308])
def test_saturating_operations_reach_their_limits(x: float) -> None:
    limits = {"sigmoid": (0.0, 1.0), "softplus": (0.0, x), "tanh": (-1.0, 1.0), "gelu": (0.0, x)}
    ends = {"sigmoid": (0.0, 0.0), "softplus": (0.0, 1.0), "tanh": (0.0, 0.0), "gelu": (0.0, 1.0)}
    assert {name: tuple(OPS[name].forward(end) for end in (-x, x)) for name in limits} == limits
    assert {name: tuple(slopes(OPS[name], (end,))[0] for end in (-x, x)) for name in ends} == ends


@pytest.mark.parametrize("x", [-2.0, -10.0, -20.0, -37.0])
def test_the_far_side_of_gelu_is_not_rounded_away(x: float) -> None:
    (gelu,) = (op for op in OPS.values() if op.name == "gelu")
    share = 0.5 * math.erfc(-x / math.sqrt(2))
    bell = math.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    assert gelu.forward(x) == close(x * share, 1e-11)
    assert slopes(gelu, (x,)) == [pytest.approx(share + x * bell, rel=1e-11, abs=0.0)]

import math

from engine.hazards import Hazard, hazards, spoken
from engine.op import Op
from engine.ops import OPS
from engine.origin import Site
from engine.recording import record
from engine.value import Value, apply
from tests.each import each


def at(value: Value, line: int, serial: int) -> Value:
    value.origin = (Site((serial, serial + 1), line), None, serial)
    return value


def found(output: Value) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in hazards(record(output))]


POINTS = [(op, point) for op in OPS.values() for point in op.samples]
KINKS = [(op, point) for op in OPS.values() if op.kink for point in op.kink.points]


@each(("op", "point"), POINTS)
def test_a_sample_point_of_the_rulebook_is_no_hazard(op: Op, point: tuple[float, ...]) -> None:
    assert found(apply(op, *map(Value, point))) == []


@each(("op", "point"), KINKS)
def test_every_kink_point_of_the_rulebook_is_one(op: Op, point: tuple[float, ...]) -> None:
    ((code, message),) = found(apply(op, *map(Value, point)))
    assert code == "kink"
    assert " has no slope where " in message
    assert op.kink
    assert message.endswith(op.kink.convention)


def test_a_domain_is_named_with_the_operand_that_leaves_it() -> None:
    assert found(apply(OPS["log"], Value(-1.0))) == [("domain", "log needs x > 0, but x is -1.0")]
    assert found(Value(1.0) / Value(0.0)) == [("domain", "x / y needs y != 0, but y is 0.0")]


def test_a_kink_is_named_with_its_convention() -> None:
    assert found(apply(OPS["relu"], Value(0.0))) == [
        ("kink", "relu has no slope where x is 0.0; the slope at 0 is taken as 0")
    ]


def test_a_kink_matters_only_where_a_gradient_goes() -> None:
    by_rule = apply(OPS["max"], Value(0.0), 0.0)
    assert [code for code, _ in found(by_rule)] == ["kink"]
    by_rule.da = by_rule.db = None
    assert found(by_rule) == []


def test_constants_count_as_operands_of_a_domain() -> None:
    assert [code for code, _ in found(1.0 / (Value(1.0) * 0.0))] == ["domain"]
    assert [code for code, _ in found(Value(1.0) / 0.0)] == ["domain"]


def test_a_result_too_large_for_a_double_is_one() -> None:
    ((code, message),) = found(apply(OPS["exp"], Value(1000.0)))
    assert (code, message) == ("overflow", "exp is too large for a number: x is 1000.0")
    assert found(Value(1e200) * Value(1e200))[0][1] == "x * y is too large for a number: x is 1e+200 and y is 1e+200"


def test_an_undefined_slope_is_one_where_the_result_is_fine() -> None:
    ((code, message),) = found(Value(-2.0) ** Value(2.0))
    assert code == "slope"
    assert message == "the slope of x ** y for y is undefined: x is -2.0 and y is 2.0"
    assert found(Value(-2.0) ** 2) == []


def test_what_follows_from_a_hazard_is_none_of_its_own() -> None:
    bad = apply(OPS["log"], Value(-1.0))
    assert len(found(apply(OPS["sqrt"], bad * 2.0) + math.inf)) == 1


def test_one_line_warns_once_per_operation_and_counts() -> None:
    x = at(Value(-1.0), 1, 0)
    first = at(apply(OPS["log"], x), 2, 1)
    second = at(apply(OPS["log"], x), 2, 2)
    third = at(apply(OPS["log"], x), 2, 3)
    other = at(apply(OPS["sqrt"], x), 2, 4)
    later = at(apply(OPS["log"], x), 3, 5)
    total = first + second + third + other + later
    assert [(one.node, one.code, one.site and one.site.line) for one in hazards(record(total))] == [
        (1, "domain", 2),
        (6, "domain", 2),
        (8, "domain", 3),
    ]
    messages = [one.message for one in hazards(record(total))]
    assert messages[0] == "log needs x > 0, but x is -1.0 (and 2 times more on this line)"
    assert messages[2] == "log needs x > 0, but x is -1.0"
    pair = record(first + second)
    assert hazards(pair)[0].message.endswith("(and once more on this line)")
    assert isinstance(hazards(pair)[0], Hazard)


def test_an_operation_is_spoken_as_people_write_it() -> None:
    assert spoken(OPS["log"]) == "log"
    assert spoken(OPS["div"]) == "x / y"

"""Operations made of pieces: absolute value, extremes, steps."""

import math

from engine.op import SCRIPT, SHEET, Condition, Kink, Op, everywhere

AT_ZERO = Condition("x == 0", lambda x: x == 0)
EQUAL = Condition("x == y", lambda x, y: x == y)
TIE = "at a tie each operand gets half the slope"

abs_ = Op(
    name="abs",
    params=("x",),
    symbol="abs",
    forward=abs,
    plain=abs,
    slopes=(lambda x, z: 1.0 if x > 0 else -1.0 if x < 0 else 0.0,),
    formula="abs(x)",
    derivatives=("sign(x)",),
    latex=r"\left|{{{x}}}\right|",
    samples=((2.0,), (-3.0,)),
    kink=Kink(where=AT_ZERO, convention="the slope at 0 is taken as 0", points=((0.0,),)),
    spellings=everywhere("{lib}.abs({x})"),
)

sign = Op(
    name="sign",
    params=("x",),
    symbol="sign",
    forward=lambda x: 1.0 if x > 0 else -1.0 if x < 0 else 0.0,
    slopes=(lambda x, z: 0.0,),
    formula="sign(x)",
    derivatives=("0",),
    latex=r"\operatorname{{sign}} {x}",
    samples=((2.0,), (-3.0,)),
    kink=Kink(where=AT_ZERO, convention="the slope of a step is taken as 0", points=((0.0,),)),
    spellings=everywhere("{lib}.sign({x})") | {SCRIPT: "1 if {x} > 0 else -1 if {x} < 0 else 0"},  # no nan, no -0
)

step = Op(
    name="step",
    params=("x",),
    symbol="step",
    forward=lambda x: 1.0 if x > 0 else 0.0,
    slopes=(lambda x, z: 0.0,),
    formula="max(sign(x), 0)",
    derivatives=("0",),
    latex=r"\left[{{{x}}} > 0\right]",
    samples=((2.0,), (-3.0,)),
    kink=Kink(where=AT_ZERO, convention="the slope of a step is taken as 0", points=((0.0,),)),
)

floor = Op(
    name="floor",
    params=("x",),
    symbol="floor",
    forward=lambda x: x // 1.0 if math.isfinite(x) else x,
    plain=math.floor,
    slopes=(lambda x, z: 0.0,),
    formula="floor(x)",
    derivatives=("0",),
    latex=r"\left\lfloor {{{x}}} \right\rfloor",
    samples=((2.5,), (-2.5,)),
    kink=Kink(
        where=Condition("x % 1 == 0", lambda x: x % 1 == 0),
        convention="the slope of a step is taken as 0",
        points=((2.0,), (-1.0,), (0.0,)),
    ),
    spellings=everywhere("{lib}.floor({x})") | {SHEET: "sheet.int({x})"},
)

max_ = Op(
    name="max",
    params=("x", "y"),
    symbol="max",
    forward=lambda x, y: y if y > x or math.isnan(y) else x,
    plain=max,
    slopes=(
        lambda x, y, z: 0.5 if x == y else 0.0 if x < y else 1.0,
        lambda x, y, z: 0.5 if x == y else 0.0 if x > y else 1.0,
    ),
    formula="max(x, y)",
    derivatives=("1 / 2 if x == y else 0 if x < y else 1", "1 / 2 if x == y else 0 if x > y else 1"),
    latex=r"\max\left({{{x}}}, {{{y}}}\right)",
    samples=((2.0, -3.0), (0.25, 0.5)),
    kink=Kink(where=EQUAL, convention=TIE, points=((2.0, 2.0), (0.0, 0.0))),
    spellings=everywhere("{lib}.maximum({x}, {y})") | {SCRIPT: "maximum({x}, {y})", SHEET: "sheet.max({x}, {y})"},
)

min_ = Op(
    name="min",
    params=("x", "y"),
    symbol="min",
    forward=lambda x, y: y if y < x or math.isnan(y) else x,
    plain=min,
    slopes=(
        lambda x, y, z: 0.5 if x == y else 0.0 if x > y else 1.0,
        lambda x, y, z: 0.5 if x == y else 0.0 if x < y else 1.0,
    ),
    formula="min(x, y)",
    derivatives=("1 / 2 if x == y else 0 if x > y else 1", "1 / 2 if x == y else 0 if x < y else 1"),
    latex=r"\min\left({{{x}}}, {{{y}}}\right)",
    samples=((2.0, -3.0), (0.25, 0.5)),
    kink=Kink(where=EQUAL, convention=TIE, points=((2.0, 2.0), (0.0, 0.0))),
    spellings=everywhere("{lib}.minimum({x}, {y})") | {SCRIPT: "minimum({x}, {y})", SHEET: "sheet.min({x}, {y})"},
)

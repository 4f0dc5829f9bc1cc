"""Every name that a program finds, and every module it can import: the closed list, made once."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from engine import losses
from engine.language import conversions, library, ready_made
from engine.language.calls import builtin
from engine.language.grammar.vocabulary import Names
from engine.language.methods import BASE, FIELDS, METHODS
from engine.language.text import seen, show, text
from engine.language.values import Builtin, Namespace, OrderedSet, Thing
from engine.nn import MLP, Layer, Module, Neuron
from engine.ops import OPS
from engine.optim import SGD, Adam
from engine.value import Value

Call = Callable[..., Thing]


def named(functions: Mapping[str, Call], *, makes: frozenset[str] = frozenset()) -> dict[str, Builtin]:
    """Functions as those of the library; those in `makes` may make nodes."""
    return {name: builtin(function, name, makes=name in makes) for name, function in functions.items()}


def types(constructors: Mapping[str, tuple[type, Call]]) -> dict[str, Builtin]:
    """Functions that are types too; what they make of nets gets its place."""
    return {
        name: builtin(function, name, makes=issubclass(of, Module), types=(of,))
        for name, (of, function) in constructors.items()
    }


OPERATIONS: dict[str, Builtin] = {
    **{op.name: builtin(library.operation(op), op.name, makes=True) for op in OPS.values()},
    **{name: builtin(library.extreme(OPS[name], order), name, makes=True) for name, order in library.EXTREMES.items()},
}
MATHS: dict[str, Thing] = {"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan}
TYPES = types(
    {
        "bool": (bool, conversions.boolean),
        "int": (int, conversions.whole),
        "float": (float, conversions.real),
        "str": (str, lambda m, x="", /: text(m, seen(m, x))),
        "list": (list, conversions.listed),
        "tuple": (tuple, conversions.tupled),
        "dict": (dict, conversions.dictionary),
        "set": (OrderedSet, conversions.unique),
        "range": (range, library.counted),
        "Value": (Value, conversions.value),
        "Neuron": (Neuron, ready_made.neuron),
        "Layer": (Layer, ready_made.layer),
        "MLP": (MLP, ready_made.mlp),
        "SGD": (SGD, ready_made.sgd),
        "Adam": (Adam, ready_made.adam),
    }
)
MICROGRAD = types(
    {
        "Neuron": (Neuron, ready_made.micrograd_neuron),
        "Layer": (Layer, ready_made.micrograd_layer),
        "MLP": (MLP, ready_made.micrograd_mlp),
    }
) | {"Module": replace(builtin(library.abstract, "Module", types=(Module,)), base=BASE)}
FUNCTIONS = named(
    {
        "all": library.every,
        "any": library.some,
        "enumerate": library.numbered,
        "filter": library.filtered_stream,
        "isinstance": conversions.is_a,
        "len": library.length,
        "map": library.mapped,
        "print": library.prints,
        "repr": lambda m, x, /: show(m, seen(m, x)),
        "reversed": library.backwards,
        "round": conversions.rounded,
        "sorted": library.in_order,
        "sum": library.total,
        "type": lambda m, x, /: conversions.type_of(m, x, TYPES),
        "zip": library.zipped,
        "grad": library.derivative,
        "cosine": ready_made.cosine,
        "step_decay": ready_made.step_decay,
        "warmup": ready_made.warmup,
        "xor": ready_made.xor,
    },
    makes=frozenset({"sum", "grad"}),
)
LOSSES = named(
    {
        "mse": ready_made.paired(losses.mse),
        "hinge": ready_made.paired(losses.hinge),
        "cross_entropy": ready_made.cross_entropy,
        "softmax": ready_made.softmax,
    },
    makes=frozenset({"mse", "hinge", "cross_entropy", "softmax"}),
)
DATA = named({name: ready_made.scattered(points, noise) for name, (points, noise) in ready_made.SCATTERED.items()})
RANDOM = named(
    {
        "seed": ready_made.seed,
        "random": ready_made.fraction,
        "uniform": ready_made.uniform,
        "gauss": ready_made.gauss,
        "randint": ready_made.randint,
        "choice": ready_made.choice,
        "shuffle": ready_made.shuffle,
        "sample": ready_made.sample,
    }
)
MATH = Namespace("math", {**OPERATIONS, **MATHS})
NN = {**{name: TYPES[name] for name in ("Neuron", "Layer", "MLP")}, "Module": MICROGRAD["Module"]}
OPTIM = {name: (TYPES | FUNCTIONS)[name] for name in ("SGD", "Adam", "cosine", "step_decay", "warmup")}
MODULES: Mapping[str, Namespace] = {
    "math": MATH,
    "random": Namespace("random", RANDOM),
    "torch": Namespace("torch", {**OPERATIONS, **MATHS, "tensor": builtin(conversions.tensor, "tensor")}),
    "micrograd": Namespace(
        "micrograd",
        {
            "engine": Namespace("micrograd.engine", {"Value": TYPES["Value"]}),
            "nn": Namespace("micrograd.nn", MICROGRAD),
        },
    ),
    "engine": Namespace(
        "engine",
        {
            "Value": TYPES["Value"],
            "grad": FUNCTIONS["grad"],
            "nn": Namespace("engine.nn", {**NN, **LOSSES}),
            "losses": Namespace("engine.losses", LOSSES),
            "optim": Namespace("engine.optim", OPTIM),
            "data": Namespace("engine.data", {**DATA, "xor": FUNCTIONS["xor"]}),
        },
    ),
}
NAMES: Mapping[str, Thing] = {
    **OPERATIONS,
    **FUNCTIONS,
    **LOSSES,
    **DATA,
    **TYPES,
    "pi": math.pi,
    "e": math.e,
    "math": MATH,
    "random": MODULES["random"],
}


def module(path: str) -> Namespace | None:
    """The module of that dotted name."""
    first, *rest = path.split(".")
    found: Thing = MODULES.get(first)
    for part in rest:
        found = found.names.get(part) if isinstance(found, Namespace) else None
    return found if isinstance(found, Namespace) else None


def paths(prefix: str = "", modules: Mapping[str, Thing] = MODULES) -> dict[str, frozenset[str]]:
    """Every module by its dotted name, with the names it offers."""
    found: dict[str, frozenset[str]] = {}
    for name, inside in modules.items():
        if isinstance(inside, Namespace):
            found[prefix + name] = frozenset(inside.names)
            found |= paths(f"{prefix}{name}.", inside.names)
    return found


ATTRIBUTES = frozenset().union(*METHODS.values(), *FIELDS.values())
ASSIGNABLE = frozenset({"data", "grad", "label", "lr"})


def vocabulary() -> Names:
    """The names as the grammar asks for them."""
    return Names(builtins=frozenset(NAMES), methods=ATTRIBUTES, assignable=ASSIGNABLE, modules=paths())

"""Every name that a program finds, and every module it can import: the closed list, made once."""

import math
from collections.abc import Mapping

from engine.language import library, ready_made
from engine.language.calls import builtin
from engine.language.methods import FIELDS, METHODS
from engine.language.text import show, text
from engine.language.values import Builtin, Namespace, OrderedSet, Thing
from engine.language.vocabulary import Names
from engine.nn import MLP, Layer, Module, Neuron
from engine.ops import OPS
from engine.optim import SGD, Adam
from engine.value import Value

OPERATIONS: dict[str, Builtin] = {
    **{op.name: builtin(library.operation(op), op.name, makes=True) for op in OPS.values()},
    **{name: builtin(library.extreme(OPS[name], order), name, makes=True) for name, order in library.EXTREMES.items()},
}
MATHS: dict[str, Thing] = {"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan}

TYPES = {
    "bool": builtin(library.boolean, "bool", types=(bool,)),
    "int": builtin(library.whole, "int", types=(int,)),
    "float": builtin(library.real, "float", types=(float,)),
    "str": builtin(lambda m, x="", /: text(m, x), "str", types=(str,)),
    "list": builtin(library.listed, "list", types=(list,)),
    "tuple": builtin(library.tupled, "tuple", types=(tuple,)),
    "dict": builtin(library.dictionary, "dict", types=(dict,)),
    "set": builtin(library.unique, "set", types=(OrderedSet,)),
    "range": builtin(library.counted, "range", types=(range,)),
    "Value": builtin(library.value, "Value", types=(Value,)),
    "Neuron": builtin(ready_made.neuron, "Neuron", makes=True, types=(Neuron,)),
    "Layer": builtin(ready_made.layer, "Layer", makes=True, types=(Layer,)),
    "MLP": builtin(ready_made.mlp, "MLP", makes=True, types=(MLP,)),
    "SGD": builtin(ready_made.sgd, "SGD", types=(SGD,)),
    "Adam": builtin(ready_made.adam, "Adam", types=(Adam,)),
}
FUNCTIONS = {
    name: builtin(function, name, makes=name in {"sum", "grad"})
    for name, function in {
        "all": library.every,
        "any": library.some,
        "enumerate": library.numbered,
        "filter": library.filtered_stream,
        "isinstance": library.is_a,
        "len": library.length,
        "map": library.mapped,
        "print": library.prints,
        "repr": lambda m, x, /: show(m, x),
        "reversed": library.backwards,
        "round": library.rounded,
        "sorted": library.in_order,
        "sum": library.total,
        "type": lambda m, x, /: library.type_of(m, x, TYPES),
        "zip": library.zipped,
        "grad": library.derivative,
        "cosine": ready_made.cosine,
        "step_decay": ready_made.step_decay,
        "warmup": ready_made.warmup,
        "xor": ready_made.xor,
    }.items()
}
LOSSES = {
    name: builtin(function, name, makes=True)
    for name, function in {
        "mse": ready_made.pairwise(ready_made.losses.mse),
        "hinge": ready_made.pairwise(ready_made.losses.hinge),
        "cross_entropy": ready_made.cross_entropy,
        "softmax": ready_made.softmax,
    }.items()
}
DATA = {
    name: builtin(ready_made.scattered(points, noise), name) for name, (points, noise) in ready_made.SCATTERED.items()
}
RANDOM = {
    name: builtin(function, name)
    for name, function in {
        "seed": ready_made.seed,
        "random": ready_made.fraction,
        "uniform": ready_made.uniform,
        "gauss": ready_made.gauss,
        "randint": ready_made.randint,
        "choice": ready_made.choice,
        "shuffle": ready_made.shuffle,
        "sample": ready_made.sample,
    }.items()
}
MICROGRAD = {
    "Neuron": builtin(ready_made.micrograd_neuron, "Neuron", makes=True, types=(Neuron,)),
    "Layer": builtin(ready_made.micrograd_layer, "Layer", makes=True, types=(Layer,)),
    "MLP": builtin(ready_made.micrograd_mlp, "MLP", makes=True, types=(MLP,)),
    "Module": Builtin("Module", library.abstract, 0, 0, types=(Module,)),
}

MATH = Namespace("math", {**OPERATIONS, **MATHS})
NN = {**{name: TYPES[name] for name in ("Neuron", "Layer", "MLP")}, "Module": MICROGRAD["Module"]}
OPTIM = {name: (TYPES | FUNCTIONS)[name] for name in ("SGD", "Adam", "cosine", "step_decay", "warmup")}
MODULES: Mapping[str, Namespace] = {
    "math": MATH,
    "random": Namespace("random", RANDOM),
    "torch": Namespace("torch", {**OPERATIONS, **MATHS, "tensor": builtin(library.tensor, "tensor")}),
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

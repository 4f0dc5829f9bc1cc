"""A vocabulary for tests of the grammar: the names of the language, by kind."""

from engine.language.grammar.checked import Names
from engine.ops import OPS

OPERATIONS = frozenset(name for name, op in OPS.items() if op.symbol.isidentifier())
BUILTINS = (
    "abs all any bool dict enumerate filter float int isinstance len list map max min pow print range repr reversed "
    "round set sorted str sum tuple type zip pi e math random Value grad Neuron Layer MLP mse hinge cross_entropy "
    "softmax SGD Adam cosine step_decay warmup xor moons circles spiral blobs"
)
METHODS = (
    "data grad label backward zero_grad item detach w b neurons layers parameters step lr append extend insert pop "
    "remove index count sort reverse copy clear get items keys values update setdefault add discard join split strip "
    "upper lower replace startswith endswith"
)
NETS = frozenset(["Neuron", "Layer", "MLP", "Module"])

NAMES = Names(
    builtins=OPERATIONS | frozenset(BUILTINS.split()),
    methods=OPERATIONS | frozenset(METHODS.split()),
    assignable=frozenset({"data", "grad", "label", "lr"}),
    modules={
        "math": OPERATIONS | {"pi", "e", "inf", "nan"},
        "random": frozenset(["seed", "random", "uniform", "gauss", "randint", "choice", "shuffle", "sample"]),
        "torch": OPERATIONS | {"tensor", "pi"},
        "micrograd": frozenset({"engine", "nn"}),
        "micrograd.engine": frozenset({"Value"}),
        "micrograd.nn": NETS,
        "engine": frozenset({"Value", "grad", "nn", "optim"}),
        "engine.nn": NETS,
        "engine.optim": frozenset({"SGD", "Adam"}),
    },
)

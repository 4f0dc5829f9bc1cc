"""What the nets of the library are made of, checked before it is used: a program can change the lists that hold it."""

from collections.abc import Mapping

from engine import micrograd
from engine.language.faults import Fault
from engine.language.machine import Machine
from engine.language.values import VALUES, Thing, kind
from engine.nn import MLP, Layer, Module, Neuron
from engine.value import Value

NEURONS: frozenset[type] = frozenset({Neuron, micrograd.Neuron})
LAYERS: frozenset[type] = frozenset({Layer, micrograd.Layer})
PARTS: Mapping[type[Module], tuple[str, frozenset[type]]] = {
    **dict.fromkeys(NEURONS, ("w", VALUES)),
    **dict.fromkeys(LAYERS, ("neurons", NEURONS)),
    **dict.fromkeys((MLP, micrograd.MLP), ("layers", LAYERS)),
}


def parts(m: Machine, module: Module) -> list[Thing]:
    """The layers of a net, the neurons of a layer, the weights of a neuron; a fault if one is something else now."""
    name, types = PARTS[type(module)]
    found: list[Thing] = getattr(module, name)
    m.meter.charge(len(found))
    if not types.issuperset(map(type, found)):
        one = next(one for one in found if type(one) not in types)
        raise Fault("type", f"`{name}` of {kind(module)} holds {kind(one)}, which is no part of it")
    return found


def parameters(m: Machine, module: Module) -> list[Value]:
    """The parameters of a net, each part checked and charged."""
    found = parts(m, module)
    if type(module) in NEURONS:
        return module.parameters()
    return [parameter for part in found for parameter in parameters(m, part)]

"""The methods and attributes that things have, type by type: one table, and one way in to read and one to write."""

from collections.abc import Callable, Mapping

from engine.language.calls import builtin
from engine.language.containers import DICT, LIST, SET
from engine.language.faults import Fault
from engine.language.iterate import items
from engine.language.machine import Machine
from engine.language.nets import parameters
from engine.language.operators import as_number
from engine.language.texts import TEXT
from engine.language.values import (
    VALUES,
    Builtin,
    Class,
    Instance,
    OrderedSet,
    Thing,
    kind,
)
from engine.leaf import Input, Parameter
from engine.nn import MLP, Layer, Module, Neuron
from engine.ops import OPS
from engine.optim import SGD, Adam
from engine.value import METHODS as NODES
from engine.value import Value

Method = Callable[..., Thing]


def _backward(m: Machine, v: Value) -> None:
    m.backward(v)


def _zero_value(m: Machine, v: Value) -> None:
    m.cleared = True
    known = m.trainer.cleared(v) if m.trainer is not None else None
    if known is not None:
        return m.meter.charge(known)
    history = v.history()
    m.meter.charge(len(history))
    for node in history:
        node.grad = 0.0
    return None


def _zero(m: Machine, holder: Module | SGD | Adam) -> None:
    m.meter.charge(len(parameters(m, holder) if isinstance(holder, Module) else holder.parameters))
    m.cleared = True
    holder.zero_grad()


def _item(m: Machine, x: Thing) -> float:
    return as_number(m, x)


def _detach(m: Machine, v: Value) -> Value:
    return m.leaf(as_number(m, v), None)


def _parameters(m: Machine, module: Module) -> list[Value]:
    return parameters(m, module)


def _no_parameters(_m: Machine, _holder: Thing) -> list[Thing]:
    return []


def _clear(m: Machine, holder: Instance) -> None:
    m.cleared = True
    for parameter in items(m, m.call(holder.of.find("parameters"), holder)):
        if parameter.__class__ not in VALUES:
            raise Fault("type", f"a parameter is a Value, and one is {kind(parameter)}")
        parameter.grad = 0.0


def _node(name: str) -> Method:
    make = NODES[name]

    def method(_m: Machine, v: Value) -> Value:
        return make(v)  # type: ignore[operator]  # of one operand: not a pair

    return method


def _methods(table: Mapping[str, Method], *, makes: bool = False) -> dict[str, Builtin]:
    return {name: builtin(function, name, makes=makes, method=True) for name, function in table.items()}


OF_VALUE = {
    **_methods({"backward": _backward, "zero_grad": _zero_value, "item": _item, "detach": _detach}),
    **_methods({name: _node(name) for name, op in OPS.items() if len(op.params) == 1}, makes=True),
}
OF_LIST = _methods(LIST)
OF_DICT = _methods(DICT)
OF_SET = _methods(SET)
OF_TEXT = _methods(TEXT)
OF_MODULE = _methods({"parameters": _parameters, "zero_grad": _zero})
BASE = Class("Module", None, _methods({"parameters": _no_parameters, "zero_grad": _clear}))
"""What a class of the program gets that builds on `Module`."""

OF_OPTIMIZER = _methods({"step": Machine.step, "zero_grad": _zero})
OF_NUMBER = _methods({"item": _item})

METHODS: Mapping[type, Mapping[str, Builtin]] = {
    **dict.fromkeys((Value, Parameter, Input), OF_VALUE),
    **dict.fromkeys((int, float), OF_NUMBER),
    list: OF_LIST,
    tuple: {name: OF_LIST[name] for name in ("index", "count")},
    dict: OF_DICT,
    OrderedSet: OF_SET,
    str: OF_TEXT,
    **dict.fromkeys((Neuron, Layer, MLP), OF_MODULE),
    **dict.fromkeys((SGD, Adam), OF_OPTIMIZER),
}
FIELDS: Mapping[type, frozenset[str]] = {
    **dict.fromkeys((Value, Parameter, Input), frozenset({"data", "grad", "label"})),
    Neuron: frozenset({"w", "b"}),
    Layer: frozenset({"neurons"}),
    MLP: frozenset({"layers"}),
    **dict.fromkeys((SGD, Adam), frozenset({"lr"})),
}

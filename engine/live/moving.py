"""Inputs of a running program, moved by somebody else."""

from collections.abc import Iterable, Mapping

from engine.language.machine import Machine
from engine.language.values import Thing
from engine.optim import SGD, Adam


def move(machine: Machine, variables: Mapping[str, Thing], numbers: Mapping[str, float]) -> None:
    """Give inputs other numbers from here on; those that the program does not have are left alone.

    An optimizer has taken its rate as a number. One that goes at the number an input had goes on at its new one.
    """
    for key, number in numbers.items():
        node = machine.inputs.get(key)
        if node is not None:
            for optimizer in optimizers(variables.values()):
                if optimizer.lr == node.data:
                    optimizer.lr = number
            machine.assigned.append((node, machine.serial(), node.data))
            node.data = float(number)


def optimizers(things: Iterable[Thing]) -> list[SGD | Adam]:
    """Those among some things."""
    return [thing for thing in things if isinstance(thing, SGD | Adam)]

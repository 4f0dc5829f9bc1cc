"""What the library offers ready-made: nets, losses, optimizers, data sets, random numbers; charged before the work."""

from collections.abc import Callable
from itertools import pairwise

from engine import data, losses, micrograd, nn, optim
from engine.language import iterate
from engine.language.compare import SCALARS, truth
from engine.language.faults import Fault
from engine.language.iterate import items
from engine.language.machine import Machine
from engine.language.operators import as_index, as_number
from engine.language.values import VALUES, Thing, kind
from engine.value import Value

Call = Callable[..., Thing]


def ours(make: Callable[[], Thing]) -> Thing:
    """What `make` gives; the sentence of a refusal of ours becomes the fault."""
    try:
        return make()
    except ValueError as refusal:
        raise Fault("value", str(refusal)) from None


def size(m: Machine, thing: Thing) -> int:
    """A number of inputs, neurons or points."""
    number = as_index(m, thing)
    if number is None:
        raise Fault("type", f"a size is a whole number, and not {kind(thing)}")
    return number


def sizes(m: Machine, things: Thing) -> list[int]:
    """The sizes of the layers of a net."""
    if not isinstance(things, list | tuple):
        raise Fault("type", "the sizes of the layers come as a list, like [4, 4, 1]")
    return [size(m, one) for one in items(m, things)]


def weigh(m: Machine, *layers: int) -> None:
    """Charge for the parameters of a net with layers of these sizes, the number of inputs first."""
    m.meter.expect(sum((abs(nin) + 1) * abs(nout) for nin, nout in pairwise(layers)))


def name(thing: Thing) -> str:
    """The name of an activation."""
    if not isinstance(thing, str):
        raise Fault("type", f"an activation is a name, and not {kind(thing)}", f'like "{nn.USUAL}" or "{nn.LINEAR}"')
    return thing


def neuron(m: Machine, nin: Thing, activation: Thing = nn.USUAL, *, nonlin: Thing = True) -> nn.Neuron:
    """`Neuron`."""
    weigh(m, size(m, nin), 1)
    return ours(lambda: nn.Neuron(size(m, nin), name(activation), nonlin=truth(m, nonlin), rng=m.random))  # type: ignore[no-any-return]


def layer(m: Machine, nin: Thing, nout: Thing, activation: Thing = nn.USUAL, *, nonlin: Thing = True) -> nn.Layer:
    """`Layer`."""
    weigh(m, size(m, nin), size(m, nout))
    return ours(lambda: nn.Layer(size(m, nin), size(m, nout), name(activation), nonlin=truth(m, nonlin), rng=m.random))  # type: ignore[no-any-return]


def mlp(m: Machine, nin: Thing, nouts: Thing, activation: Thing = nn.USUAL, last: Thing = None) -> nn.MLP:
    """`MLP`."""
    layers = sizes(m, nouts)
    weigh(m, size(m, nin), *layers)
    end = None if last is None else name(last)
    return ours(lambda: nn.MLP(size(m, nin), layers, name(activation), end, rng=m.random))  # type: ignore[no-any-return]


def micrograd_neuron(m: Machine, nin: Thing, nonlin: Thing = True) -> nn.Neuron:  # noqa: FBT002 - as in micrograd
    """`Neuron` of micrograd.nn."""
    weigh(m, size(m, nin), 1)
    return ours(lambda: micrograd.Neuron(size(m, nin), truth(m, nonlin), rng=m.random))  # type: ignore[no-any-return]


def micrograd_layer(m: Machine, nin: Thing, nout: Thing, *, nonlin: Thing = True) -> nn.Layer:
    """`Layer` of micrograd.nn."""
    weigh(m, size(m, nin), size(m, nout))
    return ours(lambda: micrograd.Layer(size(m, nin), size(m, nout), nonlin=truth(m, nonlin), rng=m.random))  # type: ignore[no-any-return]


def micrograd_mlp(m: Machine, nin: Thing, nouts: Thing) -> nn.MLP:
    """`MLP` of micrograd.nn."""
    layers = sizes(m, nouts)
    weigh(m, size(m, nin), *layers)
    return ours(lambda: micrograd.MLP(size(m, nin), layers, rng=m.random))  # type: ignore[no-any-return]


def numbers(m: Machine, things: Thing) -> Thing:
    """What a loss is given: numbers and Values in a list, or one."""
    if things.__class__ in SCALARS:
        return things
    found = iterate.numbers(m, things, "a loss")
    m.meter.expect(6 * len(found))
    return found


def paired(loss: Callable[[Thing, Thing], Value]) -> Call:
    """`mse`, `hinge`."""

    def made(m: Machine, predictions: Thing, targets: Thing) -> Value:
        ys, ts = numbers(m, predictions), numbers(m, targets)
        return ours(lambda: loss(ys, ts))  # type: ignore[no-any-return]

    return made


def softmax(m: Machine, logits: Thing) -> list[Value]:
    """`softmax`."""
    found = numbers(m, logits)
    m.peek("takes the largest of the numbers off them")
    return ours(lambda: losses.softmax(nn.listed(found)))  # type: ignore[no-any-return]


def cross_entropy(m: Machine, logits: Thing, index: Thing) -> Value:
    """`cross_entropy`."""
    found = numbers(m, logits)
    m.peek("takes the largest of the numbers off them")
    return ours(lambda: losses.cross_entropy(nn.listed(found), size(m, index)))  # type: ignore[no-any-return]


def moved(m: Machine, parameters: Thing) -> list[Value]:
    """What an optimizer moves."""
    found = items(m, parameters)
    for one in found:
        if one.__class__ not in VALUES:
            raise Fault(
                "type", f"an optimizer moves Values, and one is {kind(one)}", "like `SGD(net.parameters(), lr)`"
            )
    return found


def sgd(m: Machine, parameters: Thing, lr: Thing, momentum: Thing = 0.0) -> optim.SGD:
    """`SGD`."""
    found = moved(m, parameters)
    return ours(lambda: optim.SGD(found, as_number(m, lr), as_number(m, momentum)))  # type: ignore[no-any-return]


def adam(m: Machine, parameters: Thing, lr: Thing = 0.001) -> optim.Adam:
    """`Adam`."""
    found = moved(m, parameters)
    return ours(lambda: optim.Adam(found, as_number(m, lr)))  # type: ignore[no-any-return]


def cosine(m: Machine, turn: Thing, turns: Thing, lr: Thing = 1.0, last: Thing = 0.0) -> float:
    """`cosine`."""
    return ours(lambda: optim.cosine(*[as_number(m, one) for one in (turn, turns, lr, last)]))  # type: ignore[no-any-return]


def step_decay(m: Machine, turn: Thing, every: Thing, lr: Thing = 1.0, factor: Thing = 0.1) -> float:
    """`step_decay`."""
    return ours(lambda: optim.step_decay(*[as_number(m, one) for one in (turn, every, lr, factor)]))  # type: ignore[no-any-return]


def warmup(m: Machine, turn: Thing, turns: Thing, lr: Thing = 1.0) -> float:
    """`warmup`."""
    return ours(lambda: optim.warmup(*[as_number(m, one) for one in (turn, turns, lr)]))  # type: ignore[no-any-return]


def xor(m: Machine) -> Thing:
    """`xor`."""
    m.meter.charge(16)
    return data.xor()


def scattered(points: Callable[..., Thing], noise: float) -> Call:
    """`moons` and its kin: n points with noise."""
    usual = noise

    def made(m: Machine, n: Thing = 100, noise: Thing = usual) -> Thing:
        m.meter.charge(8 * m.meter.sized(abs(size(m, n))))
        return ours(lambda: points(size(m, n), as_number(m, noise), rng=m.random))

    return made


SCATTERED: dict[str, tuple[Callable[..., Thing], float]] = {
    "moons": (data.moons, 0.1),
    "circles": (data.circles, 0.1),
    "spiral": (data.spiral, 0.1),
    "blobs": (data.blobs, 0.3),
}


def uniform(m: Machine, a: Thing, b: Thing) -> float:
    """`random.uniform`."""
    return m.random.uniform(as_number(m, a), as_number(m, b))


def fraction(m: Machine) -> float:
    """`random.random`."""
    return m.random.random()


def gauss(m: Machine, mu: Thing = 0.0, sigma: Thing = 1.0) -> float:
    """`random.gauss`."""
    return m.random.gauss(as_number(m, mu), as_number(m, sigma))


def randint(m: Machine, a: Thing, b: Thing) -> int:
    """`random.randint`."""
    low, high = size(m, a), size(m, b)
    if low > high:
        raise Fault("value", f"`randint` needs its bounds in order, and {low} is above {high}")
    return m.random.randint(low, high)


def several(m: Machine, things: Thing) -> list[Thing]:
    """What is chosen from."""
    found = items(m, things)
    if not found:
        raise Fault("value", "there is nothing to choose from")
    return found


def choice(m: Machine, things: Thing) -> Thing:
    """`random.choice`."""
    return m.random.choice(several(m, things))


def shuffle(m: Machine, things: Thing) -> None:
    """`random.shuffle`."""
    if not isinstance(things, list):
        raise Fault("type", f"`shuffle` needs a list, and not {kind(things)}")
    m.meter.charge(len(things))
    m.change(things)
    m.random.shuffle(things)


def sample(m: Machine, things: Thing, k: Thing) -> list[Thing]:
    """`random.sample`."""
    found = items(m, things)
    if not 0 <= size(m, k) <= len(found):
        raise Fault("value", f"`sample` cannot take {size(m, k)} of {len(found)} elements")
    return m.random.sample(found, size(m, k))


def seed(m: Machine, number: Thing = 0) -> None:
    """`random.seed`."""
    m.random.seed(number if isinstance(number, str) else as_index(m, number) or as_number(m, number))

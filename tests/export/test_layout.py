import time
from collections.abc import Callable
from itertools import combinations, pairwise
from random import Random

import pytest

from engine.export.layout import Layout, layout

Edge = tuple[int, int]
SEED: list[Edge] = [(0, 4), (1, 4), (4, 5), (2, 5), (5, 6), (3, 6)]


def network(*sizes: int) -> tuple[int, list[Edge]]:
    """The graph of a net, as our own neurons make it: a product per weight, a chain of sums per neuron."""
    edges: list[Edge] = []
    count = sizes[0]
    layer = list(range(count))
    for size in sizes[1:]:
        outputs = []
        for _ in range(size):
            total = count  # the bias
            count += 1
            for one in layer:
                weight, product, total, before = count, count + 1, count + 2, total
                count += 3
                edges += [(weight, product), (one, product), (before, total), (product, total)]
            outputs.append(total)
        layer = outputs
    return count, edges


def tangle(count: int, reach: int) -> tuple[int, list[Edge]]:
    """A random graph in which everything leads to the last node."""
    random = Random(count)
    edges = [(node, random.randint(node + 1, min(node + reach, count - 1))) for node in range(count - 1)]
    return count, edges + [(max(0, node - random.randint(1, reach)), node) for node in range(1, count)]


def shared(count: int) -> tuple[int, list[Edge]]:
    """One number used by every step of a long chain."""
    return count, [edge for node in range(2, count) for edge in ((0, node), (node - 1, node))]


GRAPHS: dict[str, tuple[int, list[Edge]]] = {
    "nothing": (0, []),
    "one": (1, []),
    "loose": (30, [(3, 4)]),
    "seed": (7, SEED),
    "twice": (2, [(0, 1), (0, 1)]),
    "net": network(3, 4, 4, 1),
    "tangle": tangle(300, 40),
    "shared": shared(300),
    "chain": (500, list(pairwise(range(500)))),
    "star": (500, [(node, 499) for node in range(499)]),
}


def arranged(name: str) -> Layout:
    count, edges = GRAPHS[name]
    return layout(range(count), edges)


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_has_a_place_of_its_own(name: str) -> None:
    count, _ = GRAPHS[name]
    found = arranged(name)
    assert set(found.places) == set(range(count))
    columns: dict[float, list[float]] = {}
    for x, y in found.places.values():
        assert 0 <= x < found.size[0]
        assert -1e-9 <= y < found.size[1]
        columns.setdefault(x, []).append(y)
    for column in columns.values():
        assert all(below - above >= 1 - 1e-9 for above, below in pairwise(sorted(column)))


@pytest.mark.parametrize("name", GRAPHS)
def test_operands_stand_left_and_edges_bend_in_between(name: str) -> None:
    _, edges = GRAPHS[name]
    found = arranged(name)
    for source, target in edges:
        begin, end = found.places[source][0], found.places[target][0]
        assert begin < end
        bends = [x for x, _ in found.bends.get((source, target), ())]
        assert bends in ([], [begin + step for step in range(1, int(end - begin))])


@pytest.mark.parametrize("name", GRAPHS)
def test_an_arranged_edge_passes_no_node(name: str) -> None:
    found = arranged(name)
    nodes = set(found.places.values())
    for bends in found.bends.values():
        for x, y in bends:
            assert all(at != x or abs(y - height) > 0.6 for at, height in nodes)


def crossings(found: Layout, edges: list[Edge]) -> int:
    pieces = []
    for source, target in set(edges):
        points = [found.places[source], *found.bends.get((source, target), ()), found.places[target]]
        pieces += list(pairwise(points))
    return sum(
        a[0] == c[0] and b[0] == d[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0
        for (a, b), (c, d) in combinations(pieces, 2)
    )


def test_a_tree_has_no_crossings_and_a_chain_is_straight() -> None:
    assert crossings(arranged("seed"), SEED) == 0
    assert {y for _, y in arranged("chain").places.values()} == {0.0}


def test_a_net_has_few_crossings() -> None:
    """fast-sugiyama left 70 in the same columns."""
    count, edges = network(3, 4, 4, 1)
    assert crossings(layout(range(count), edges), edges) <= 80


def test_leaves_stand_beside_their_use() -> None:
    found = arranged("net")
    _, edges = GRAPHS["net"]
    uses: dict[int, list[int]] = {}
    for source, target in edges:
        uses.setdefault(source, []).append(target)
    leaves = set(uses) - {target for _, target in edges}
    for leaf in leaves:
        assert min(found.places[use][0] for use in uses[leaf]) - found.places[leaf][0] == 1


def test_an_edge_from_new_to_old_is_left_out() -> None:
    found = layout(range(3), [(0, 1), (2, 0), (1, 2), (1, 1)])
    assert [found.places[node][0] for node in range(3)] == [0, 1, 2]


def test_the_same_graph_gives_the_same_places() -> None:
    count, edges = GRAPHS["tangle"]
    assert layout(range(count), edges) == layout(range(count), reversed(edges))


def seconds(graph: tuple[int, list[Edge]]) -> float:
    started = time.process_time()
    layout(range(graph[0]), graph[1])
    return time.process_time() - started


@pytest.mark.parametrize("make", [lambda n: tangle(n, 50), shared, lambda n: (n, list(pairwise(range(n))))])
def test_time_grows_about_as_the_graph_does(make: Callable[[int], tuple[int, list[Edge]]]) -> None:
    small, large = (min(seconds(make(count)) for _ in range(2)) for count in (400, 2_000))
    assert large < 25 * max(small, 0.004)

import pytest

from engine.export.view import View, view
from engine.origin import Scope, named
from engine.recording import Recording, record
from engine.value import Value
from tests.export.trees import Writer, loop

TURNS, LENGTH = 4, 5
IN_CALL = 3 * LENGTH  # a sum, a constant and a product each
IN_TURN = IN_CALL + 2
LIMIT = 20


def edges(drawn: View) -> list[tuple[int, int, int]]:
    return list(zip(drawn.edges.source, drawn.edges.target, drawn.edges.key, strict=True))


def sizes(drawn: View) -> dict[str, int]:
    return {drawn.scopes[box.scope]: box.size for box in drawn.boxes}


def consistent(drawn: View) -> None:
    """What holds of every view."""
    numbers = {*drawn.numbers, *(box.id for box in drawn.boxes)}
    assert len(numbers) == len(drawn.numbers) + len(drawn.boxes)
    assert len(set(edges(drawn))) == len(drawn.edges.source)
    assert numbers.issuperset(drawn.edges.source)
    assert numbers.issuperset(drawn.edges.target)
    assert drawn.output is None or drawn.output in numbers
    operations = {number for number, op in zip(drawn.numbers, drawn.nodes.op, strict=True) if op}
    assert sorted(drawn.order) == sorted(operations | {box.id for box in drawn.boxes})
    turn = {number: at for at, number in enumerate(drawn.order)}
    assert all(turn[target] < turn[source] for source, target, _ in edges(drawn) if source in turn)
    assert len(set(drawn.scopes.values())) == len(drawn.scopes)
    before: set[Scope] = set()
    for scope in drawn.scopes:
        assert scope.parent is None or scope.parent in before
        before.add(scope)
    assert before.issuperset(scope for scope in drawn.nodes.scope if scope)


def test_a_small_recording_is_drawn_whole_with_its_scopes_listed() -> None:
    recording = loop(TURNS, LENGTH)
    drawn = view(recording, drawn_nodes=len(recording), expand=["i#1", "nowhere#3"])
    consistent(drawn)
    assert list(drawn.numbers) == list(range(len(recording)))
    assert (drawn.nodes, drawn.edges, drawn.order) == (recording.nodes, recording.edges, recording.order)
    assert not drawn.truncated
    assert list(drawn.scopes.values()) == [name for turn in range(1, 5) for name in (f"i#{turn}", f"f#{turn}")]
    assert drawn.steps == 2 * len(recording.order) + 1


def test_a_large_one_is_drawn_with_its_outermost_scopes_as_boxes() -> None:
    recording = loop(TURNS, LENGTH)
    drawn = view(recording, drawn_nodes=LIMIT)
    consistent(drawn)
    assert drawn.truncated
    assert sizes(drawn) == {f"i#{turn}": IN_TURN for turn in range(1, TURNS + 1)}
    assert list(drawn.numbers) == [0, 1]
    assert list(drawn.scopes.values()) == ["i#1", "i#2", "i#3", "i#4"]
    ids = [box.id for box in drawn.boxes]
    assert drawn.output == ids[-1] == len(recording) - 1
    assert edges(drawn) == [
        edge for before, box in zip([0, *ids], ids, strict=False) for edge in ((before, box, 0), (1, box, 1))
    ]
    assert list(drawn.order) == ids[::-1]
    assert drawn.steps == 2 * TURNS + 1


def test_what_enters_a_box_brings_the_flows_of_all_its_uses() -> None:
    recording = loop(TURNS, LENGTH)
    drawn = view(recording, drawn_nodes=LIMIT)
    into = zip(drawn.edges.source, drawn.edges.local, drawn.edges.flow, strict=True)
    flows = [(local, flow) for source, local, flow in into if source == 1]
    assert all(local is None for local, _ in flows)
    assert sum(flow or 0.0 for _, flow in flows) == pytest.approx(recording.nodes.adjoint[1])


def test_an_opened_scope_shows_its_nodes_and_boxes_for_what_is_in_it() -> None:
    recording = loop(TURNS, LENGTH)
    drawn = view(recording, drawn_nodes=LIMIT, expand=["i#2"])
    consistent(drawn)
    assert sizes(drawn) == {"i#1": IN_TURN, "f#2": IN_CALL, "i#3": IN_TURN, "i#4": IN_TURN}
    assert len(drawn.numbers) == 4
    last = drawn.numbers[-1]
    inner = next(box.id for box in drawn.boxes if drawn.scopes[box.scope] == "f#2")
    leaving = list(zip(*(getattr(drawn.edges, name) for name in ("source", "target", "key", "local")), strict=True))
    assert (inner, last, 0, 1.0) in leaving


def test_all_scopes_opened_show_what_is_nearest_to_the_output() -> None:
    recording = loop(TURNS, LENGTH)
    everything = [f"{name}#{turn}" for name in "if" for turn in range(1, TURNS + 1)]
    drawn = view(recording, drawn_nodes=LIMIT, expand=everything)
    consistent(drawn)
    assert not drawn.boxes
    assert drawn.truncated
    assert len(drawn.numbers) == LIMIT
    assert set(drawn.numbers) - {1} == set(range(len(recording) - LIMIT + 1, len(recording)))
    assert list(drawn.order) == [node for node in recording.order if node in set(drawn.numbers)]


def test_without_scopes_what_is_nearest_to_the_output_is_kept() -> None:
    recording = loop(TURNS, LENGTH, scoped=False)
    drawn = view(recording, drawn_nodes=LIMIT)
    consistent(drawn)
    assert (len(drawn.numbers), drawn.boxes, drawn.scopes) == (LIMIT, [], {})
    assert drawn.output == len(recording) - 1


def test_more_boxes_than_there_is_room_for_are_cut_as_well() -> None:
    drawn = view(loop(50, 2), drawn_nodes=10)
    consistent(drawn)
    assert len(drawn.numbers) + len(drawn.boxes) == 10
    assert drawn.numbers == [1]


def test_inputs_that_nothing_uses_are_left_out_first() -> None:
    write = Writer()
    unused = [write(Value(float(i))) for i in range(10)]
    x = write(Value(1.0))
    recording = record(write(x * 2.0), inputs=[*unused, x])
    drawn = view(recording, drawn_nodes=5)
    consistent(drawn)
    assert list(drawn.numbers) == [0, 1, 10, 11, 12]


def test_a_scope_of_one_node_is_that_node() -> None:
    write = Writer()
    x = write(Value(1.0))
    for _ in range(10):
        write.enter("turn", "i")
        x = write(-x)
        write.leave()
    drawn = view(record(x), drawn_nodes=5)
    consistent(drawn)
    assert not drawn.boxes
    assert len(drawn.numbers) == 5


def test_ids_are_given_by_first_appearance_the_outer_scope_first() -> None:
    outer = Scope("net", "MLP", 1, None)
    first, second = Scope("layer", "Layer", 1, outer), Scope("layer", "Layer", 1, outer)
    assert list(named([None, second, first, second, outer]).items()) == [
        (outer, "MLP#1"),
        (second, "Layer#1"),
        (first, "Layer#2"),
    ]


def test_serials_find_only_what_is_drawn() -> None:
    recording = loop(TURNS, LENGTH)
    whole, boxed = view(recording, drawn_nodes=1000), view(recording, drawn_nodes=LIMIT)
    for node, serial in enumerate(recording.nodes.serial):
        if serial is not None:
            assert whole.id_of(serial) == node
            assert boxed.id_of(serial) == (node if node in (0, 1) else None)
    assert whole.id_of(10**9) is None


@pytest.mark.parametrize("recording", [record(None), record(Value(1.0))], ids=["nothing", "a leaf"])
def test_hardly_anything_is_drawn_as_well(recording: Recording) -> None:
    drawn = view(recording, drawn_nodes=10)
    consistent(drawn)
    assert drawn.steps == len(recording)


def test_deep_nesting_needs_no_recursion() -> None:
    write = Writer()
    x = write(Value(1.0))
    for _ in range(5_000):
        write.enter("call", "f")
        x = write(-x)
    drawn = view(record(x), drawn_nodes=100)
    consistent(drawn)
    assert [box.size for box in drawn.boxes] == [5_000]

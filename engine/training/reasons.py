"""Why a loop, or a statement of it, is run as it stands."""

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "outer": "a loop inside it does the passes",
    "passless": "it does no backward pass",
    "stream": "it reads something that can be run over only once",
    "rebinds": "it calls a function that assigns names of the function around it",
    "changes": "it builds a graph and changes something that was there before",
    "earlier": "it builds on Values that were made before, or that are made anew in each turn",
    "odd": "it builds a graph and makes something that is no list, tuple or dict of Values",
    "assigned": "it assigns the numbers of results while the graph is built",
    "moves": "inputs move while the graph is built",
    "root": "the pass begins at a Value that no name holds",
    "both": "no statement builds the graph and does nothing else",
    "varies": "what its graph is made of is different in each turn",
    "small": "its graph is so small that it is built faster than replayed",
    "keyed": "it makes an input that was sent another number",
}


class Unfit(Exception):
    """Statements cannot be skipped; `reason` is one of those above."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason])
        self.reason = reason

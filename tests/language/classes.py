"""The classes of attacks that are known of other systems, and the families of our table that are of each: programs.

The classes of requests are in tests/app/attacks_http.py.
"""

CLASSES = {
    "attributes and frames": "dunder-attr frames watched-reaches watched-takes",
    "formats": "format-attr",
    "what the host has": "host-builtins imports statements",
    "scopes and arguments": "scoping arguments",
    "large integers": "big-int",
    "floats at the edge": "float-edge",
    "long sequences and slow calls": "sequence-bomb slow-call too-large",
    "no end, and depth": "endless without-end deep-runtime nested-calls",
    "shared structures and large graphs": "shared-structure watched",
    "equal hashes": "hash-collision",
    "texts that parsers choke on": "parse-depth lexer literals regex-bait",
    "answers": "unserialisable",
    "isolation, leaks, injection": "isolation host-leak injection",
    "ordinary mistakes": "wrong",
    "odd but right": "odd-but-right found",
}
LEAST = 20  # rows of a class

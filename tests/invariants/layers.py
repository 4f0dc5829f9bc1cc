"""Who may import whom. A unit is a file or folder directly below `engine` or `app`.

Each line names what a unit builds on. It may import that, and what that builds on in turn; nothing else of the project.
A new unit needs a line here: where it stands is a decision.
"""

ENGINE = {
    "op": "",
    "ops": "op",
    "spelling": "ops",
    "tracing": "op",
    "javascript": "spelling tracing",
    "origin": "",
    "value": "ops origin",
    "leaf": "value",
    "nn": "leaf",
    "losses": "nn",
    "micrograd": "nn",
    "optim": "value",
    "data": "value",
    "recording": "value origin",
    "validity": "recording",
    "hazards": "recording",
    "derivative": "value recording",
    "formula": "",
    "collector": "",
    "replay": "derivative spelling tracing formula optim",
    "__init__": "leaf derivative recording",
    "prelude": "losses micrograd optim data derivative",
    "language": "losses micrograd optim data derivative origin collector",
    "explain": "recording",
    "export": "recording explain spelling tracing",
    "training": "language replay",
    "live": "language replay export hazards",
    "watch": "language explain",
    "panels": "live watch",
    "predict": "panels",
    "batch": "",
    "document": "predict batch",
    "streaming": "document training",
    "examples": "",
    "grading": "panels",
    "display": "document",
    "tools": "document",
    "cli": "display document grading",
    "__main__": "cli",
}

APP = {
    "__init__": "",
    "paths": "",
    "seal": "",
    "clients": "seal",
    "settings": "clients",
    "assets": "paths",
    "extras": "",
    "telemetry": "settings",
    "pool": "telemetry extras",
    "doctor": "pool",
    "schemas": "",
    "tasks": "schemas",
    "receipts": "seal",
    "tally": "receipts tasks",
    "marks": "receipts",
    "documents": "schemas",
    "training": "documents",
    "http": "schemas assets telemetry",
    "texts": "paths",
    "embedding": "tasks texts",
    "course": "paths",
    "links": "tasks settings",
    "cache": "pool",
    "services": "cache assets links",
    "metrics": "__init__ services",
    "origin": "services",
    "typescript": "",
    "admission": "http services",
    "evaluate": "admission",
    "batch": "evaluate",
    "events": "evaluate",
    "routes": "__init__ batch typescript documents events training embedding course origin tally marks metrics",
    "main": "routes",
    "cli": "__init__ http doctor tally marks",
    "__main__": "cli",
}

# What the front process may know of the engine: facts, and nothing that parses or runs a program.
FACTS = {
    "engine.ops",
    "engine.export",
    "engine.examples",
    "engine.explain.templates",
    "engine.language.limits",
    "engine.predict.mistakes",
    "engine.watch.findings",
}


def allowed(table: dict[str, str]) -> dict[str, set[str]]:
    """For each unit itself and all it builds on, directly or not; a unit may build on the lines above it only."""
    closed: dict[str, set[str]] = {}
    for unit, direct in table.items():
        closed[unit] = {unit}.union(*(closed[name] for name in direct.split()))
    return closed

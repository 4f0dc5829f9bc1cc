"""Where a program that a budget has ended would have more room."""

import ast

from engine.language.limits import BUDGETS, Limits

STREAM = "/api/v1/train"
LOOPS = (ast.For, ast.While)


def elsewhere(tree: ast.Module, limits: Limits, limit: str) -> str | None:
    """What to say of a training that a budget ended: a stream has room for it. None where that does not help."""
    stream = Limits.stream()
    if stream.value(limit) <= limits.value(limit) or not trains(tree):
        return None
    return f"this trains in a loop: as a stream ({STREAM}) it has {stream.value(limit):,} {BUDGETS[limit].unit}"


def trains(tree: ast.Module) -> bool:
    """Whether a program has a loop with a backward pass in it, or in a function that the loop may call."""
    loops = [node for node in ast.walk(tree) if isinstance(node, LOOPS)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return bool(loops) and any(passes(node) for node in (*loops, *functions))


def passes(node: ast.AST) -> bool:
    """Whether there is a call of `backward` somewhere inside."""
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "backward"
        for one in ast.walk(node)
    )

"""Numbers and nodes as people read them: one form everywhere, the same as on the page."""

from engine.recording import Nodes

DIGITS = 6
NON_FINITE = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def number(value: float) -> str:
    """A number with at most six significant digits; very large and very small ones with an exponent."""
    text = f"{value:.{DIGITS}g}"
    if text in NON_FINITE:
        return NON_FINITE[text]
    rounded = float(text)
    if rounded == 0:
        return "0"
    if 1e-4 <= abs(rounded) < 1e6:
        return repr(rounded).removesuffix(".0")
    mantissa, exponent = f"{rounded:.{DIGITS - 1}e}".split("e")
    return f"{float(mantissa)!r}".removesuffix(".0") + f"e{int(exponent)}"


def role(nodes: Nodes, row: int) -> str:
    """What a node does, in one word: the operator as people write it, or the kind of leaf."""
    op = nodes.op[row]
    return nodes.kind[row] if op is None else op.symbol


def sentence(nodes: Nodes, row: int) -> str:
    """A node for those who hear the picture: "a, input, data 2, grad 6"."""
    label, grad = nodes.label[row], nodes.grad[row]
    parts = [role(nodes, row), f"data {number(nodes.data[row])}"]
    if label is not None:
        parts.insert(0, label)
    if grad is not None:
        parts.append(f"grad {number(grad)}")
    return ", ".join(parts)


def shorten(text: str, most: int) -> str:
    """A text no longer than `most` characters, with an ellipsis in the middle: both ends of a path tell most."""
    if len(text) <= most:
        return text
    tail = (most - 1) // 2
    return f"{text[: most - 1 - tail]}…{text[len(text) - tail :]}"


def table(nodes: Nodes) -> list[tuple[str, str, str, str]]:
    """The rows of the table "Values and gradients": name, operation, data, grad; empty where there is none."""
    return [
        (label or "", role(nodes, row), number(data), "" if grad is None else number(grad))
        for row, (label, data, grad) in enumerate(zip(nodes.label, nodes.data, nodes.grad, strict=True))
    ]

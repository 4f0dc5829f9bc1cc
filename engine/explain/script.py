"""The rulebook's notation as a module of the page: `make docs` writes it, a test fails when it is stale."""

import json

from engine.explain.notation import describe
from engine.ops import OPS

HEAD = """\
/** How each operation is written. Made from the rulebook by `make docs`: change it there. */

/** @import { Notation } from "../explain/types.d.ts" */

/** @type {ReadonlyMap<string, Notation>} by the operation's name */
export const NOTATION = new Map([
"""


def module() -> str:
    """The text of the module, one line for each operation."""
    rows = (f"  {json.dumps([op.name, describe(op)], ensure_ascii=False)},\n" for op in OPS.values())
    return f"{HEAD}{''.join(rows)}]);\n"

"""One test of many rows: a test of its own for each of thousands would cost more than what they look at."""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

Test = Callable[..., None]
SHOWN, MOST = 200, 20  # letters of a row, and rows


def each(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """As `pytest.mark.parametrize`, but in one test: it fails as its first wrong row does, and names the others."""
    every = list(rows)

    def decorate(test: Test) -> Test:
        @wraps(test)
        def of_all(**fixtures: object) -> None:
            wrong = {repr(row)[:SHOWN]: found for row in every if (found := failure(row, fixtures))}
            for found in wrong.values():
                found.add_note("\n".join([f"{len(wrong)} of {len(every)} rows:", *[*wrong][:MOST]]))
                raise found

        def failure(row: Any, fixtures: dict[str, object]) -> Exception | None:  # noqa: ANN401  # a row of any table
            values = {names: row} if isinstance(names, str) else dict(zip(names, row, strict=True))
            try:
                test(**values, **fixtures)
            except Exception as found:  # noqa: BLE001  # whatever it is, the other rows are looked at, too
                return found
            return None

        asked = inspect.signature(test)
        taken = {names} if isinstance(names, str) else set(names)
        rest = [one for name, one in asked.parameters.items() if name not in taken]
        of_all.__signature__ = asked.replace(parameters=rest)  # type: ignore[attr-defined]  # what pytest reads
        return of_all

    return decorate

"""Which parts of a photo are black: fields of a grid laid over it, as boxes; without Django."""

from __future__ import annotations

from collections.abc import Iterable

from linli.kernel.wholes import whole_number

COLUMNS, ROWS = 12, 9
WHOLE = 1000
# left, top, right, bottom in thousandths of the picture
Span = tuple[int, int, int, int]


def field_name(row: int, column: int) -> str:
    """Return how a form names a field of the grid."""
    return f"{row}-{column}"


def spans_of(names: Iterable[str]) -> list[Span]:
    """Return the boxes of fields, those of a row that touch joined. Raises ValueError for no field."""
    wanted = sorted({_field(name) for name in names})
    found: list[Span] = []
    for row, column in wanted:
        span = _span(row, column)
        if found and found[-1][1] == span[1] and found[-1][2] >= span[0]:
            found[-1] = (found[-1][0], span[1], span[2], span[3])
        else:
            found.append(span)
    return found


def is_span(span: Span) -> bool:
    """Say whether four numbers are a box within the picture."""
    left, top, right, bottom = span
    return 0 <= left < right <= WHOLE and 0 <= top < bottom <= WHOLE


def _field(name: str) -> tuple[int, int]:
    row, _dash, column = name.partition("-")
    found = whole_number(row, most=ROWS - 1), whole_number(column, most=COLUMNS - 1)
    if found[0] is None or found[1] is None:
        raise ValueError(name)
    return found[0], found[1]


def _span(row: int, column: int) -> Span:
    # outwards, so that no line of points is left between two fields
    return (
        column * WHOLE // COLUMNS,
        row * WHOLE // ROWS,
        -(-(column + 1) * WHOLE // COLUMNS),
        -(-(row + 1) * WHOLE // ROWS),
    )

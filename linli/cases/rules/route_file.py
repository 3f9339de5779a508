"""Rows of a list to route: number, text, lon, lat; what cannot be read is said of its row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADS = {
    "number": ("number", "编号", "工单编号", "单号"),
    "text": ("text", "内容", "诉求内容", "描述"),
    "lon": ("lon", "lng", "longitude", "经度"),
    "lat": ("lat", "latitude", "纬度"),
}
NEEDED = ("number", "text")


class NoColumns(ValueError):
    """The first row lacks columns; `names` are those."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        super().__init__(", ".join(names))


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One row: `fault` says what of it was not understood; it is routed without that."""

    line: int
    number: str
    text: str
    point: tuple[float, float] | None = None
    fault: str = ""


def route_rows(lines: Iterable[tuple[int, Sequence[str]]]) -> list[RouteRow]:
    """Return the rows behind the head. Raises NoColumns."""
    given = list(lines)
    head = [cell.strip().casefold() for cell in given[0][1]] if given else []
    at = {
        name: next((n for n, cell in enumerate(head) if cell in known), -1)
        for name, known in HEADS.items()
    }
    missing = [name for name in NEEDED if at[name] < 0]
    if missing:
        raise NoColumns(missing)
    return [_row(line, cells, at) for line, cells in given[1:]]


def _row(line: int, cells: Sequence[str], at: dict[str, int]) -> RouteRow:
    found = {name: cells[n].strip() if 0 <= n < len(cells) else "" for name, n in at.items()}
    point, fault = _point(found["lon"], found["lat"])
    if not found["text"]:
        fault = fault or "no text"
    return RouteRow(line, found["number"], found["text"], point, fault)


def _point(lon: str, lat: str) -> tuple[tuple[float, float] | None, str]:
    if not lon and not lat:
        return None, ""
    try:
        point = float(lon), float(lat)
    except ValueError:
        return None, "lon and lat are no numbers"
    if not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
        return None, "lon and lat are no degrees"
    return point, ""

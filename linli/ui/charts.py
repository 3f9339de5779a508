"""Where the marks of a chart or a sketch map go: numbers in, coordinates out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, floor, log10, radians

LEAST = 1e-9
EDGE = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a comparison. `value` None is unknown and draws no bar."""

    label: str
    value: float | None
    text: str
    width: float
    is_own: bool = False
    url: str = ""


def bars(
    rows: Iterable[tuple[str, float | None, str]], own: str = "", top: float | None = None
) -> list[Bar]:
    """Place (label, value, text) rows on one scale, in the order given: nobody is ranked."""
    given = list(rows)
    most = top or max((value or 0 for _, value, _ in given), default=0) or 1
    return [
        Bar(label, value, text, round(min(100 * max(value or 0, 0) / most, 100), 2), label == own)
        for label, value, text in given
    ]


@dataclass(frozen=True, slots=True)
class Point:
    """One value over time; `y` is None where it is unknown."""

    x: float
    y: float | None
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A line over time in a box of `width` × `height`; a gap where a value is unknown."""

    width: int
    height: int
    lines: list[str]
    points: list[Point]
    steps: list[tuple[float, str]]


def trend(
    rows: Sequence[tuple[str, float | None, str]], width: int = 640, height: int = 220
) -> Trend:
    """Place (label, value, text) along a line whose scale begins at zero."""
    known = [value for _, value, _ in rows if value is not None]
    step = _round_step(max(known, default=0))
    top = step * max(1, -(-max(known, default=0) // step))
    left, right, upper, lower = 56, 12, 12, 28
    across = (width - left - right) / max(len(rows) - 1, 1)

    def y_of(value: float) -> float:
        return round(upper + (height - upper - lower) * (1 - value / top), 1)

    points: list[Point] = []
    lines: list[str] = []
    line = ""
    for index, (label, value, text) in enumerate(rows):
        x = round(left + index * across, 1)
        if value is None:
            points.append(Point(x, None, label, text))
            lines, line = [*lines, line] if line else lines, ""
            continue
        points.append(Point(x, y_of(value), label, text))
        line += f"{'L' if line else 'M'}{x} {y_of(value)}"
    ticks = [(y_of(step * n), f"{step * n:g}") for n in range(int(top / step) + 1)]
    return Trend(width, height, [*lines, line] if line else lines, points, ticks)


def _round_step(most: float) -> float:
    """Return 1, 2 or 5 times a power of ten, so that about four steps reach the top."""
    rough = (most if most > LEAST else 1) / 4
    power = 10.0 ** floor(log10(rough))
    return float(next(power * n for n in (1, 2, 5, 10) if power * n >= rough))


@dataclass(frozen=True, slots=True)
class Shape:
    """One area of a sketch map: an SVG path and where its number stands."""

    key: str
    label: str
    path: str
    x: float
    y: float
    url: str
    tone: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of a sketch map, numbered in the list beside it."""

    label: str
    x: float
    y: float
    url: str
    tone: str


@dataclass(frozen=True, slots=True)
class Frame:
    """How degrees become places on a sketch: x = (lon - west) * across, y = (north - lat) * down."""

    west: float
    north: float
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Sketch:
    width: int
    height: int
    shapes: list[Shape]
    is_schematic: bool = True
    dots: list[Dot] = field(default_factory=list)
    frame: Frame | None = None
    sources: list[str] = field(default_factory=list)


def outlines(
    features: Iterable[dict[str, object]],
    width: int = 640,
    points: Iterable[dict[str, object]] = (),
    margin: int = EDGE,
) -> Sketch:
    """Place outlines on a sketch, north up, in an equirectangular view of their own middle.

    A feature has key, label, rings ([[(lon, lat), …], …]), and may have url and tone; it counts as
    schematic unless `is_schematic` says otherwise, and one such outline makes the sketch so. The
    `source` of those that are not is told below the sketch.
    `points` have label, point (lon, lat), url and tone; with them the list beside is theirs.
    `margin` is the room left around all of it.
    """
    given = [(item, _rings(item["rings"])) for item in features]
    dotted = [(item, _rings([[item["point"]]])[0][0]) for item in points]
    every = [point for _, rings in given for ring in rings for point in ring]
    every += [point for _, point in dotted]
    if not every:
        return Sketch(width, 0, [])
    west, east = min(lon for lon, _ in every), max(lon for lon, _ in every)
    south, north = min(lat for _, lat in every), max(lat for _, lat in every)
    squeeze = cos(radians((south + north) / 2))
    scale = (width - 2 * margin) / max((east - west) * squeeze, 1e-9)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        lon, lat = point
        return (
            round(margin + (lon - west) * squeeze * scale, 1),
            round(margin + (north - lat) * scale, 1),
        )

    shapes = [_shape(item, [[place(p) for p in ring] for ring in rings]) for item, rings in given]
    is_schematic = any(item.get("is_schematic", True) for item, _ in given)
    dots = [
        Dot(str(item["label"]), *place(point), str(item.get("url", "")), str(item.get("tone", "")))
        for item, point in dotted
    ]
    frame = Frame(
        west - margin / (squeeze * scale), north + margin / scale, squeeze * scale, scale
    )  # fmt: skip
    height = round((north - south) * scale) + 2 * margin
    surveyed = (item for item, _ in given if not item.get("is_schematic", True))
    sources = dict.fromkeys(str(item["source"]) for item in surveyed if item.get("source"))
    return Sketch(width, height, shapes, is_schematic, dots, frame, list(sources))


def _rings(value: object) -> list[list[tuple[float, float]]]:
    assert isinstance(value, (list, tuple)), "rings are lists of points"
    return [[(float(p[0]), float(p[1])) for p in ring] for ring in value]


def _shape(item: dict[str, object], rings: list[list[tuple[float, float]]]) -> Shape:
    drawn = "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings)
    x, y = _middle(max(rings, key=len))
    return Shape(
        str(item["key"]), str(item["label"]), drawn, x, y,
        str(item.get("url", "")), str(item.get("tone", "")),
    )  # fmt: skip


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the centre of gravity of a ring; of a ring without area the mean of its points."""
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    crosses = [ax * by - bx * ay for (ax, ay), (bx, by) in pairs]
    area = sum(crosses) / 2
    if abs(area) < LEAST:
        return (
            round(sum(p[0] for p in ring) / len(ring), 1),
            round(sum(p[1] for p in ring) / len(ring), 1),
        )
    x = sum((a[0] + b[0]) * c for (a, b), c in zip(pairs, crosses, strict=True)) / (6 * area)
    y = sum((a[1] + b[1]) * c for (a, b), c in zip(pairs, crosses, strict=True)) / (6 * area)
    return round(x, 1), round(y, 1)

"""Outlines as people paste them: taken, or refused with what is wrong."""

from __future__ import annotations

import json

import pytest

from linli.cases.rules.outlines import MOST_SIGNS, BadOutline, Fault, outline_of

RING = [[113.7, 22.9], [113.8, 22.9], [113.8, 23.0], [113.7, 22.9]]
AREA = {"type": "Polygon", "coordinates": [RING]}
BOW = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}


@pytest.mark.parametrize(
    "given",
    [
        AREA,
        {"type": "Feature", "properties": {"name": "x"}, "geometry": AREA},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": AREA}]},
        {**AREA, "crs": "dropped"},
    ],
)
def test_an_area_is_taken_however_it_is_wrapped(given: object) -> None:
    assert outline_of(json.dumps(given)) == AREA


def test_nothing_is_nothing() -> None:
    assert outline_of("  \n") is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", Fault.NO_JSON),
        ("x" * (MOST_SIGNS + 1), Fault.TOO_LONG),
        ("[" * 100_000, Fault.NO_JSON),
        ("7", Fault.NO_AREA),
        ('{"type": "Point", "coordinates": [1, 1]}', Fault.NO_AREA),
        ('{"type": "FeatureCollection", "features": []}', Fault.NO_AREA),
        (
            '{"type": "Polygon", "coordinates": [[[500, 22], [501, 22], [501, 23], [500, 22]]]}',
            Fault.NOT_DEGREES,
        ),
        ('{"type": "Polygon", "coordinates": [["a", "b"]]}', Fault.NO_AREA),
    ],
)
def test_what_is_no_area_is_refused(text: str, fault: Fault) -> None:
    with pytest.raises(BadOutline) as refused:
        outline_of(text)

    assert refused.value.fault is fault


def test_a_line_that_crosses_itself_is_refused_with_the_spot() -> None:
    with pytest.raises(BadOutline) as refused:
        outline_of(json.dumps(BOW))

    assert (refused.value.fault, refused.value.spot) == (Fault.CROSSES, (1.0, 1.0))

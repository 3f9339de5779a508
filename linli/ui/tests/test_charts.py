"""Where bars, lines and areas go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linli.ui import charts


def test_bars_keep_the_order_given_and_mark_our_own_place() -> None:
    bars = charts.bars([("b", 50, "50%"), ("a", 100, "100%"), ("c", None, "—")], own="a")

    assert [(bar.label, bar.width, bar.is_own) for bar in bars] == [
        ("b", 50, False),
        ("a", 100, True),
        ("c", 0, False),
    ]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), max_size=40))
def test_a_bar_stays_inside_its_box(values: list[float | None]) -> None:
    bars = charts.bars([("x", value, "") for value in values])

    assert all(0 <= bar.width <= 100 for bar in bars)


def test_a_line_has_a_gap_where_a_value_is_unknown() -> None:
    line = charts.trend([("1", 10, "10"), ("2", 20, "20"), ("3", None, "—"), ("4", 30, "30")])

    assert [path.count("M") for path in line.lines] == [1, 1]
    assert [(point.label, point.y is None) for point in line.points] == [
        ("1", False),
        ("2", False),
        ("3", True),
        ("4", False),
    ]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e12)), min_size=1, max_size=60))
def test_a_line_stays_inside_its_box_and_begins_at_zero(values: list[float | None]) -> None:
    line = charts.trend([(str(n), value, "") for n, value in enumerate(values)])

    assert all(
        0 <= (point.y or 0) <= line.height and 0 <= point.x <= line.width for point in line.points
    )
    assert line.steps[0][1] == "0"
    assert len(line.steps) <= 12


def test_a_sketch_has_north_up_and_keeps_inside() -> None:
    south = {
        "key": "1",
        "label": "south",
        "rings": [[(113.7, 23.0), (113.8, 23.0), (113.75, 23.05)]],
    }
    north = {
        "key": "2",
        "label": "north",
        "rings": [[(113.7, 23.1), (113.8, 23.1), (113.75, 23.15)]],
    }

    sketch = charts.outlines([south, north])

    assert sketch.shapes[1].y < sketch.shapes[0].y
    assert all(
        0 <= shape.x <= sketch.width and 0 <= shape.y <= sketch.height for shape in sketch.shapes
    )


def test_a_sketch_of_nothing_is_empty() -> None:
    assert charts.outlines([]).shapes == []


def test_one_schematic_outline_makes_the_whole_sketch_schematic() -> None:
    ring = [[(113.7, 23.0), (113.8, 23.0), (113.75, 23.05)]]
    own = {"key": "1", "label": "own", "rings": ring, "is_schematic": False}
    sketched = {"key": "2", "label": "sketched", "rings": ring}

    assert not charts.outlines([own]).is_schematic
    assert charts.outlines([own, sketched]).is_schematic


def test_the_number_of_an_area_stands_in_its_middle_however_ragged_its_edge() -> None:
    ragged = [(0, 0), *((10, y / 10) for y in range(101)), (0, 10)]

    sketch = charts.outlines([{"key": "1", "label": "x", "rings": [ragged]}], width=116)

    assert abs(sketch.shapes[0].x - 58) < 2

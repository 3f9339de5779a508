"""Routing gives what trying every rule in order gives, and says what it looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.rules.routing import BadPolygon, Router, inputs_of, polygon_of, tried_in_order
from linli.cases.types.routing import Asked, InCell, Rule

CELLS = [InCell("G1", 1, 7), InCell("G2", 1, 8), InCell("G3")]
PATHS = ["441900/", "441900/441900005/", "441900/441900005/441900005001/", "441900/441900006/"]


def square(x: float, y: float, size: float) -> dict[str, Any]:
    return shapely.geometry.mapping(shapely.box(x, y, x + size, y + size))


sets = st.frozensets
rules = st.builds(
    Rule,
    id=st.integers(1, 10**6),
    order=st.integers(0, 5),
    org_id=st.just(1),
    post_id=st.integers(1, 99),
    categories=sets(st.integers(1, 4), max_size=2),
    matters=sets(st.sampled_from(["help", "complaint"]), max_size=1),
    channels=sets(st.sampled_from(["page", "qr"]), max_size=1),
    path=st.sampled_from(["", *PATHS]),
    polygon=st.none() | st.builds(square, st.integers(0, 8), st.integers(0, 8), st.integers(1, 5)),
    hours=st.none() | st.sampled_from([(time(8), time(18)), (time(22), time(6))]),
    weekdays=sets(st.integers(0, 6), max_size=3),
    answers=st.just(())
    | st.just((("danger", frozenset({"yes"})),))
    | st.just((("at", frozenset({"441900005"})),)),
    since=st.none() | st.just(date(2026, 8, 11)),
    until=st.none() | st.just(date(2026, 8, 12)),
    layer=st.sampled_from(["", "", "social"]),
)
cases = st.builds(
    Asked,
    at=st.integers(0, 96).map(lambda h: datetime(2026, 8, 9 + h // 24, h % 24, tzinfo=UTC)),
    path=st.sampled_from(PATHS),
    category_id=st.none() | st.integers(1, 4),
    matter=st.sampled_from(["help", "complaint"]),
    channel=st.sampled_from(["page", "qr"]),
    point=st.none() | st.tuples(st.floats(0, 10), st.floats(0, 10)),
    answers=st.just({})
    | st.just({"danger": "yes"})
    | st.just({"danger": "no"})
    | st.just({"at": "441900/441900005/441900005001"}),
    cells=st.sampled_from([{}, *({"social": one} for one in CELLS)]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, max_size=12, unique_by=lambda rule: rule.id), st.lists(cases, max_size=8))
def test_the_first_rule_that_fits_is_found(given_rules: list[Rule], asked: list[Asked]) -> None:
    router = Router(given_rules)

    found = router.route_many(asked)

    tried = [tried_in_order(router.rules, router.polygons, one) for one in asked]
    assert [one and one.rule_id for one in found] == [one and one.id for one in tried]
    assert [router.route(one) for one in asked] == found


@settings(max_examples=200, deadline=None)
@given(rules, cases, cases)
def test_a_case_with_the_same_inputs_is_sent_the_same_way(
    rule: Rule, one: Asked, other: Asked
) -> None:
    """Only a change of what a rule looked at may route a case anew (time is looked at once)."""
    router = Router([rule])
    same_time = Asked(
        one.at,
        other.path,
        other.category_id,
        other.matter,
        other.channel,
        other.point,
        other.answers,
        other.cells,
    )

    if inputs_of(rule, one) == inputs_of(rule, same_time) and one.point == other.point:
        assert (router.route(one) is None) == (router.route(same_time) is None)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]},
        {"type": "Point", "coordinates": [1, 1]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon"},
        {"type": "Star", "coordinates": []},
    ],
)
def test_a_polygon_that_is_none_is_refused(geometry: dict[str, Any]) -> None:
    with pytest.raises(BadPolygon):
        polygon_of(geometry)


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ("441900005001", True),
        ("441900005", True),
        ("441900", True),
        ("441900006", False),
        ("44", False),
    ],
)
def test_an_answer_that_says_where_fits_a_rule_for_a_place_above_it(
    wanted: str, fits: bool
) -> None:
    rule = Rule(1, 1, 1, 7, answers=(("at", frozenset({wanted, "441900999"})),))
    at = datetime(2026, 8, 10, 4, tzinfo=UTC)
    asked = Asked(at, PATHS[0], answers={"at": "441900/441900005/441900005001"})

    found = Router([rule]).route(asked)

    assert (found is not None) == fits
    if found is not None:
        assert found.inputs == {"answer.at": "441900/441900005/441900005001"}

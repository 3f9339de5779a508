"""A rule may send to the grid worker of the cell in which a case lies; without one the next rule is asked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.cases import permits as cases
from linli.cases.models import Assignment, CaseEvent, RoutingRule, RuleSet
from linli.cases.queries import rule_sets as sets
from linli.cases.queries.in_cells import in_cells
from linli.cases.queries.routes import sent_by
from linli.cases.queries.routing import destinations, rule_values
from linli.cases.queries.shadow import compare
from linli.cases.rules.routing import tried_in_order
from linli.cases.services import routing, rule_sets, rule_tests, rules
from linli.cases.services.opening import Opened
from linli.cases.testing import NOON, VILLAGE, make_case
from linli.cases.types.keeping import RuleDetails, TestDetails
from linli.cases.types.routing import Asked, Routed
from linli.cli.routing import route
from linli.grid.models import CellDuty
from linli.grid.queries.posts import posts_of_cells
from linli.grid.testing import CELL, make_cell, make_duty
from linli.grid.types import CellKey, Role, Shift
from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.orgs.models import Post
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.models import Cell
from linli.places.testing import make_outline, make_village

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 10)
CITY = "441900/"
KEEPER = make_actor("keeper", cases.KEEP_RULES, cases.SEE, at=CITY, account_id=5)
EAST = CellKey("social", "G2")
# the two cells of the village share a border at 113.75
WEST_POINT, EAST_POINT, FAR_POINT = (113.745, 22.955), (113.755, 22.955), (113.9, 22.9)
RINGS = {"G1": (113.74, 113.75), "G2": (113.75, 113.76)}


def post(kind: str = "grid_worker", *, held: bool = True) -> Post:
    made = make_post(make_organisation(at=make_village()), kind=kind)
    if held:
        make_holding(made, since=date(2020, 1, 1))
    return made


def two_cells() -> None:
    for code, (west, east) in RINGS.items():
        cell = make_cell(make_village(), code)
        ring = [[west, 22.95], [east, 22.95], [east, 22.96], [west, 22.96], [west, 22.95]]
        cell.geometry = {"type": "Polygon", "coordinates": [ring]}
        cell.save()


def in_force(**first: Any) -> tuple[RoutingRule, Post]:
    """Put two rules in force: to the worker of the cell, then everything to the office."""
    office = post("committee_chair")
    rule_set = RuleSet.objects.create(
        path=CITY, title="x", state="in_force", since=date(2026, 1, 1), made_at=NOON, made_by="x"
    )
    by_cell = RoutingRule.objects.create(
        rule_set=rule_set, order=1, title="by cell", org_id=0, post_id=0, layer="social", **first
    )
    RoutingRule.objects.create(
        rule_set=rule_set, order=2, title="rest", org_id=office.organisation_id, post_id=office.pk
    )
    return by_cell, office


def reported(point: tuple[float, float] | None = WEST_POINT, **more: Any) -> Opened:
    at = (round(point[0] * 1e6), round(point[1] * 1e6)) if point else None
    return make_case(point=at, **more)


def sent(opened: Opened) -> Routed:
    with transaction.atomic():
        found = routing.send(opened.held.id, actor=NOBODY, now=NOON)
    assert found is not None
    return found


def test_a_report_reaches_the_worker_of_its_cell_and_the_decision_keeps_rule_and_cell() -> None:
    two_cells()
    (rule, _office), west, east = in_force(), post(), post()
    make_duty(make_village(), west)
    make_duty(make_village(), east, EAST)

    first, second = sent(reported()), sent(reported(EAST_POINT))

    assert (first.post_id, second.post_id) == (west.pk, east.pk)
    assert Assignment.objects.filter(rule_id=rule.pk).count() == 2
    kept = CaseEvent.objects.filter(move="offer").order_by("pk")[0].facts["route"]
    assert kept["rule"] == rule.pk and kept["inputs"] == {"cell": "social G1"}
    told = sent_by(CaseEvent.objects.filter(move="offer").order_by("pk")[0].case_id)
    assert told is not None and (told.rule, told.cell) == ("by cell", "G1")


def test_where_nobody_looks_after_the_cell_the_next_rule_is_asked() -> None:
    two_cells()
    _rule, office = in_force()
    make_duty(make_village(), post(), EAST)

    assert sent(reported()).post_id == office.pk
    assert sent(reported(FAR_POINT)).post_id == office.pk
    assert sent(reported(None)).post_id == office.pk


@pytest.mark.parametrize("gone", ["vacant", "closed", "over", "head"])
def test_a_cell_whose_worker_is_gone_falls_to_the_next_rule(gone: str) -> None:
    two_cells()
    (_rule, office), worker = in_force(), post(held=gone != "vacant")
    role = Role.HEAD if gone == "head" else Role.WORKER
    make_duty(make_village(), worker, role=role)
    CellDuty.objects.update(until=DAY if gone == "over" else None)
    Post.objects.filter(pk=worker.pk).update(closed_on=DAY if gone == "closed" else None)

    found = sent(reported())

    assert found.post_id == office.pk and found.meant_post_id is None


def test_a_held_deputy_of_the_cell_comes_before_a_vacant_worker_and_the_shift_counts() -> None:
    two_cells()
    vacant, deputy, night = post(held=False), post(), post()
    make_duty(make_village(), vacant)
    make_duty(make_village(), deputy, role=Role.DEPUTY, shift=Shift.DAY)
    make_duty(make_village(), night, role=Role.DEPUTY, shift=Shift.NIGHT)

    asked = [(VILLAGE, "social", "G1", NOON), (VILLAGE, "social", "G1", NOON + timedelta(hours=12))]
    found = posts_of_cells([*asked, (VILLAGE, "social", "G9", NOON)], DAY)

    assert found[:2] == [
        (deputy.organisation_id, deputy.pk), (night.organisation_id, night.pk),
    ]  # fmt: skip
    assert found[2] is None


def test_a_village_that_is_one_cell_needs_no_point() -> None:
    make_cell(make_village(), "G1")
    in_force()
    worker = post()
    make_duty(make_village(), worker)

    assert sent(reported(None)).post_id == worker.pk


def test_a_case_about_the_worker_goes_above_her_and_never_to_her() -> None:
    two_cells()
    (_rule, office), worker = in_force(), post()
    make_duty(make_village(), worker)

    found = sent(reported(about_post_id=worker.pk))

    assert found.post_id == office.pk


def test_another_cell_sends_anew_and_another_worker_of_the_cell_does_not() -> None:
    two_cells()
    in_force()
    first, second = post(), post()
    duty = make_duty(make_village(), first)
    make_duty(make_village(), second, EAST)
    case = reported()
    sent(case)

    CellDuty.objects.filter(pk=duty.pk).update(post=post())
    with transaction.atomic():
        same = routing.reroute(case.held.id, actor=NOBODY, now=NOON)
    CellDuty.objects.filter(pk=duty.pk).update(until=DAY)
    with transaction.atomic():
        gone = routing.reroute(case.held.id, actor=NOBODY, now=NOON)

    assert same is None and gone is None
    Cell.objects.filter(code="G1").update(valid_to=DAY)
    Cell.objects.filter(code="G2").update(geometry=_around(WEST_POINT))
    with transaction.atomic():
        moved = routing.reroute(case.held.id, actor=NOBODY, now=NOON)
    assert moved is not None and moved.post_id == second.pk


def _around(point: tuple[float, float]) -> dict[str, Any]:
    (lon, lat), side = point, 0.02
    ring = [
        [lon - side, lat - side],
        [lon + side, lat - side],
        [lon, lat + side],
        [lon - side, lat - side],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def test_many_cases_take_as_many_queries_as_one_and_go_where_each_would_alone() -> None:
    two_cells()
    rule, _office = in_force()
    for cell in (CELL, EAST):
        make_duty(make_village(), post(), cell)
    points = [WEST_POINT, EAST_POINT, FAR_POINT, None]
    asked = [Asked(NOON, VILLAGE, point=point) for point in points] * 20

    with CaptureQueriesContext(connection) as one:
        alone = [destinations([single], DAY)[0] for single in asked[:1]]
    with CaptureQueriesContext(connection) as many:
        found = destinations(asked, DAY)

    assert len(many) <= len(one)
    assert found[0] == alone[0] and found[:4] * 20 == found
    assert [one.rule_id == rule.pk for one in found[:4] if one] == [True, True, False, False]


@pytest.mark.parametrize("first", [{"categories": [7]}, {"matters": ["praise"]}, {"order": 3}])
def test_only_what_may_go_by_its_cell_asks_for_cells(first: dict[str, Any]) -> None:
    two_cells()
    rule, office = in_force()
    RoutingRule.objects.filter(pk=rule.pk).update(**first)
    make_duty(make_village(), post())
    lamp = Asked(NOON, VILLAGE, category_id=5, matter="help", point=WEST_POINT)

    with CaptureQueriesContext(connection) as asked:
        found = destinations([lamp], DAY)[0]

    assert found is not None and found.post_id == office.pk
    assert not [one for one in asked if "places_cell" in one["sql"] or "cellduty" in one["sql"]]


def test_tests_of_a_set_shadow_and_force_follow_the_cells() -> None:
    two_cells()
    worker = post()
    make_duty(make_village(), worker)
    draft = rule_sets.begin_set(CITY, "2027", actor=KEEPER, now=NOON)
    rules.save_rule(
        draft.pk, RuleDetails("cells", layer="social"), edition=1, actor=KEEPER, now=NOON
    )
    point = (round(WEST_POINT[0] * 1e6), round(WEST_POINT[1] * 1e6))
    test = TestDetails("lamp", NOON, VILLAGE, point=point, post_id=worker.pk)
    rule_tests.save_test(draft.pk, test, edition=2, actor=KEEPER, now=NOON)
    none = replace(test, title="elsewhere", point=None, post_id=None)
    rule_tests.save_test(draft.pk, none, edition=3, actor=KEEPER, now=NOON)
    whoever = replace(test, title="whoever", post_id=None, layer="social")
    rule_tests.save_test(draft.pk, whoever, edition=4, actor=KEEPER, now=NOON)
    office = post("committee_chair")
    reported()

    shadow = compare(
        draft, KEEPER, since=NOON - timedelta(days=1), until=NOON + timedelta(days=1), now=NOON
    )

    assert sets.failing_tests(draft) == []
    CellDuty.objects.update(until=DAY)
    assert [one.test.title for one in sets.failing_tests(draft)] == ["lamp", "whoever"]
    CellDuty.objects.update(until=None)
    assert [(one.before and one.before.post_id, one.after and one.after.post_id)
            for one in shadow.differences] == [(office.pk, worker.pk)]  # fmt: skip
    forced = rule_sets.put_in_force(draft.pk, date(2099, 1, 1), edition=5, actor=KEEPER, now=NOON)
    copy = rule_sets.begin_set(CITY, "2028", copy_of=forced, actor=KEEPER, now=NOON)
    assert copy.rules.get().layer == "social"
    assert copy.tests.get(title="whoever").layer == "social"


@pytest.mark.parametrize(
    ("details", "field"),
    [(RuleDetails("x"), "post_id"), (RuleDetails("x", layer="nothing"), "layer"),
     (RuleDetails("x", post_id=7, layer="social"), "layer")],
)  # fmt: skip
def test_a_rule_has_a_post_or_a_layer_and_not_both(details: RuleDetails, field: str) -> None:
    make_cell(make_village(), "G1")
    draft = rule_sets.begin_set(CITY, "2027", actor=KEEPER, now=NOON)

    with pytest.raises(Invalid) as fault:
        rules.save_rule(draft.pk, details, edition=1, actor=KEEPER, now=NOON)

    assert list(fault.value.fields) == [field] and not RoutingRule.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutingRule.objects.create(rule_set=draft, order=1, title="x", org_id=1, post_id=0)


def test_the_page_and_the_api_write_such_a_rule_and_show_it_in_words() -> None:
    make_cell(make_village(), "G1")
    draft = rule_sets.begin_set(CITY, "2027", actor=KEEPER, now=NOON)
    client, where = client_of(KEEPER), f"/en/routing/rules/{draft.pk}/"

    asked = client.get(f"{where}new/").content.decode()
    typed = {"edition": 1, "title": "cells", "post_id": "cell:social", "key": "k" * 36}
    wrote = client.post(f"{where}new/", typed)
    rule = RoutingRule.objects.get()
    listed = client.get(where).content.decode()
    again = client.get(f"{where}{rule.pk}/").content.decode()
    added = post_json(
        client, f"/api/v1/routing/rules/{draft.pk}/rules/",
        {"edition": 2, "title": "api", "layer": "social"},
    )  # fmt: skip

    assert 'value="cell:social"' in asked and wrote.status_code == 303
    assert (rule.layer, rule.post_id) == ("social", 0)
    assert "the grid worker of the cell (Social-service grids)" in listed
    assert 'value="cell:social" selected' in again
    assert added.status_code == 201 and added.json()["layer"] == "social"


def test_the_plain_way_of_trying_rules_agrees() -> None:
    two_cells()
    rule, _office = in_force()
    make_duty(make_village(), post())
    asked = [Asked(NOON, VILLAGE, point=point) for point in (WEST_POINT, EAST_POINT)]

    found = destinations(asked, DAY)

    assert [one.rule_id for one in found if one] == [rule.pk, rule.pk + 1]
    order = [rule_values(one) for one in RoutingRule.objects.order_by("order")]
    tried = [tried_in_order(order, [None, None], one) for one in in_cells(asked, {"social"}, DAY)]
    assert [one and one.id for one in tried] == [rule.pk, rule.pk + 1]


def test_the_command_says_which_worker_would_get_each_row(tmp_path: Path) -> None:
    two_cells()
    (rule, office), worker = in_force(), post()
    make_duty(make_village(), worker, since=date(2020, 1, 1))
    make_outline(make_village().code, 113.75, 22.955, side=0.02)
    file = tmp_path / "orders.csv"
    file.write_text("number,text,lon,lat\n1,lamp,113.745,22.955\n2,lamp,113.755,22.955\n")

    done = CliRunner().invoke(route, [str(file), "--json"])

    rows = json.loads(done.stdout)
    assert [(one["post_id"], one["rule"]) for one in rows] == [
        (worker.pk, rule.pk), (office.pk, rule.pk + 1),
    ]  # fmt: skip

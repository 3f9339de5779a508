"""Indicators, the board, and the absence of Party values on every surface."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.kernel.permits import NOBODY, PROTECTED, Actor
from linli.kernel.registries import INDICATORS
from linli.kernel.testing import CITY, TOWN, client_of
from linli.places.testing import make_town, seed
from linli.plan import indicators, queries, services
from linli.plan.models import IndicatorValue, Target
from linli.plan.rules.progress import Pile, Standing
from linli.plan.testing import (
    NOON,
    SYSTEM,
    TODAY,
    call,
    city_lead,
    make_filed_plan,
    make_plan,
    party_actor,
    town_lead,
)
from linli.plan.tests.measuring import SECRET
from linli.plan.tests.test_pages import CODE, address
from linli.plan.types import CallKind
from linli.plan.views import board_rows

pytestmark = pytest.mark.usefixtures("plan_there")


@pytest.mark.django_db
def test_kept_values_equal_what_the_indicators_say(measured: None) -> None:
    assert IndicatorValue.objects.count() == 4
    for row in IndicatorValue.objects.all():
        indicator = INDICATORS.get(row.indicator)
        assert indicator is not None
        again = indicator.measure(row.path, row.as_of)
        assert (row.numerator, row.denominator) == (again.numerator, again.denominator)
        assert (row.evidence_count, row.level) == (len(again.evidence), indicator.level)


@pytest.mark.django_db
def test_measuring_a_day_again_replaces_its_values(measured: None) -> None:
    services.measure_all(TODAY, actor=SYSTEM, now=NOON, keys=["test.open"])
    services.measure_all(date(2026, 11, 25), actor=SYSTEM, now=NOON, keys=["test.open"])
    assert IndicatorValue.objects.filter(indicator="test.open").count() == 4
    history = queries.trend_of(NOBODY, "test.open", CITY, date(2026, 12, 1))
    assert [one.as_of for one in history] == [TODAY, date(2026, 11, 25)]


@pytest.mark.django_db
def test_the_board_shows_the_share_in_red_past_the_date(measured: None) -> None:
    found = queries.board(NOBODY, queries.current_document(), TODAY)
    row = next(row for row in found.rows if row.place.code == "441900005")
    assert (row.cells[12].standing, row.cells[12].percent) == (Standing.LATE, 84)
    assert row.cells[13].standing == Standing.UNKNOWN
    assert found.held == {1, 2, 3}
    assert [(p.code, t.number) for p, t, _cell in found.piles[Pile.REQUIRED]] == [("441900005", 12)]


@pytest.mark.django_db
def test_a_report_on_a_task_whose_date_has_passed_counts_as_such() -> None:
    document, town = make_plan(), make_town()
    call(document, CallKind.REPORT)
    dated = Target.objects.filter(task__level=1, deadline__lt=TODAY, force="require").first()
    assert dated is not None
    assert dated.task is not None
    services.file_report(dated.task, town, "见公示", actor=town_lead(), now=NOON)

    found = queries.board(town_lead(), document, TODAY)

    assert (dated.task.number, Standing.CHECKING) in [
        (task.number, cell.standing) for _place, task, cell in found.piles[Pile.REQUIRED]
    ]


@pytest.mark.django_db
def test_each_number_opens_the_list_of_exactly_what_it_counts(measured: None) -> None:
    call(queries.current_document(), CallKind.REPORT)
    client = client_of(city_lead())
    found = queries.board(city_lead(), queries.current_document(), TODAY)
    assert sum(len(cells) for cells in found.piles.values()) > 1
    for stat in board_rows.stats(found):
        if not stat.url:
            continue
        known = int(stat.value.split(" / ")[1])
        page = client.get(f"{stat.url}&format=csv").content.decode("utf-8-sig")
        lines = [line for line in page.splitlines() if "441900005" in line]
        assert len(lines) == known, (stat, page)


@pytest.mark.django_db
def test_the_invented_town_stands_first_where_it_is_shown() -> None:
    seed(invented=True)
    document = make_plan()

    shown = queries.board(NOBODY, document, TODAY, with_invented=True)
    hidden = queries.board(NOBODY, document, TODAY)

    codes = [row.place.code for row in shown.rows]
    assert codes[0] == "441900990"
    assert codes[1:] == sorted(codes[1:]) == [row.place.code for row in hidden.rows]
    by_name = board_rows.rows(shown, "name", None, "")
    assert by_name[0].place.code == "441900990"


@pytest.mark.django_db
def test_a_grant_shows_the_party_columns_and_nothing_else_does(measured: None) -> None:
    document = queries.current_document()
    assert queries.board(city_lead(), document, TODAY).held == {1, 2, 3}
    granted = queries.board(party_actor(), document, TODAY)
    assert granted.held == set()
    row = next(row for row in granted.rows if row.place.code == "441900005")
    assert row.cells[1].standing == Standing.REACHED


SURFACES = [
    ("board", [], {}), ("board", [], {"task": "1", "town": "441900005"}),
    ("board", [], {"task": "1", "numbers": "csv"}), ("board", [], {"format": "csv"}),
    ("board", [], {"sort": "value", "task": "1"}), ("board_print", [], {}), ("cells", [], {}),
    ("cells", [], {"format": "csv"}), ("task", [CODE, 1], {}), ("target", [CODE, "T01-1"], {}),
    ("targets", [CODE], {"format": "csv"}),
    ("indicators", [], {}), ("document", [CODE], {}),
]  # fmt: skip
API = ["/api/v1/plan/tasks/", "/api/v1/plan/targets/", "/api/v1/plan/measures/?limit=1000"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["nobody", "staff"])
@pytest.mark.parametrize(("name", "args", "query"), SURFACES)
def test_party_values_are_on_no_page_or_file(
    measured: None, who: str, name: str, args: list[Any], query: dict[str, str]
) -> None:
    """Issue §3: absent from boards, public API, export and big screens for others."""
    actor = NOBODY if who == "nobody" else city_lead()
    body = client_of(actor).get(address(name, *args), query).content.decode()
    assert SECRET not in body.replace(",", "")
    assert "PARTY-EVIDENCE" not in body


@pytest.mark.django_db
@pytest.mark.parametrize("path", API)
def test_party_values_are_not_in_the_api(measured: None, path: str) -> None:
    for actor in (NOBODY, city_lead()):
        body = client_of(actor).get(path).content.decode()
        assert SECRET not in body
        assert "test.party" not in body


@pytest.mark.django_db
def test_a_grant_sees_party_values_on_the_page_and_in_the_api(measured: None) -> None:
    client = client_of(party_actor())
    page = client.get(address("board"), {"task": "1", "town": "441900005"}).content.decode()
    assert "PARTY-EVIDENCE" in page
    items = client.get("/api/v1/plan/targets/").json()["items"]
    assert next(t for t in items if t["code"] == "T01-1")["value"] == 90


@pytest.mark.django_db
def test_the_panel_tells_what_is_missing(measured: None) -> None:
    page = client_of(NOBODY).get(address("board"), {"task": "12", "town": "441900005"})
    body = page.content.decode()
    assert "示范三村" in body
    assert "84%" in body


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [NOBODY, city_lead()], ids=["nobody", "staff"])
def test_the_board_takes_the_same_queries_for_one_town_and_for_thirty_seven(
    measured: None, actor: Actor
) -> None:
    document = queries.current_document()
    few = _queries(actor, document)
    _make_towns(36)
    many = _queries(actor, document)
    assert few == many
    assert many <= 8
    assert len(queries.board(actor, document, TODAY, with_invented=True).rows) == 37


def _make_towns(count: int) -> None:
    for number in range(count):
        make_town(f"4419001{number:02}", villages=0)


def _queries(actor: Actor, document: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        queries.board(actor, document, TODAY, with_invented=True)
    return len([q for q in seen if "SAVEPOINT" not in q["sql"]])


@pytest.mark.django_db
def test_real_towns_have_no_value_that_nobody_entered() -> None:
    seed()
    make_plan()
    services.measure_all(TODAY, actor=SYSTEM, now=NOON, keys=["S01"])
    found = queries.board(city_lead(), queries.current_document(), TODAY)
    standings = {cell.standing for row in found.rows for cell in row.cells.values()}
    assert standings <= {Standing.UNKNOWN, Standing.NOT_APPLICABLE}


@pytest.mark.django_db
def test_town_plans_on_file_are_unknown_until_somebody_asks() -> None:
    document = make_plan()
    town = make_town()
    assert indicators.town_plans(town.path, TODAY).numerator is None
    make_filed_plan(document)
    found = indicators.town_plans(town.path, TODAY)
    assert (found.numerator, found.denominator) == (1, 1)
    assert found.evidence[0].url.endswith("/")
    whole = indicators.town_plans("441900/", TODAY)
    assert (whole.numerator, whole.denominator) == (1, 1)
    assert indicators.town_plans("441900/441900006/", TODAY).numerator is None
    assert town.path == TOWN


@pytest.mark.django_db
def test_town_plans_of_an_earlier_day_are_those_that_were_on_file_then() -> None:
    filed = make_filed_plan(make_plan(), steps="")

    def on_file(after: int) -> int | None:
        return indicators.town_plans(TOWN, TODAY + timedelta(days=after)).numerator

    before = (on_file(-1), on_file(0))
    services.check_town_plan(
        filed, {"steps": "没有推进步骤"}, version=1, actor=city_lead(), now=NOON + timedelta(days=2)
    )
    assert before == (0, 1)
    assert (on_file(-1), on_file(0), on_file(1), on_file(2)) == (0, 1, 1, 0)


@pytest.mark.django_db
def test_a_bound_target_is_at_least_as_confidential_as_its_indicator(measured: None) -> None:
    open_target = Target.objects.get(code="T12-1")
    assert open_target.level == 1
    services.bind_target_to_indicator(open_target, "test.party", actor=SYSTEM, now=NOON)
    open_target.refresh_from_db()
    assert open_target.level == PROTECTED


@pytest.mark.django_db
def test_an_indicator_is_shown_town_by_town_and_a_party_one_is_not_found(measured: None) -> None:
    staff = client_of(city_lead())
    page = staff.get(address("indicator", "test.open"))
    assert "84%" in page.content.decode()
    assert staff.get(address("indicator", "test.open"), {"format": "csv"}).status_code == 200
    assert staff.get(address("indicator", "test.party")).status_code == 404
    assert client_of(NOBODY).get(address("indicator", "test.party")).status_code == 404
    granted = client_of(party_actor()).get(address("indicator", "test.party"))
    assert SECRET in granted.content.decode().replace(",", "")

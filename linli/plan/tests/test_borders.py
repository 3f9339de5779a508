"""The board of an earlier day, under the towns of that day and carried to those of a later one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from linli.kernel.permits import NOBODY, Actor
from linli.kernel.registries import INDICATORS, Indicator, Measured
from linli.kernel.testing import client_of, stop_clock
from linli.places import services as places
from linli.places.models import Place
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import make_town
from linli.plan import queries, services
from linli.plan.models import IndicatorValue, Report, Target, Task
from linli.plan.queries import Board, Restated
from linli.plan.rules.progress import Count, Goal, Pile, Standing, measured_cell, reported_cell
from linli.plan.testing import NOON, SYSTEM, make_plan
from linli.plan.tests.test_pages import address
from linli.plan.types import CallKind
from linli.plan.views import board_rows

pytestmark = pytest.mark.usefixtures("plan_there")

MEASURED, BEFORE, AFTER = date(2026, 10, 1), date(2026, 10, 20), date(2026, 11, 20)
KEY = "test.open"
TASK = 12
A, B, C, NEW = "441900005", "441900006", "441900007", "441900900"


@pytest.fixture
def bound() -> Iterator[None]:
    """The open target of task 12 is measured by an indicator of our own."""
    make_plan()
    INDICATORS.add(Indicator(KEY, "覆盖", "percent of villages", lambda p, on: Measured(1, 1, on)))
    services.bind_target_to_indicator(Target.objects.get(code="T12-1"), KEY, actor=SYSTEM, now=NOON)
    yield
    del INDICATORS._items[KEY]


def measure(**counts: tuple[int | None, int | None]) -> None:
    for code, (numerator, denominator) in counts.items():
        IndicatorValue.objects.create(
            indicator=KEY, path=Place.objects.get(code=code[1:]).path, as_of=MEASURED,
            numerator=numerator, denominator=denominator, measured_at=NOON,
        )  # fmt: skip


def towns() -> None:
    for code in (A, B, C):
        make_town(code)


def merge() -> None:
    """Two towns become one on 2026-11-01."""
    places.merge_places(
        list(Place.objects.filter(code__in=[A, B])),
        into=NewPlace(NEW, "新镇", "New Town", "新镇"),
        decree=Decree("示民〔2026〕1号", date(2026, 11, 1)), actor=SYSTEM, now=NOON,
    )  # fmt: skip


def shown(found: Board) -> dict[str, tuple[int | None, int | None]]:
    return {
        row.place.code: (one.numerator, one.denominator)
        for row in found.rows
        if (one := found.values.get((KEY, row.place.path)))
    }


def board(on: date, to: date | None = None, actor: Actor = NOBODY) -> Board:
    return queries.board(actor, queries.current_document(), on, to=to)


@pytest.mark.django_db
def test_a_value_measured_before_a_merge_stands_under_the_towns_of_its_day(bound: None) -> None:
    towns()
    measure(t441900005=(3, 10), t441900006=(4, 6), t441900007=(1, 2))
    merge()

    then, now = board(BEFORE), board(AFTER)

    assert shown(then) == {A: (3, 10), B: (4, 6), C: (1, 2)}
    assert [row.place.code for row in now.rows] == [C, NEW]
    assert shown(now) == {C: (1, 2)}


@pytest.mark.django_db
def test_carried_to_the_towns_of_a_later_day_the_sum_stays(bound: None) -> None:
    towns()
    measure(t441900005=(3, 10), t441900006=(4, 6), t441900007=(1, 2))
    merge()

    carried = board(BEFORE, AFTER)

    assert shown(carried) == {C: (1, 2), NEW: (7, 16)}
    row = next(row for row in carried.rows if row.place.code == NEW)
    assert (row.cells[TASK].percent, len(row.sources), row.moved) == (43, 2, 0)
    assert next(row for row in carried.rows if row.place.code == C).sources == ()


@pytest.mark.django_db
@pytest.mark.parametrize("unknown", [None, (None, 6)])
def test_a_restated_cell_with_an_unknown_part_says_so_and_shows_no_number(
    bound: None, unknown: tuple[int | None, int | None] | None
) -> None:
    towns()
    measure(t441900005=(3, 10), **({"t441900006": unknown} if unknown else {}))
    merge()

    carried = board(BEFORE, AFTER)

    row = next(row for row in carried.rows if row.place.code == NEW)
    value = carried.values[KEY, row.place.path]
    assert isinstance(value, Restated)
    assert (row.cells[TASK].standing, row.cells[TASK].percent) == (Standing.PARTIAL, None)
    assert (value.numerator, value.known[0]) == (None, 3)
    assert all(town.code != NEW for pile in Pile for town, _task, _cell in carried.piles[pile])


@pytest.mark.django_db
def test_of_towns_of_which_nothing_is_known_nothing_is_known_together(bound: None) -> None:
    towns()
    measure(t441900007=(1, 2))
    merge()

    row = next(row for row in board(BEFORE, AFTER).rows if row.place.code == NEW)

    assert row.cells[TASK].standing == Standing.UNKNOWN


@pytest.mark.django_db
def test_a_split_town_is_shared_out_by_weight_without_losing_one(bound: None) -> None:
    towns()
    measure(t441900005=(3, 10))
    parts = [
        NewPlace("441900901", "东镇", "East", "东镇", 2, ("441900005001",)),
        NewPlace("441900902", "西镇", "West", "西镇", 1, ("441900005002",)),
    ]
    places.split_place(
        Place.objects.get(code=A), parts=parts, actor=SYSTEM, now=NOON,
        decree=Decree("示民〔2026〕1号", date(2026, 11, 1)),
    )  # fmt: skip

    assert shown(board(BEFORE, AFTER)) == {"441900901": (2, 7), "441900902": (1, 3)}


@pytest.mark.django_db
def test_villages_that_changed_towns_are_told_on_both_rows(bound: None) -> None:
    towns()
    measure(t441900005=(3, 10), t441900006=(4, 6))
    places.move_place(
        Place.objects.get(code="441900005001"), under=Place.objects.get(code=B), version=1,
        decree=Decree("示民〔2026〕1号", date(2026, 11, 1)), actor=SYSTEM, now=NOON,
    )  # fmt: skip

    carried = board(BEFORE, AFTER)

    assert {row.place.code: row.moved for row in carried.rows} == {A: 1, B: 1, C: 0}
    assert shown(carried) == {A: (3, 10), B: (4, 6)}
    notes = {row.place.code: row.note for row in board_rows.rows(carried, "code", None, "")}
    assert notes[A]
    assert not notes[C]


@pytest.mark.django_db
def test_an_earlier_day_knows_no_later_report(bound: None) -> None:
    towns()
    task = Task.objects.get(number=9)
    town = Place.objects.get(code=A)
    Report.objects.create(
        document=task.document, task=task, place_id=town.pk, path=town.path,
        city_id=town.city_id, town_id=town.town_id, text="x", state="accepted", evidence_count=1,
        filed_at=datetime(2026, 10, 10, 4, tzinfo=UTC),
        checked_at=datetime(2026, 10, 25, 4, tzinfo=UTC),
    )  # fmt: skip

    standings = [
        next(row for row in board(day, actor=SYSTEM).rows if row.place.code == A).cells[9].standing
        for day in (MEASURED, BEFORE, AFTER)
    ]

    assert standings[1] == Standing.CHECKING
    assert standings[2] in (Standing.SHOWN, Standing.ACTIVE)
    assert standings[0] == Standing.UNKNOWN


@pytest.mark.django_db
@pytest.mark.parametrize("is_checked_again", [False, True])
def test_between_the_first_filing_and_the_next_a_day_is_never_shown_as_none(
    bound: None, is_checked_again: bool
) -> None:
    towns()
    task = Task.objects.get(number=9)
    town = Place.objects.get(code=A)
    call = services.call_towns(
        task.document, CallKind.REPORT, path=town.path, due_on=None, basis="通知", actor=SYSTEM,
        now=datetime(2026, 9, 1, 4, tzinfo=UTC),
    )  # fmt: skip
    report = services.file_report(
        task, town, "做了", actor=SYSTEM, now=datetime(2026, 9, 10, 4, tzinfo=UTC)
    )
    before = standing_on(date(2026, 9, 5))
    report = services.check_report(
        report, reason="补充", version=1, actor=SYSTEM, now=datetime(2026, 10, 5, 4, tzinfo=UTC)
    )
    report = services.refile_report(
        report, "又做了", version=2, actor=SYSTEM, now=datetime(2026, 10, 25, 4, tzinfo=UTC)
    )
    if is_checked_again:
        services.check_report(
            report, version=3, actor=SYSTEM, now=datetime(2026, 11, 1, 4, tzinfo=UTC)
        )

    none = reported_cell(task.force, "", asked=True).standing
    assert call.path == town.path
    assert before == none
    assert standing_on(date(2026, 9, 20)) == Standing.UNKNOWN
    # when it was returned is known until it is checked once more
    returned = Standing.UNKNOWN if is_checked_again else none
    assert standing_on(BEFORE) == returned
    assert standing_on(date(2026, 10, 26)) == Standing.CHECKING


def standing_on(day: date) -> Standing:
    rows = board(day, actor=SYSTEM).rows
    return next(row for row in rows if row.place.code == A).cells[9].standing


@pytest.mark.django_db
def test_page_paper_list_and_file_show_the_same_day(
    bound: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch, NOON)
    towns()
    measure(t441900005=(3, 10), t441900006=(4, 6))
    merge()
    client, asked = client_of(NOBODY), {"on": "20261020", "to": "20261120"}

    page = client.get(address("board"), {**asked, "task": TASK, "town": NEW}).content.decode()
    paper = client.get(address("board_print"), asked).content.decode()
    file = client.get(address("board"), {**asked, "format": "csv"}).content.decode("utf-8-sig")
    then = client.get(address("board"), {"on": "10.20", "format": "csv"}).content.decode(
        "utf-8-sig"
    )
    cells = client.get(address("cells"), {**asked, "standing": "late"}).content.decode()

    for text in (page, paper, file):
        assert "折算到" in text
        assert NEW in text or "新镇" in text
    assert "on=2026-10-20&amp;to=2026-11-20" in page
    assert "由" in page and "43%" in file
    assert "30%" in then and NEW not in then
    assert "折算到" in cells


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", [{"on": "x"}, {"on": "20991231"}, {"on": "20261120", "to": "20261020"}]
)
def test_a_day_that_cannot_be_is_told(asked: dict[str, str]) -> None:
    make_plan()

    answer = client_of(NOBODY).get(address("board"), asked)

    assert answer.status_code == 422
    assert "alert-danger" in answer.content.decode()


@pytest.mark.django_db
def test_the_api_says_the_same_as_the_page(bound: None) -> None:
    towns()
    measure(t441900005=(3, 10), t441900007=(1, 2))
    merge()
    client = client_of(NOBODY)

    def rows(query: str) -> dict[str, dict[str, Any]]:
        answer = client.get(f"/api/v1/plan/board/{query}").json()
        return {row["code"]: row for row in answer["items"]}

    then, carried = rows("?on=20261020"), rows("?on=2026-10-20&to=20261120")
    first = client.get("/api/v1/plan/board/?on=20261020&limit=1").json()
    second = client.get(f"/api/v1/plan/board/?on=20261020&limit=1&cursor={first['next']}").json()

    assert set(then) == {A, B, C}
    assert set(carried) == {C, NEW}
    new = next(cell for cell in carried[NEW]["cells"] if cell["task"] == TASK)
    assert (new["standing"], new["percent"]) == ("partial", None)
    assert new["measured"] == [
        {
            "indicator": KEY, "numerator": None, "denominator": None, "known": 3,
            "as_of": "2026-10-01",
        }
    ]  # fmt: skip
    old = next(cell for cell in then[A]["cells"] if cell["task"] == TASK)
    assert (old["percent"], old["measured"][0]["numerator"]) == (30, 3)
    assert len(carried[NEW]["sources"]) == 2
    assert {cell["task"] for cell in then[A]["cells"]} == set(range(4, 21))
    assert [first["count"], second["items"][0]["code"]] == [3, B]
    for bad in ("?on=x", "?on=20261120&to=20261020", "?on=20991231", "?cursor=!!"):
        assert client.get(f"/api/v1/plan/board/{bad}").status_code == 422


def test_a_partial_count_is_neither_reached_nor_missed() -> None:
    goal = Goal("T", "x", ">=", "90", "percent", "require", date(2020, 1, 1))

    cell = measured_cell([(goal, Count(None, None, is_partial=True))], AFTER)

    assert (cell.standing, cell.percent) == (Standing.PARTIAL, None)

"""What homes show of the plan's dates: judged by force, only where something is known, in one read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.kernel.permits import NOBODY, PROTECTED
from linli.kernel.testing import CITY, OTHER_TOWN, TOWN, VILLAGE
from linli.places.testing import make_town, make_village
from linli.plan import home, services
from linli.plan.models import IndicatorValue, Stage, Target
from linli.plan.queries import due
from linli.plan.rules.due import Due, DueLine, due_of, in_order
from linli.plan.rules.progress import Count, Goal
from linli.plan.testing import CONTENTS, NOON, SYSTEM, TODAY, call, make_plan, town_lead
from linli.plan.types import CallKind

PAST, AHEAD = date(2018, 12, 31), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("force", "deadline", "count", "expected"),
    [
        ("require", PAST, Count(16, 19), Due.LATE),
        ("strive", PAST, Count(16, 19), Due.SHORT),
        ("encourage", PAST, Count(16, 19), Due.FREE),
        ("explore", PAST, Count(0, 19), Due.FREE),
        ("require", PAST, Count(19, 19), None),
        ("require", PAST, Count(None, None), None),
        ("require", PAST, Count(0, 0), None),
        ("require", AHEAD, Count(None, None), Due.NEXT),
        ("require", AHEAD, Count(16, 19), Due.NEXT),
        ("may", AHEAD, Count(None, None), Due.FREE),
        ("require", None, Count(1, 2), None),
    ],
)
def test_only_what_is_required_and_known_to_be_missed_is_late(
    force: str, deadline: date | None, count: Count, expected: Due | None
) -> None:
    goal = Goal("T12-1", "numeric", ">=", "95", "percent of villages", force, deadline)

    assert due_of(goal, count, TODAY) == expected


def test_late_comes_first_then_the_next_by_day() -> None:
    lines = [
        DueLine("target", Due.FREE, PAST), DueLine("target", Due.NEXT, AHEAD),
        DueLine("stage", Due.NEXT, TODAY), DueLine("target", Due.SHORT, PAST),
        DueLine("target", Due.LATE, PAST),
    ]  # fmt: skip

    assert [(one.due, one.on) for one in in_order(lines)] == [
        (Due.LATE, PAST), (Due.SHORT, PAST), (Due.NEXT, TODAY), (Due.NEXT, AHEAD), (Due.FREE, PAST),
    ]  # fmt: skip


def keep(path: str, part: int | None, whole: int | None, **more: Any) -> None:
    IndicatorValue.objects.create(
        indicator=more.pop("indicator", "T12-1"), path=path, as_of=TODAY, numerator=part,
        denominator=whole, measured_at=NOON, **more,
    )  # fmt: skip


def bound(code: str = "T12-1", **fields: Any) -> Target:
    """The plan's target on service centres, bound to its indicator."""
    target = Target.objects.get(document=make_plan(), code=code)
    services.bind_target_to_indicator(target, "T12-1", actor=SYSTEM, now=NOON)
    Target.objects.filter(pk=target.pk).update(**fields)
    target.refresh_from_db()
    return target


def shown(place: Any, on: date = TODAY) -> list[tuple[str, str]]:
    due.forget()
    return [(one.title, one.tone) for one in home.due(place, NOBODY, on, 50)]


@pytest.mark.django_db
@pytest.mark.usefixtures("plan_there")
def test_a_required_target_that_a_town_missed_is_late_on_its_own_home_only() -> None:
    target = bound(deadline=PAST, force="require")
    village, other = make_village(), make_town("441900006")
    keep(TOWN, 16, 19)
    keep(OTHER_TOWN, None, 19)

    town = make_town()

    line = [(target.name, "late")]
    assert shown(town) == line
    assert shown(village) == shown(other) == []
    url = home.due(town, NOBODY, TODAY, 5)[0].url
    assert url.endswith("?task=12&town=441900005#cell")


@pytest.mark.django_db
@pytest.mark.usefixtures("plan_there")
def test_what_is_striven_for_is_amber_and_the_rest_grey() -> None:
    target = bound(deadline=PAST, force="strive")
    town = make_town()
    keep(TOWN, 16, 19)

    assert shown(town) == [(target.name, "soon")]
    Target.objects.filter(pk=target.pk).update(force="explore")
    assert shown(town) == [(target.name, "idle")]
    IndicatorValue.objects.update(numerator=19)
    assert shown(town) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("plan_there")
def test_targets_and_stages_to_come_stand_by_their_day() -> None:
    plan, town = make_plan(), make_town()
    early = date(2016, 12, 1)
    dated = Target.objects.filter(document=plan, level__lt=PROTECTED, task__isnull=False)
    names = set(dated.filter(deadline__gte=early).values_list("name", flat=True))
    stages = set(Stage.objects.filter(document=plan).values_list("name", flat=True))

    found = [one for one in home.due(town, NOBODY, early, 50)]

    assert names <= {one.title for one in found} <= names | stages
    assert stages & {one.title for one in found}
    days = [one.on for one in found if one.tone == "run"]
    assert days == sorted(days)  # type: ignore[type-var]


@pytest.mark.django_db
@pytest.mark.usefixtures("plan_there")
def test_nothing_of_the_party_s_targets_stands_on_a_home(measured: None) -> None:
    Target.objects.filter(level__gte=PROTECTED).update(deadline=AHEAD, name="PARTY-TARGET")
    village = make_village()
    due.forget()

    pages = [
        Client().get(f"/zh-hans/places/{code}/").content.decode()
        for code in (village.code, "441900005", "441900")
    ]

    assert not any("PARTY-TARGET" in page or "9071355" in page for page in pages)


@pytest.mark.django_db
@pytest.mark.usefixtures("plan_there")
def test_a_town_that_was_asked_and_has_not_filed_is_told_so_until_it_files() -> None:
    plan, town = make_plan(), make_town()
    assert shown(town) == []
    call(plan, CallKind.TOWN_PLAN, due_on=TODAY - timedelta(days=1))

    assert [tone for _title, tone in shown(town)] == ["late"]
    assert [tone for _title, tone in shown(town, TODAY - timedelta(days=9))] == ["run"]
    assert shown(make_village()) == []
    services.file_town_plan(plan, town, CONTENTS, actor=town_lead(), now=NOON)
    assert shown(town) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("plan_there")
def test_cities_and_towns_show_public_numbers_and_never_an_unknown_one() -> None:
    make_plan()
    town, village = make_town(), make_village()
    keep(TOWN, 16, 19)
    keep(TOWN, None, 5, indicator="S01")
    keep(TOWN, 9071355, 1, indicator="T03-1", level=PROTECTED)
    due.forget()

    found = home.numbers(town, NOBODY, TODAY, 5)

    assert [one.url.rsplit("/", 2)[-2] for one in found] == ["T12-1"]
    assert "16" in found[0].title and "19" in found[0].title
    assert home.numbers(village, NOBODY, TODAY, 5) == []
    assert due.numbers_at(CITY, TODAY) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("plan_there")
def test_a_village_home_asks_once_for_what_is_due_and_then_not_again() -> None:
    bound(deadline=PAST, force="require")
    keep(TOWN, 16, 19)
    make_village()
    make_village("441900005002")

    asked = []
    for code in ("441900005001", "441900005001", "441900005002"):
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(f"/zh-hans/places/{code}/").status_code == 200
        asked.append([q["sql"] for q in seen])

    assert [sum("plan.due" in sql for sql in one) for one in asked] == [1, 0, 0]
    # scopes, place with its circles, notices, office, who is who
    assert len(asked[1]) <= 5
    assert VILLAGE.startswith(TOWN)

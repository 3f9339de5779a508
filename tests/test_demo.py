"""The demo's work on the desks: there once, by people who may, and not repeated by a second run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.timezone import localdate

from linli.access.queries.actors import account_actor
from linli.cases.models import Case, CaseFile
from linli.cases.queries.listing import list_cases
from linli.cases.services import weekly
from linli.cases.testing import faults
from linli.cases.types.listing import View, Wanted
from linli.demo import life, matters, party, staff, work
from linli.demo.cast import PARTY_DECIDER, PARTY_KEEPER, RESIDENT_PHONE, VILLAGE_1
from linli.demo.greeting import said, text
from linli.grid.models import Headship
from linli.grid.queries import heads, objects, rounds
from linli.kernel import scope
from linli.kernel.permits import PROTECTED, system_actor
from linli.orgs import permits
from linli.orgs.queries import coverage
from linli.orgs.queries.party import party_register
from linli.orgs.types import PartyType
from linli.places import queries as places
from linli.plan import imports as plan
from linli.plan.models import FundingLine, Pilot
from linli.portal.queries.mixing import due_work
from tests.city_life import PERSON, clerk_of
from tests.conftest import City

MAKER = system_actor("make demo")


def rows() -> dict[str, int]:
    """Return how many rows each table of ours has."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("linli.")]
    return {m._meta.db_table: m._default_manager.count() for m in ours if m._meta.managed}


def test_a_second_run_changes_nothing(city: City) -> None:
    now = timezone.now()
    with scope.acting(MAKER):
        # a week may have ended since the city was made
        weekly.publish_weeks(actor=MAKER, now=now)
        before = rows()
        plan.dongguan_2016(actor=MAKER, now=now)
        staff.fill_posts(actor=MAKER, now=now)
        life.make(actor=MAKER, now=now)
        work.make(actor=MAKER, now=now)
        life.measure(actor=MAKER, now=now)
        after = rows()

    assert after == before


@pytest.mark.parametrize("username", ["he.weiming", "ye.shaofen", "zeng.xianzhang"])
def test_who_signs_in_finds_work(city: City, username: str) -> None:
    now = timezone.now()

    assert due_work(clerk_of(username, now=now), localdate(now)).items


def test_who_signs_in_is_told_with_the_body_of_the_post(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff, "_token", lambda name, make, *, now: "")
    with scope.acting(MAKER):
        rows = staff.sign_ins(actor=MAKER, now=timezone.now())
    told = {row["username"]: said(row) for row in rows}

    assert told["he.weiming"] == "示范一村 村党工委书记"
    assert told["lu.jianbang"] == "示范一村 村监委会主任"
    assert told["li.guoqiang"] == "示范二村 村委会主任"
    assert told["chen.zhiyuan"] == "示范社区 居委会主任"
    assert {"post", "place", "username", "password", "totp_secret", "body"} <= set(rows[0])
    greeted = text("http://here", rows).splitlines()
    coded = [line for line in greeted if "mobile number and code" in line]
    assert [line.split()[0] for line in coded] == [RESIDENT_PHONE]
    for path in ("access/sign-in/", "access/sign-in/resident/"):
        assert any(line.endswith(f"http://here/zh-hans/{path}") for line in greeted)
    assert any(line.endswith("http://here/api/v1/openapi.json") for line in greeted)


def test_party_work_is_kept_and_decided_on_by_rights_that_end(city: City) -> None:
    now = timezone.now()
    keeper, decider = (clerk_of(name, now=now) for name in (PARTY_KEEPER, PARTY_DECIDER))
    village = places.get_place(VILLAGE_1).path

    rows = party.told_with_rights([{"username": name} for name in (PARTY_KEEPER, PARTY_DECIDER)])
    branches = party_register(keeper, village, on=localdate(now))
    waiting = [row.state for row in coverage.proposals(decider, village)]

    assert [row["level"] for row in rows] == [PROTECTED, PROTECTED]
    assert all(str(localdate(now)) < row["until"] for row in rows)
    assert {row.party_type for row in branches} == set(PartyType)
    assert None in {row.formal for row in branches}
    assert {"proposed", "submitted", "approved"} <= set(waiting)
    assert not decider.may(permits.PARTY_KEEP, at=village)
    assert not keeper.may(permits.PARTY_DECIDE, at=village)


def test_the_plan_of_the_demo_town_is_under_way(city: City) -> None:
    assert Pilot.objects.filter(path__startswith="441900/441900990/").exists()
    assert FundingLine.objects.filter(path__startswith="441900/441900990/").exists()


def test_reports_of_the_demo_village_stand_as_their_events_say(city: City) -> None:
    now = timezone.now()
    chair, town = (clerk_of(name, now=now) for name in ("he.weiming", "zhou.meiling"))

    states = sorted(Case.objects.filter(kind="report").values_list("state", flat=True))
    offered = list_cases(town, Wanted(View.OFFERED, now=now)).items

    assert faults() == []
    assert {"filed", "at_work", "done"} <= set(states)
    assert [row.number for row in list_cases(chair, Wanted(View.OVERDUE, now=now)).items]
    reports = [row.title for row in offered if row.kind == "report"]
    assert reports == ["村口工地晚上十一点还在打桩，家里小孩睡不着。"]


def test_the_grid_of_the_demo_town_is_at_work(city: City) -> None:
    now = timezone.now()
    worker, chair = (clerk_of(name, now=now) for name in ("mo.zhaoqiang", "he.weiming"))

    states = set(Case.objects.filter(kind="grid_event").values_list("state", flat=True))
    own = {case.state for case in rounds.my_events(worker)}
    due = [stop.title for stop in rounds.due_stops(worker, localdate(now))]

    assert {"reported", "at_work", "disposed", "rework", "closed"} <= states
    place, layer = places.get_place(VILLAGE_1), places.get_layer("social")
    found = [
        objects.objects_of(place, layer, one, localdate(now), chair)
        for one in places.cells_of(place, layer)
    ]
    assert [one.people is not None for one in found[:3]] == [True, True, False]
    assert own and own <= {"reported", "at_work", "disposed", "rework"}
    assert "榕树巷5号一楼杂货店" in due and "榕树巷8号" not in due
    assert [case.title for case in rounds.to_check(chair)] == ["榕树巷尾有装修垃圾占了半条路。"]
    assert rounds.to_recheck(worker).filter(title="榕树巷5号杂货店").count() == 1


def test_the_demos_resident_serves_her_lane_and_a_word_waits_for_her(city: City) -> None:
    now = timezone.now()
    lane = Headship.objects.get(ground="榕树巷")
    assert lane.account_id is not None
    resident = account_actor(lane.account_id, now=now)

    assert [head.ground for head in heads.own_heads(resident)] == ["榕树巷"]
    words = heads.words_to(resident, localdate(now))
    assert words.filter(closed_at__isnull=True).count() == 1


def test_a_report_that_is_done_shows_before_and_after(city: City) -> None:
    done = Case.objects.filter(kind="report", title__startswith="示范大道12号后巷").get()

    shown = CaseFile.objects.filter(case_id=done.pk).order_by("pk")

    assert [one.is_by_reporter for one in shown] == [True, False]
    assert {one.file.kind for one in shown} == {"jpeg"}


def test_a_run_that_breaks_off_leaves_neither_report_nor_picture(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    chair, town = (clerk_of(name, now=now) for name in ("he.weiming", "zhou.meiling"))
    monkeypatch.setattr(matters, "is_made", lambda: False)
    monkeypatch.setattr(matters, "_noise", lambda *given: 1 / 0)
    # the resident of the demo is tied to somebody else by now
    monkeypatch.setattr(matters, "RESIDENT_NAME", PERSON)

    with scope.acting(MAKER):
        before = rows()
        with pytest.raises(ZeroDivisionError):
            matters.make(chair, town, now=now)
        after = rows()

    assert after == before


@pytest.mark.parametrize("day", [date(2026, 11, 29), date(2026, 12, 30)])
def test_the_printed_notice_announces_days_that_are_not_over_when_it_is_issued(day: date) -> None:
    said = work.water_notice(day)

    cut = day + timedelta(days=work.WATER_CUT_IN_DAYS)
    assert f"{cut.month}月{cut.day}日8:00" in said["text"][0]
    assert said["period"].startswith(f"{day.year}年{day.month}月{day.day}日至{cut.year}年")

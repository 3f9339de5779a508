"""What a closing would cancel is told before; what its keeper wrote, and that it was taken back, reaches who lost her visit."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localtime

from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json
from linli.offerings.models import Appointment, DayOff
from linli.offerings.queries.called_off import CalledOff, would_cancel
from linli.offerings.queries.called_off import called_off as of_time
from linli.offerings.queries.next_times import next_times
from linli.offerings.queries.visits import visit_called
from linli.offerings.services import visits, windows
from linli.offerings.tests.visit_samples import (
    CLERK,
    KEEPER,
    NOON,
    TODAY,
    TOMORROW,
    make_centre,
    make_visit,
    make_window,
)
from linli.offerings.types.visits import ClosingFacts, Why

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)
PHONE = "13800000001"


def shown(visit: Appointment) -> list[str]:
    return [f"{localtime(one.starts_at):%d %H:%M}" for one in next_times(visit, NOON)]


def closed(window: Any, note: str, *, on: date = TOMORROW) -> Any:
    facts = ClosingFacts(on, on, 0, 1440, Why.POWER, note)
    rows, _gone = windows.close_days(window.centre_id, window.path, facts, actor=KEEPER, now=NOON)
    return rows[0]


@pytest.mark.usefixtures("noon")
def test_what_the_keeper_wrote_for_people_reaches_whoever_lost_her_visit() -> None:
    window, elsewhere = make_window(), make_window(make_centre())
    visit, other = make_visit(window, 530), make_visit(elsewhere, 530)
    page = f"/zh-hans/visits/of/{visit.code}/"

    row = closed(window, "可到示范二村中心办理")

    assert "可到示范二村中心办理" in client_of(NOBODY).get(page).content.decode()
    told = client_of(NOBODY).get(f"/api/v1/visits/{visit.code}/").json()
    assert (told["note"], told["is_reopened"]) == ("可到示范二村中心办理", False)
    closed(elsewhere, "")
    assert called_off_now(other.code) == CalledOff()

    windows.take_back(row, actor=KEEPER, now=NOON)

    shown = client_of(NOBODY).get(page).content.decode()
    assert "停办已撤销" in shown and "停电" not in shown and "可到示范二村" not in shown
    assert client_of(NOBODY).get(f"/api/v1/visits/{visit.code}/").json()["is_reopened"]
    closed(window, "改到镇中心")
    assert called_off_now(visit.code) == CalledOff("改到镇中心")


def called_off_now(code: str) -> CalledOff:
    return of_time(visit_called(code))


@pytest.mark.usefixtures("noon")
def test_her_own_time_is_offered_first_where_it_is_free_again() -> None:
    window = make_window()
    late = make_visit(window, 530, on=FRIDAY)
    row = closed(window, "", on=FRIDAY)
    before = shown(visit_called(late.code))

    windows.take_back(row, actor=KEEPER, now=NOON)

    after = shown(visit_called(late.code))
    assert "27 08:50" not in before and after[0] == "27 08:50" and len(after) == 6


@pytest.mark.usefixtures("noon")
def test_the_page_says_how_many_visits_fall_and_who_is_not_told_before_it_cancels_them() -> None:
    window, client = make_window(), client_of(KEEPER)
    silent, told = make_visit(window, 530), make_visit(window, 550, phone=PHONE)
    page = f"/en/windows/{window.centre.organisation.code}/closings/"
    day = TOMORROW.isoformat()
    said = {"kind": "closed", "first": day, "last": day, "why": "power", "times": ""}

    def sent(**more: str) -> Any:
        return client.post(page, {**said, **more, "key": str(uuid4())})

    assert sent(why="").status_code == 422
    for more in ({}, {"told": "None/2026-11-24/2026-11-24/0-1440/2"}):
        asked = sent(**more).content.decode()
        assert "2 booked visits would be cancelled" in asked and "1 of them left no number" in asked
        assert silent.code in asked and told.code not in asked
    dry = {
        "centre": window.centre.organisation.code,
        "first": day,
        "last": day,
        "why": "power",
        "is_dry": True,
    }
    answer = post_json(client, "/api/v1/closings/", dry)
    assert answer.status_code == 200
    assert answer.json() == {"closings": [], "visits": 2, "silent": 1}
    assert post_json(client_of(CLERK), "/api/v1/closings/", dry).status_code == 403
    assert not DayOff.objects.exists() and not Appointment.objects.exclude(state="booked").exists()

    mark = re.search(r'name="told" value="([^"]+)"', asked)
    assert mark and sent(told=mark[1]).status_code == 303

    assert set(Appointment.objects.values_list("state", flat=True)) == {"closed"}


@pytest.mark.usefixtures("noon")
def test_every_visit_that_nobody_is_told_of_is_named_and_another_one_is_told_anew() -> None:
    centre, client = make_centre(), client_of(KEEPER)
    window, beside = make_window(centre), make_window(centre, "2")
    codes = [
        make_visit(window, 530 + 20 * n, on=on).code for on in (TOMORROW, FRIDAY) for n in range(9)
    ]
    codes += [make_visit(beside, 530 + 20 * n, on=FRIDAY).code for n in range(4)]
    page = f"/en/windows/{centre.code}/closings/"
    first, last = TOMORROW.isoformat(), FRIDAY.isoformat()
    said = {"kind": "closed", "first": first, "last": last, "why": "power", "times": ""}

    def sent(**more: str) -> Any:
        return client.post(page, {**said, **more, "key": str(uuid4())})

    asked = sent().content.decode()
    assert [code for code in codes if code not in asked] == [] and "and 2 more" in asked
    mark = re.search(r'name="told" value="([^"]+)"', asked)
    gone = visit_called(codes[0])
    visits.cancel(gone.code, actor=NOBODY, now=NOON)
    other = make_visit(beside, 530)

    again = sent(told=mark[1] if mark else "")

    assert again.status_code == 200 and other.code in again.content.decode()
    assert not DayOff.objects.exists()


def test_only_what_lies_in_the_closing_would_be_cancelled_and_a_refused_one_cancels_none() -> None:
    window, other = make_window(), make_window()
    early, late = make_visit(window, 530), make_visit(window, 840)
    friday = make_visit(window, 530, on=FRIDAY)

    def falls(*said: Any, of: Any = None) -> list[int]:
        facts = ClosingFacts(*said, Why.POWER)
        found = would_cancel(window.centre_id, window.path, facts, of, actor=KEEPER, now=NOON)
        return [one.pk for one in found]

    assert falls(TOMORROW, TOMORROW, 0, 1440) == [early.pk, late.pk]
    assert falls(TOMORROW, FRIDAY, 0, 720) == [early.pk, friday.pk]
    assert falls(TOMORROW, FRIDAY, 0, 1440, of=other) == []
    for wrong in ((FRIDAY, TOMORROW), (TODAY, date(9999, 12, 31)), (date(2020, 1, 1), TOMORROW)):
        assert falls(*wrong, 0, 1440) == []

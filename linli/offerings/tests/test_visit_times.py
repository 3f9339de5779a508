"""Whoever books says what she comes for, and sees the times of the windows that do it."""

from __future__ import annotations

from collections import namedtuple
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from linli.offerings.queries.windows import centres_with_windows
from linli.offerings.services import windows
from linli.offerings.tests.visit_samples import SYSTEM, make_centre
from linli.offerings.types.visits import Span, WeekPlan, WindowFacts
from linli.offerings.views import visit_times
from linli.runtime.types import Rate

pytestmark = pytest.mark.django_db
Found = namedtuple("Found", "code")
# on days off: holidays and make-up days change nothing, whenever it is
WEEKEND = (5, 6)


def opened(centre: Any, number: str, facts: WindowFacts, closes: int) -> int:
    """Open a window from 8:30 on weekends with times of twenty minutes."""
    now = timezone.now()
    made = windows.add_window(centre.pk, centre.path, facts, actor=SYSTEM, now=now)
    week = [Span(day, 510, closes, 20) for day in WEEKEND]
    windows.set_hours(made, WeekPlan(localdate(now), week), actor=SYSTEM, now=now)
    return made.pk


def test_times_are_shown_for_what_somebody_comes_for_after_she_was_asked(client: Client) -> None:
    centre = make_centre()
    all_of = opened(centre, "1", WindowFacts("1", "综合受理", "All matters"), 550)
    some = opened(centre, "3", WindowFacts("3", "社保", "Insurance", ("wages",)), 530)
    address = f"/zh-hans/visits/{centre.code}/"

    asked = client.get(address).content.decode()
    assert "您来办什么" in asked and f"group={some}" in asked and "/book/" not in asked
    for given, at_all, at_some in (
        ({"group": "all"}, 2, 1), ({"group": some}, 0, 1), ({"group": all_of}, 2, 0),
        ({"item": "nosuch"}, 2, 0), ({"item": "wages"}, 2, 0),
    ):  # fmt: skip
        shown = client.get(address, given).content.decode()
        counts = [shown.count(f"window={pk}&") for pk in (all_of, some)]
        assert counts == [at_all, at_some], given


def test_a_program_gets_the_groups_of_windows_and_the_times_of_one(client: Client) -> None:
    centre = make_centre()
    all_of = opened(centre, "1", WindowFacts("1", "综合受理", "All matters"), 550)
    some = opened(centre, "3", WindowFacts("3", "社保", "Insurance", ("wages",)), 530)
    sunday = localdate() + timedelta(days=13 - localdate().weekday())
    given = {"centre": centre.code, "since": sunday.isoformat(), "days": 1}

    told = client.get("/api/v1/slots/", {**given, "group": some}).json()
    every = client.get("/api/v1/slots/", given).json()
    wrong = client.get("/api/v1/slots/", {**given, "group": 999_999})

    assert [(one["window"], one["window_name"]) for one in told["items"]] == [(some, "社保")]
    assert [one["items"] for one in told["groups"]] == [[], ["wages"]]
    assert {one["window"] for one in every["items"]} == {all_of, some} and every["count"] == 3
    assert wrong.status_code == 422 and "group" in wrong.json()["fields"]


def test_windows_that_all_do_the_same_ask_nothing_and_an_item_leads_to_those_that_do_it(
    client: Client,
) -> None:
    same, other = make_centre(), make_centre()
    opened(same, "1", WindowFacts("1", "综合受理"), 550)
    opened(same, "2", WindowFacts("2", "综合受理"), 550)
    opened(other, "1", WindowFacts("1", "社保", "", ("wages",)), 550)

    shown = client.get(f"/zh-hans/visits/{same.code}/").content.decode()

    assert "您来办什么" not in shown and "/book/" in shown
    found = centres_with_windows("", localdate(), "lease")
    assert {one.organisation.pk for one in found} == {same.pk}


def test_codes_of_visits_cannot_be_tried_one_after_the_other(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody tries out what others booked; a code that opens something is counted by its page alone."""
    monkeypatch.setattr(visit_times, "LOOKS", Rate(2, timedelta(hours=1)))
    monkeypatch.setattr(visit_times, "DOORS", (("offerings:visit", lambda code: Found(code)),))
    for _n in range(3):
        assert client.get("/en/visits/?code=K7PMQ2").status_code == 303
    monkeypatch.setattr(visit_times, "DOORS", ())

    tried = [client.get("/en/visits/?code=K7PMQ2").status_code for _n in range(3)]

    assert tried == [404, 404, 429]
    assert client.get("/en/visits/").status_code == 200

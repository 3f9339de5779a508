"""The API of the rulebook beyond single values: keys, history, reasons, days, and setting."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from linli.kernel.permits import Permit
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village
from linli.rulebook import permits
from linli.rulebook.models import CalendarDay, LocalValue
from linli.rulebook.testing import make_local_value, notice

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/rulebook/"
TOWN, OTHER_TOWN = "441900/441900005/", "441900/441900006/"


def walked(address: str, limit: int, **asked: str) -> list[dict[str, Any]]:
    found, cursor = [], ""
    while True:
        page = Client().get(address, {**asked, "limit": limit, "cursor": cursor}).json()
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = page["next"]


def official(permit: Permit = permits.SET_VALUE, at: str = TOWN) -> Client:
    return client_of(make_actor("official", permit, at=at))


def a_value(**given: Any) -> dict[str, Any]:
    return {
        "value": 15, "place": "441900005", "document_number": "示府〔2026〕1号",
        "document_date": "2026-01-05", "issuer": "示范镇人民政府", "valid_from": "2026-02-01", **given,
    }  # fmt: skip


def test_every_key_is_listed_once_also_those_without_a_value() -> None:
    keys = walked(f"{ROOT}keys/", 40)

    assert len({one["key"] for one in keys}) == len(keys) > 100
    notices = next(one for one in keys if one["key"] == "village.notice")
    assert (notices["unit"], notices["tighten"]) == ("days", "up")


def test_the_history_of_a_value_is_told_from_the_first_law_on() -> None:
    terms = walked(f"{ROOT}committee.term/history/", 1)

    values = [
        (one["on"], one["value"], one["before"]) for one in terms if one["level"] == "national"
    ]
    assert values[0][2] is None
    assert values[-1][1:] == (5, 3) or (5, 3) in [v[1:] for v in values]
    assert [one["on"] for one in terms] == sorted(one["on"] for one in terms)
    assert Client().get(f"{ROOT}no.such/history/").status_code == 404


def test_what_changes_when_leaves_out_changes_of_the_source_alone() -> None:
    period = "since=2018-01-01&until=2018-12-31&limit=1000"
    values = Client().get(f"{ROOT}changes/?{period}").json()["items"]
    sources = Client().get(f"{ROOT}changes/?{period}&with_sources=true").json()["items"]

    assert {one["only_source"] for one in values} == {False}
    assert len(sources) >= len(values) > 0
    assert all("2018-01-01" <= one["on"] <= "2018-12-31" for one in sources)


def test_a_count_is_explained_with_both_sides() -> None:
    told = Client().get(f"{ROOT}election.turnout_min/explain/?part=110&whole=219").json()

    assert told["outcome"]["holds"] is True
    assert "219" in told["outcome"]["inequality"] + told["outcome"]["sides"]
    missed = Client().get(f"{ROOT}election.turnout_min/explain/?part=109&whole=219").json()
    assert missed["outcome"]["holds"] is False
    assert Client().get(f"{ROOT}election.turnout_min/explain/").json()["outcome"]["holds"] is None
    assert Client().get(f"{ROOT}election.turnout_min/explain/?part=-1").status_code == 422


def test_days_and_due_days_follow_the_notices() -> None:
    days = walked(f"{ROOT}calendar/days/", 4, since="2026-09-28", until="2026-10-08")

    assert len(days) == 11
    assert {d["date"]: d["is_work"] for d in days}["2026-10-01"] is False
    due = Client().get(f"{ROOT}calendar/due/?start=2026-11-24&n=5").json()
    assert due == {"start": "2026-11-24", "n": 5, "due": "2026-12-01", "provisional": False}


@pytest.mark.parametrize(
    "asked",
    [
        "days/?since=2026-01-02&until=2026-01-01", "days/?since=2000-01-01&until=2026-01-01",
        "days/?since=2026-01-01", "due/?start=9999-12-31&n=9000", "due/?start=2026-01-01&n=-1",
    ],
)  # fmt: skip
def test_periods_without_sense_are_refused(asked: str) -> None:
    assert Client().get(f"{ROOT}calendar/{asked}").status_code == 422


def test_a_town_sets_a_value_with_its_document_and_withdraws_it() -> None:
    make_village("441900005001")
    client = official()

    made = post_json(client, f"{ROOT}village.notice/add", a_value())

    assert made.status_code == 200, made.content
    here = Client().get(f"{ROOT}village.notice/?place=441900005001&on=2026-11-24").json()
    assert (here["value"], here["document"]["number"]) == (15, "示府〔2026〕1号")
    listed = Client().get(f"{ROOT}village.notice/local/").json()["items"]
    assert [one["id"] for one in listed] == [made.json()["id"]]
    gone = post_json(
        client, f"{ROOT}values/{made.json()['id']}/withdraw",
        {"from_day": "2026-06-01", "reason": "mistaken"},
    )  # fmt: skip
    assert gone.json()["withdrawn_from"] == "2026-06-01"
    after = Client().get(f"{ROOT}village.notice/?place=441900005001&on=2026-11-24").json()
    assert after["value"] == 10


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 3}, {"value": "many"}, {"document_number": " "}, {"place": "441900999"},
        {"valid_from": "2025-01-01"}, {"value": {"op": "ge", "num": 1, "den": 0, "base": "x"}},
    ],
)  # fmt: skip
def test_a_value_that_the_law_or_its_document_does_not_carry_is_refused(wrong: Any) -> None:
    make_village("441900005001")

    answer = post_json(official(), f"{ROOT}village.notice/add", a_value(**wrong))

    assert answer.status_code == 422
    assert not LocalValue.objects.exists()


def test_only_who_sets_values_there_sets_one() -> None:
    make_village("441900005001")
    row = make_local_value(place=TOWN)
    away = official(at=OTHER_TOWN)

    assert post_json(away, f"{ROOT}village.notice/add", a_value()).status_code == 403
    gone = post_json(
        away, f"{ROOT}values/{row.pk}/withdraw", {"from_day": "2026-06-01", "reason": "x"}
    )
    assert gone.status_code == 403
    assert LocalValue.objects.get().withdrawn_from is None


def test_one_key_sets_one_value() -> None:
    make_village("441900005001")
    client, key = official(), str(uuid4())

    answers = [post_json(client, f"{ROOT}village.notice/add", a_value(), key=key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert LocalValue.objects.count() == 1


def test_a_notice_is_loaded_by_the_city_alone_and_names_no_day_twice() -> None:
    days = [
        {"date": d.day.isoformat(), "is_work": d.is_work, "name": d.name, "source": d.source}
        for d in notice()
    ]
    city = official(permits.LOAD_CALENDAR, "441900/")

    assert (
        post_json(
            official(permits.LOAD_CALENDAR), f"{ROOT}calendar/load", {"days": days}
        ).status_code
        == 403
    )
    twice = post_json(city, f"{ROOT}calendar/load", {"days": [*days, days[0]]})
    assert twice.status_code == 422
    assert not CalendarDay.objects.filter(day__year=2027).exists()
    assert post_json(city, f"{ROOT}calendar/load", {"days": days}).json()["years"] == [2027]
    assert CalendarDay.objects.filter(day__year=2027).exists()

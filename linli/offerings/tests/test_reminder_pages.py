"""What falls due as pages show it and as programs read it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, post_json
from linli.offerings import desk
from linli.offerings.models import Application
from linli.offerings.queries.benefits import asked_to_stop, waiting_count
from linli.offerings.queries.reminders import list_of, place_of, stop_rows, whole_list
from linli.offerings.services.benefits import add_benefit, ask_stop
from linli.offerings.tests.test_reminders import ALLOWANCE, NOON, SYSTEM, clerk, offer
from linli.people import permits as people
from linli.people.services.vault import add_document
from linli.people.testing import VILLAGE, make_person
from linli.runtime.models import LongJob

__all__ = ["clerk"]
pytestmark = pytest.mark.django_db


def test_the_page_applies_in_one_go_and_prints(clerk: Actor) -> None:
    offer()
    person = make_person("陈阿婆", born_on=date(1946, 11, 5))
    browser: Client = client_of(clerk)

    shown = browser.get("/zh-hans/desk/reminders/", {"month": "2026-11"}).content.decode()
    assert "陈阿婆" in shown
    assert 'value="very-old-allowance"' in shown
    paper = browser.get("/zh-hans/desk/reminders/", {"month": "2026-11", "format": "print"})
    assert "陈阿婆" in paper.content.decode()
    given = {"person": person.pk, "item": "very-old-allowance", "agreed": "phone", "key": "k" * 20}
    answer = browser.post("/zh-hans/desk/reminders/apply", given)
    assert answer.status_code == 303
    assert Application.objects.get().person_id == person.pk


def test_long_lists_are_paged_and_leave_as_whole_files(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.offerings.views.reminders.SHOWN", 2)
    monkeypatch.setattr("linli.offerings.views.reminders.FIRST_STOPS", 1)
    people = [
        make_person(name, born_on=date(1946, 11, day))
        for day, name in enumerate(("陈一", "陈二", "陈三"), 4)
    ]
    for person in people:
        add_benefit(person.pk, ALLOWANCE, actor=clerk, now=NOON)
        ask_stop(person.pk, "", "died", date(2026, 11, 2), actor=SYSTEM, now=NOON)
    browser, where = client_of(clerk), "/en/desk/reminders/"

    def named(**asked: str) -> str:
        page = browser.get(where, {"month": "2026-11", **asked}).content.decode()
        return page[page.index("<table") :] if "<table" in page else page

    first = browser.get(where, {"month": "2026-11"})
    (cursor,) = re.findall(r"cursor=([^&\"]+)", first.content.decode())[:1]
    assert "All 3 of them" in first.content.decode()
    assert [name in named(cursor=cursor) for name in ("陈二", "陈三")] == [False, True]
    assert [named(view="stops").count(name) > 0 for name in ("陈一", "陈二", "陈三")] == [
        True,
        True,
        False,
    ]
    monkeypatch.setattr("linli.offerings.views.reminders.MOST", 2)
    paper = browser.get(where, {"month": "2026-11", "format": "print"}).content.decode()
    assert "The first 2 only" in paper
    answer = browser.get("/api/v1/benefits/asked/", {"limit": 2}).json()
    assert (answer["count"], [one["person"] for one in answer["items"]]) == (
        3,
        [one.pk for one in people[:2]],
    )
    assert len(stop_rows(asked_to_stop(clerk))) == 4
    assert [
        line.due.name for line in whole_list(clerk, place_of(clerk, VILLAGE), date(2026, 11, 1))
    ] == ["陈一", "陈二", "陈三"]


def test_the_file_goes_on_where_a_page_is_cut(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["陈一", "陈二", "陈三"]
    for day, name in enumerate(names, 4):
        person = make_person(name, born_on=date(1946, 11, day))
        add_benefit(person.pk, ALLOWANCE, actor=clerk, now=NOON)
        ends = date(2026, 11, 20)
        add_document(person, "passport", f"E{day:08d}", valid_until=ends, actor=clerk, now=NOON)
    place, first = place_of(clerk, VILLAGE), date(2026, 11, 1)
    whole = [(one.due.name, one.due.occasion.key) for one in whole_list(clerk, place, first)]
    assert [name for name, key in whole if key == "turns-very-old"] == names

    for module in ("linli.offerings.queries.reminders", "linli.people.queries.turning"):
        monkeypatch.setattr(f"{module}.MOST", 1)

    assert list_of(clerk, place, first).is_cut
    asked = {"month": "2026-11", "place": place.code, "format": "print"}
    paper = client_of(clerk).get("/en/desk/reminders/", asked)
    assert "The list is too long" in paper.content.decode()
    again = [(one.due.name, one.due.occasion.key) for one in whole_list(clerk, place, first)]
    assert again == whole and len(again) == 9


def test_the_number_in_the_menu_is_that_of_the_list_and_nothing_is_named_twice(
    clerk: Actor,
) -> None:
    facts = replace(ALLOWANCE, name="护理补贴")
    for number, name in enumerate(("陈一", "陈二", "陈三")):
        person = make_person(name)
        add_benefit(person.pk, facts, actor=clerk, now=NOON)
        if number == 0:
            ask_stop(person.pk, "", "died", date(2026, 11, 2), actor=SYSTEM, now=NOON)

    page = client_of(clerk).get("/zh-hans/desk/reminders/", {"month": "2026-11"}).content.decode()

    # two more end soon: they stand in their month, nobody waits for them
    assert waiting_count(clerk, date(2026, 11, 5)) == len(
        desk.asked_stops(clerk, date(2026, 11, 5), 9)
    )
    assert waiting_count(clerk, date(2026, 11, 5)) == 1 and "(1)" in page
    text = re.sub(r"<[^>]+>", " ", page)
    assert not re.search(r"补贴\s*[：:]?\s*补贴|补贴到期：", text), "named once"
    assert page.count("护理补贴到期") == 2


def test_programs_read_the_month_and_keep_what_people_receive(clerk: Actor) -> None:
    person = make_person("陈阿婆", born_on=date(1946, 11, 5))
    browser = client_of(clerk)
    given = {
        "person": person.pk,
        "kind": "allowance",
        "what": "高龄津贴",
        "since": "2026-01-01",
        "until": "2026-11-30",
    }

    made = post_json(browser, "/api/v1/benefits/", given)
    assert made.status_code == 201, made.content
    month = browser.get("/api/v1/reminders/", {"place": VILLAGE, "month": "2026-11"}).json()

    assert [one["occasion"] for one in month["lines"]] == ["turns-very-old", "allowance-ends"]
    address = f"/api/v1/benefits/{made.json()['id']}/end"
    assert post_json(browser, address, {"reason": "到期"}).json()["state"] == "over"
    assert browser.get("/api/v1/benefits/", {"person": person.pk}).json()[0]["state"] == "over"


def test_a_program_orders_the_list_as_a_file_with_the_right_to_export_alone(clerk: Actor) -> None:
    where, asked = "/api/v1/reminders/file", {"place": VILLAGE, "month": "2026-11", "form": "csv"}
    others = tuple(one for one in clerk.grants if one.permit != people.EXPORT.name)

    refused = post_json(client_of(replace(clerk, grants=others)), where, asked)
    assert refused.status_code == 403 and not LongJob.objects.exists()
    made = post_json(client_of(clerk), where, asked)

    job = LongJob.objects.get()
    assert (made.status_code, made.json()) == (201, {"job": job.code})
    assert (job.params["month"], job.params["form"], job.params["what"]) == (
        "2026-11-01",
        "csv",
        "month",
    )
    assert post_json(client_of(clerk), where, {**asked, "what": "all"}).status_code == 422

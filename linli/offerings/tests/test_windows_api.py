"""Windows over the API: hours and closings read by all and set by who keeps them, calls and visits by who serves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings import permits
from linli.offerings.models import DayOff, ServiceWindow, Ticket, WindowHours
from linli.offerings.services.tickets import call_next, draw_ticket
from linli.offerings.tests.visit_samples import (
    CLERK,
    KEEPER,
    NOON,
    make_centre,
    make_visit,
    make_window,
)
from linli.offerings.types.tickets import DrawWish
from linli.orgs.testing import make_post

pytestmark = pytest.mark.django_db


def test_hours_and_closings_are_read_by_all_and_set_by_who_keeps_the_windows(
    client: Client,
) -> None:
    window, day = make_window(), localdate() + timedelta(days=3)
    centre = window.centre.organisation.code
    week = {
        "since": day.isoformat(),
        "spans": [{"weekday": 1, "opens": 510, "closes": 570, "step": 20}],
    }
    off = {"centre": centre, "first": day.isoformat(), "last": day.isoformat(), "why": "weather"}
    hours, rows = f"/api/v1/windows/{window.pk}/hours", WindowHours.objects.count()

    assert post_json(client_of(CLERK), hours, week).status_code == 403
    assert post_json(client_of(CLERK), "/api/v1/closings/", off).status_code == 403
    assert WindowHours.objects.count() == rows and not DayOff.objects.exists()
    assert post_json(client_of(KEEPER), hours, week).status_code == 200
    closed = post_json(client_of(KEEPER), "/api/v1/closings/", off)
    assert closed.status_code == 201 and closed.json()["visits"] == 0

    told = client.get("/api/v1/windows/", {"centre": centre}).json()
    assert told["closings"][0]["on"] == day.isoformat()
    later = [one for one in told["windows"][0]["hours"] if one["since"] == day.isoformat()]
    assert [(one["opens"], one["closes"]) for one in later] == [("08:30", "09:30")]
    back = f"/api/v1/closings/{told['closings'][0]['id']}/back"
    assert post_json(client_of(KEEPER), back).status_code == 200
    assert client.get("/api/v1/windows/", {"centre": centre}).json()["closings"] == []


def test_a_window_is_added_changed_and_ended_as_on_its_page() -> None:
    centre = make_centre()
    keeper, windows = client_of(KEEPER), "/api/v1/windows/"
    said = {"number": "3", "name": "社保", "name_en": "Insurance", "is_low": True}

    def fields(answer: Any) -> set[str]:
        assert answer.status_code == 422, answer.content
        return set(answer.json()["fields"])

    assert post_json(client_of(CLERK), windows, {**said, "centre": centre.code}).status_code == 403
    new = {**said, "centre": centre.code}
    assert fields(post_json(keeper, windows, {**new, "name": " "})) == {"name"}
    assert fields(post_json(keeper, windows, {**new, "serves": ["no-such"]})) == {"serves"}
    assert not ServiceWindow.objects.exists()
    made = post_json(keeper, windows, new)
    assert (made.status_code, fields(post_json(keeper, windows, new))) == (201, {"number"})
    own, edition = f"{windows}{made.json()['id']}/", made.json()["edition"]
    change = {**said, "name": "社保医保", "is_low": False, "edition": edition}
    for who, status in ((CLERK, 403), (NOBODY, 403), (KEEPER, 200), (KEEPER, 409)):
        assert post_json(client_of(who), f"{own}change", change).status_code == status
    listed = keeper.get(windows, {"centre": centre.code}).json()["windows"]
    assert [(one["name"], one["is_low"]) for one in listed] == [("社保医保", False)]
    assert post_json(client_of(CLERK), f"{own}end").status_code == 403
    assert post_json(keeper, f"{own}end").status_code == 200
    assert post_json(keeper, f"{own}end").status_code == 409
    assert keeper.get(windows, {"centre": centre.code}).json()["windows"] == []


def test_the_day_of_a_centre_is_read_with_its_visits_by_who_serves_there() -> None:
    window = make_window()
    visit = make_visit(window)
    day = f"/api/v1/windows/{window.centre.organisation.code}/day/"
    asked = {"on": localdate(visit.starts_at).isoformat()}

    told = client_of(CLERK).get(day, asked).json()

    line = next(one for one in told["lines"] if one["visit"])
    assert (line["window"], line["visit"]["code"]) == (window.pk, visit.code)
    assert (told["visits"]["booked"], told["ratings"]["grades"]) == (1, None)
    keeps_only = make_actor("keeps only", permits.WINDOWS)
    seen = client_of(keeps_only).get(day, asked).json()["lines"]
    assert len(seen) == len(told["lines"]) and not any(one["visit"] for one in seen)
    assert client_of(NOBODY).get(day, asked).status_code == 404


def test_hours_that_no_week_has_are_refused_and_those_read_say_who_serves_when_written_back() -> (
    None
):
    window, day = make_window(), (localdate() + timedelta(days=3)).isoformat()
    post = make_post(window.centre.organisation)
    hours, rows = f"/api/v1/windows/{window.pk}/hours", WindowHours.objects.count()
    span = {"weekday": 1, "opens": 510, "closes": 570, "step": 20, "post": post.pk}

    for wrong in (
        {"weekday": 7}, {"weekday": -1}, {"kept_phone": -3, "kept_counter": 3}, {"step": 10**9},
        {"post": make_post().pk}, {"post": 0},
    ):  # fmt: skip
        week = {"since": day, "spans": [{**span, **wrong}]}
        assert post_json(client_of(KEEPER), hours, week).status_code == 422, wrong
    assert WindowHours.objects.count() == rows

    told = post_json(client_of(KEEPER), hours, {"since": day, "spans": [span]}).json()["hours"]
    assert [one["post"] for one in told if one["since"] == day] == [post.pk]
    assert WindowHours.objects.get(since=day).post_id == post.pk


def test_who_serves_calls_and_lists_visits(client: Client) -> None:
    window = make_window()
    visit = make_visit(window)
    wish = DrawWish()
    ticket = draw_ticket(window.centre_id, window.path, wish, actor=NOBODY, now=timezone.now())
    call, clerk = f"/api/v1/windows/{window.pk}/call", client_of(CLERK)

    assert post_json(client, call, {"move": "next"}).status_code in {401, 403, 404}
    assert post_json(clerk, call, {"move": "dance"}).status_code == 422
    assert Ticket.objects.get().state == "waiting"
    assert post_json(clerk, call, {"move": "next"}).json()["ticket"] == ticket.handle
    assert post_json(clerk, call, {"move": "done", "ticket": ticket.handle}).json()["ticket"] == ""

    listed = clerk.get("/api/v1/visits/", {"since": NOON.date().isoformat()}).json()["items"]
    assert [one["code"] for one in listed] == [visit.code]
    assert client.get("/api/v1/visits/").status_code in {401, 403}


@pytest.mark.parametrize("move", ["recall", "skip", "done", "send-on"])
def test_who_stands_at_another_window_is_not_called_skipped_or_ended_from_here(move: str) -> None:
    here = make_window()
    there = make_window(here.centre.organisation, "2")
    now, clerk = timezone.now(), client_of(CLERK)
    ticket = draw_ticket(here.centre_id, here.path, DrawWish(), actor=NOBODY, now=now)
    call_next(there, actor=CLERK, now=now)
    asked = {"move": move, "ticket": ticket.handle, "window": here.pk}

    refused = post_json(clerk, f"/api/v1/windows/{here.pk}/call", asked)

    assert (refused.status_code, refused.json()["code"]) == (409, "gone_meanwhile")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.window_id, ticket.calls) == ("called", there.pk, 1)
    assert post_json(clerk, f"/api/v1/windows/{there.pk}/call", asked).status_code == 200

"""Groups and rounds over the API: entered, opened, drawn, objections answered, decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linli.activities import permits
from linli.activities.models import Round
from linli.activities.services import rounds
from linli.activities.services.round_moves import step_round
from linli.activities.testing import NOON, make_venue
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json, stop_clock
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
OFFICE = make_actor("office", permits.VENUES)
WHO = {
    "name": "Fig dancers",
    "kind": "dance",
    "people": 18,
    "contact": "Huang",
    "phone": "13800138010",
}


def test_a_group_is_entered_shown_with_its_consent_and_ends() -> None:
    office, code = client_of(OFFICE), make_village().code

    made = post_json(office, f"/api/v1/places/{code}/groups/", WHO)
    hidden = Client().get("/api/v1/groups/").json()
    no_day = post_json(
        office, f"/api/v1/desk/groups/{made.json()['id']}/correct", {**WHO, "is_shown": True}
    )
    agreed = {**WHO, "is_shown": True, "agreed_on": "2026-01-05", "edition": 1}
    shown = post_json(office, f"/api/v1/desk/groups/{made.json()['id']}/correct", agreed)
    public = Client().get("/api/v1/groups/?q=fig").json()["items"]
    stranger = client_of(make_actor("x"))

    assert made.status_code == 201 and len(made.json()["code"]) == 10 and hidden["items"] == []
    assert no_day.status_code == 422 and shown.json()["edition"] == 2
    assert [one["name"] for one in public] == ["Fig dancers"] and "code" not in public[0]
    assert (
        office.get("/api/v1/desk/groups/?kind=dance").json()["items"][0]["code"]
        == made.json()["code"]
    )
    assert stranger.get("/api/v1/desk/groups/").status_code == 403
    ended = post_json(office, f"/api/v1/desk/groups/{made.json()['id']}/end").json()
    assert ended["ended_on"] and Client().get("/api/v1/groups/").json()["items"] == []


def test_a_round_goes_its_way_over_the_api_and_an_unknown_step_does_nothing(
    monkeypatch: Any,
) -> None:
    venue, code, office = make_venue(), make_village().code, client_of(OFFICE)
    stop_clock(monkeypatch, NOON)
    on = NOON.date()
    what = {
        "title": "Spring", "first_on": on + timedelta(40), "last_on": on + timedelta(100), "wishes_until": on,
        "objections_until": on + timedelta(20), "most_times": 1,
        "times": [{"venue": venue.pk, "weekday": 0, "begins": 1140, "ends": 1260}],
    }  # fmt: skip
    group = post_json(office, f"/api/v1/places/{code}/groups/", WHO).json()

    made = post_json(office, f"/api/v1/places/{code}/rounds/", what).json()
    to = f"/api/v1/desk/rounds/{made['id']}"
    (time,) = office.get(f"/api/v1/rounds/{made['id']}/").json()["times"]
    post_json(
        office, f"/api/v1/rounds/{made['id']}/wish", {"code": group["code"], "times": [time["id"]]}
    )
    too_soon = post_json(office, f"{to}/draw").status_code
    unknown = post_json(office, f"{to}/toss").status_code
    at = rounds.draw_round(Round.objects.get(), actor=OFFICE, now=NOON + timedelta(days=1))
    post_json(
        office, f"/api/v1/rounds/{made['id']}/object", {"code": group["code"], "text": "Too late"}
    )
    (said,) = office.get(f"{to}/objections/").json()["items"]
    answered = post_json(
        office, f"{to}/objections/{said['id']}/answer", {"answer": "It stays."}
    ).json()
    dropped = post_json(office, f"{to}/drop", {"edition": at.edition}).json()

    assert made["state"] == "open" and (too_soon, unknown) == (409, 404)
    assert said["group_name"] == "Fig dancers" and answered["answer"] == "It stays."
    assert dropped["state"] == "dropped"
    assert client_of(make_actor("x")).get(f"{to}/objections/").status_code == 403
    with pytest.raises(NotFound):
        step_round(at, "toss", actor=NOBODY, now=NOON)

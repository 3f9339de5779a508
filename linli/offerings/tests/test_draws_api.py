"""Draws over the API: entered once by everybody, followed by code, checked by the promise."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.timezone import localdate

from linli.kernel.testing import client_of, post_json
from linli.offerings.models import DrawEntry, DrawRound
from linli.offerings.queries import rounds as queries
from linli.offerings.services import drawing
from linli.offerings.tests.test_rounds import announced
from linli.offerings.tests.visit_samples import CLERK, KEEPER, SYSTEM, make_window
from linli.offerings.types.rounds import RoundFacts
from linli.runtime.middleware import in_line
from linli.runtime.types import HONOURED

pytestmark = pytest.mark.django_db


def a_draw() -> tuple[DrawRound, str, list[str]]:
    """A draw that takes entries now, its address for them, and its days."""
    first = localdate() + timedelta(days=7)
    # long enough for working days between holidays, whenever it is
    facts = RoundFacts(
        "学位核对", first, first + timedelta(days=20), timezone.now() + timedelta(days=1)
    )
    one, _window = announced(facts)
    days = [on.isoformat() for on in queries.open_days(one)]
    return one, f"/api/v1/draws/{one.code}/entries/", days


def test_the_same_finger_twice_enters_once_and_another_form_of_one_number_is_refused() -> None:
    _one, address, days = a_draw()
    body = {"wishes": days[:2], "phone": "13800000001"}

    first, again = (post_json(Client(), address, body, key="once-only-key-1") for _ in range(2))
    other = post_json(Client(), address, {**body, "wishes": days[:1]})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json() == again.json() and first.json()["wishes"] == days[:2]
    assert DrawEntry.objects.count() == 1


@pytest.mark.parametrize(
    "changed", [{"wishes": []}, {"wishes": ["2001-01-01"]}, {"phone": ""}, {"phone": "12"}, {"way": "x"}]
)  # fmt: skip
def test_what_is_not_an_entry_is_refused_by_field(changed: dict[str, object]) -> None:
    _one, address, days = a_draw()

    got = post_json(Client(), address, {"wishes": days[:1], "phone": "13800000001", **changed})

    assert got.status_code == 422 and set(got.json()["fields"]) == set(changed)
    assert DrawEntry.objects.count() == 0


def test_only_who_serves_enters_for_somebody_at_the_counter() -> None:
    _one, address, days = a_draw()
    body = {"wishes": days[:1], "phone": "13800000001", "way": "counter"}

    assert post_json(Client(), address, body).status_code == 403
    assert DrawEntry.objects.count() == 0
    assert post_json(client_of(CLERK), address, body).json()["way"] == "counter"


def test_who_keeps_the_windows_announces_a_draw_and_calls_it_off() -> None:
    window = make_window()
    first = localdate() + timedelta(days=7)
    said = {
        "centre": window.centre.organisation.code, "name": "学位核对", "kept_phone": 1,
        "first": first.isoformat(), "last": (first + timedelta(days=20)).isoformat(),
        "until": (first - timedelta(days=2)).isoformat(), "public": "体彩排列五第26290期",
    }  # fmt: skip
    keeper, draws = client_of(KEEPER), "/api/v1/draws/"
    wrong = {"name": " ", "until": said["first"], "kept_counter": -1, "last": said["until"], "item": "no-such"}  # fmt: skip
    for name, value in wrong.items():
        refused = post_json(keeper, draws, {**said, name: value})
        assert (refused.status_code, set(refused.json()["fields"])) == (422, {name})
    assert post_json(client_of(CLERK), draws, said).status_code == 403
    assert not DrawRound.objects.exists()

    made = post_json(keeper, draws, said)

    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["state"], told["kept_phone"], told["public"]) == ("open", 1, said["public"])
    assert told["commitment"] and told["takes_until"][:10] == said["until"]
    step = f"{draws}{told['code']}/steps/call-off"
    assert post_json(client_of(CLERK), step, {}).status_code == 403
    assert post_json(keeper, step, {}).json()["state"] == "called_off"
    assert post_json(keeper, step, {}).status_code == 409


def test_a_draw_is_found_at_its_centre_with_its_promise_and_then_its_file() -> None:
    one, address, days = a_draw()
    entered = [
        post_json(Client(), address, {"wishes": days[:3], "phone": f"138000000{n:02d}"}).json()
        for n in range(30)
    ]
    own = f"/api/v1/draws/entries/{entered[0]['code']}/"
    before = Client().get(f"/api/v1/draws/{one.code}/").json()
    assert post_json(Client(), f"{own}withdraw").json()["withdrawn"] is True
    assert (before["state"], before["file"], before["entries"]) == ("open", None, {"online": 30})

    after = one.takes_until + HONOURED
    made = drawing.draw_round(
        drawing.close_round(one, actor=SYSTEM, now=after), "", actor=KEEPER, now=after
    )
    assert Client().get(f"/api/v1/draws/{one.code}/").json()["state"] == "booking"
    drawing.finish_draw(made.pk, actor=SYSTEM, now=after)

    listed = Client().get(f"/api/v1/draws/?centre={before['centre']}").json()["items"]
    assert [row["code"] for row in listed] == [one.code] and listed[0]["file"].endswith("draw.json")
    assert listed[0]["commitment"] == before["commitment"] == made.commitment
    seen = [Client().get(f"/api/v1/draws/entries/{e['code']}/").json() for e in entered[1:]]
    assert made.file is not None
    assert [bool(e["visit"]) for e in seen] == [e["sign"] in made.file["drawn"] for e in seen]
    assert sorted(e["place"] for e in seen if not e["visit"]) == list(
        range(1, 1 + len(made.file["waiting"]))
    )


def test_who_stood_in_line_at_the_closing_hour_is_let_in_and_who_came_after_it_is_not() -> None:
    one, address, days = a_draw()
    hour = timezone.now() - timedelta(seconds=5)
    DrawRound.objects.filter(pk=one.pk).update(takes_until=hour, opened_at=hour - timedelta(days=1))
    body = json.dumps({"wishes": days[:1], "phone": "13800000001"}).encode()
    about = in_line._about(
        RequestFactory().post(
            address, body, content_type="application/json", headers={"Idempotency-Key": "k" * 16}
        )
    )

    def sent(came: datetime) -> int:
        place = in_line.Place(time.time() - 1, came.timestamp()).signed(about)
        headers = {"Idempotency-Key": "k" * 16, in_line.HEADER: place}
        answer = Client().post(address, body, content_type="application/json", headers=headers)
        return answer.status_code

    assert (sent(hour + timedelta(seconds=1)), DrawEntry.objects.count()) == (409, 0)
    assert (sent(hour - timedelta(seconds=1)), DrawEntry.objects.count()) == (201, 1)

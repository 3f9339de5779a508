"""Whoever holds the telephone of an entry takes it over: a lost code, or a stranger who entered her."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from linli.access.services import codes
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.testing import post_json
from linli.offerings.models import Appointment, DrawEntry, DrawRound
from linli.offerings.queries import rounds as queries
from linli.offerings.services import claiming, rounds
from linli.offerings.services.visits import cancel
from linli.offerings.tests.test_rounds import announced, drawn
from linli.offerings.tests.visit_samples import NOON
from linli.offerings.types.visits import Contact
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
PHONE, OTHER, SENT = "+8613800000001", "+8613800000002", "135790"


@pytest.fixture(autouse=True)
def known_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "new_code", lambda: SENT)


def entered_by_stranger() -> tuple[DrawRound, DrawEntry]:
    one, _window = announced()
    days = [on.isoformat() for on in queries.open_days(one)]
    return one, rounds.enter(one, days, Contact("陈", PHONE), actor=NOBODY, now=NOON)


def claimed(
    one: DrawRound, phone: str = PHONE, typed: str = SENT, now: datetime = NOON
) -> DrawEntry:
    return claiming.take_over(one, phone, typed, address="203.0.113.7", actor=NOBODY, now=now)


def sent(phone: str = PHONE, now: datetime = NOON) -> None:
    claiming.send_code(phone, address="203.0.113.7", language="en", actor=NOBODY, now=now)


def test_the_number_takes_the_entry_over_and_the_old_code_opens_nothing() -> None:
    one, old = entered_by_stranger()
    sent()

    mine = claimed(one)

    assert mine.pk == old.pk and mine.code != old.code and mine.sign == old.sign
    with pytest.raises(NotFound):
        rounds.withdraw(old.code, actor=NOBODY, now=NOON)
    with pytest.raises(Invalid):
        claimed(one)
    assert Entry.objects.get(verb="offerings.entry_claimed").account_id is None
    rounds.withdraw(mine.code, actor=NOBODY, now=NOON)
    days = [on.isoformat() for on in queries.open_days(one)]
    assert rounds.enter(one, days, Contact("", PHONE), actor=NOBODY, now=NOON).pk != mine.pk


def test_a_wrong_late_or_other_code_takes_nothing() -> None:
    one, old = entered_by_stranger()
    with pytest.raises(Invalid):
        claimed(one)
    sent()
    with pytest.raises(Invalid):
        claimed(one, typed="000000")
    with pytest.raises(Invalid):
        claimed(one, now=NOON + timedelta(minutes=6))
    with pytest.raises(Invalid):
        claimed(one, phone=OTHER)
    sent(OTHER, NOON + timedelta(minutes=2))
    with pytest.raises(Invalid) as fault:
        claimed(one, phone=OTHER, now=NOON + timedelta(minutes=2))
    assert "phone" in fault.value.fields
    assert DrawEntry.objects.get().code == old.code


def test_a_date_that_was_drawn_goes_with_the_entry() -> None:
    one, _old = entered_by_stranger()
    drawn(one)
    before = Appointment.objects.get()
    sent()

    mine = claimed(one)

    assert mine.visit is not None and mine.visit.code != before.code
    with pytest.raises(NotFound):
        cancel(before.code, actor=NOBODY, now=NOON)
    cancel(mine.visit.code, actor=NOBODY, now=NOON)
    assert Appointment.objects.get().state == "cancelled"


def test_the_page_and_programs_send_the_code_and_open_the_entry() -> None:
    one, old = entered_by_stranger()
    client, to = Client(), f"/en/draws/{one.code}/mine/"
    assert to in client.get(f"/en/draws/{one.code}/").content.decode()

    def post(**said: Any) -> Any:
        return client.post(to, said)

    assert post(phone="12").status_code == 422
    first = post(phone="13800000001")
    assert first.status_code == 200 and "The six digits" in first.content.decode()
    assert post(phone="13800000001").status_code == 429
    assert post(phone="13800000001", code="000000").status_code == 422
    found = post(phone="13800000001", code=SENT)
    mine = DrawEntry.objects.get()
    assert found.status_code == 303 and found["Location"] == f"/en/draws/entries/{mine.code}/"
    assert mine.code != old.code
    api = f"/api/v1/draws/{one.code}/mine"
    assert post_json(client, api, {"phone": "13800000003"}).status_code == 202
    wrong = post_json(client, api, {"phone": "13800000003", "code": SENT})
    assert wrong.status_code == 422 and "phone" in wrong.json()["fields"]

"""The API of notify: the inbox, consents, what was given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify.models import Message, MessageConsent
from linli.notify.testing import make_message
from linli.notify.types import To

pytestmark = pytest.mark.django_db
INBOX = "/api/v1/inbox/"
MINE, OTHER = make_actor("mine"), make_actor("other", account_id=2)


def a_message(account_id: int = 1) -> Message:
    message = make_message(To(account_id=account_id), now=timezone.now())
    assert message is not None
    return message


def test_messages_are_the_callers_own_newest_first() -> None:
    codes = [a_message().code for _ in range(3)]
    a_message(2)
    client = client_of(MINE)

    first = client.get(f"{INBOX}?limit=2").json()
    second = client.get(f"{INBOX}?limit=2&cursor={first['next']}").json()

    assert [one["code"] for one in first["items"] + second["items"]] == codes[::-1]
    assert first["items"][0]["body"] == "Hello 何伟明, your matter is decided."
    assert Client().get(INBOX).status_code == 403


def test_what_was_brought_in_later_but_is_older_stands_below() -> None:
    newer, older = a_message(), a_message()
    Message.objects.filter(pk=older.pk).update(created_at=newer.created_at - timedelta(days=3))

    found = client_of(MINE).get(INBOX).json()

    assert [one["code"] for one in found["items"]] == [newer.code, older.code]


def test_reading_over_the_api_marks_nothing_and_marking_does() -> None:
    code = a_message().code
    client = client_of(MINE)

    assert client.get(f"{INBOX}{code}/").json()["read_at"] is None
    assert client.get(f"{INBOX}?unread=true").json()["count"] == 1
    assert post_json(client, f"{INBOX}{code}/read").json()["read_at"] is not None
    assert client.get(f"{INBOX}?unread=true").json()["count"] == 0


def test_all_are_marked_at_once() -> None:
    a_message(), a_message(), a_message(2)

    assert post_json(client_of(MINE), f"{INBOX}read").json() == {"read": 2}
    assert Message.objects.filter(read_at__isnull=True).count() == 1


def test_a_message_of_somebody_else_is_neither_read_nor_marked() -> None:
    code = a_message().code

    assert client_of(OTHER).get(f"{INBOX}{code}/").status_code == 404
    assert post_json(client_of(OTHER), f"{INBOX}{code}/read").status_code == 404
    assert Message.objects.get(code=code).read_at is None


def test_another_systems_key_does_not_read_the_inbox_of_its_keeper() -> None:
    code = a_message().code
    machine = client_of(Actor(1, None, "bus timetable", is_machine=True))

    assert {machine.get(where).status_code for where in (INBOX, f"{INBOX}{code}/")} == {403}
    assert post_json(machine, f"{INBOX}read").status_code == 403
    assert (
        post_json(machine, f"{INBOX}choices/notify.events/choose", {"agree": True}).status_code
        == 403
    )
    assert not MessageConsent.objects.exists()


def test_consent_is_given_and_taken_back() -> None:
    client = client_of(MINE)
    where = f"{INBOX}choices/notify.events/choose"

    assert post_json(client, where, {"agree": True}).json()["is_given"] is True
    given = {c["purpose"]: c["is_given"] for c in client.get(f"{INBOX}choices/").json()["items"]}
    assert given["notify.events"] is True
    assert post_json(client, where, {"agree": False}).json()["is_given"] is False
    assert MessageConsent.objects.filter(withdrawn_at__isnull=True).count() == 0


def test_a_duty_of_the_office_is_not_asked_for() -> None:
    answer = post_json(
        client_of(MINE), f"{INBOX}choices/notify.own_matters/choose", {"agree": False}
    )

    assert answer.status_code == 404


def test_deliveries_are_for_whoever_oversees_them() -> None:
    assert client_of(MINE).get("/api/v1/deliveries/").status_code == 404

"""I follow this one too: a matter that others reported already, with a number and a code of one's own."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.cases import tasks
from linli.cases.errors import NotFollowable
from linli.cases.models import Case
from linli.cases.queries.intake import is_reached
from linli.cases.services import releasing
from linli.cases.testing import NOON, clerk_of, faults, make_report, move
from linli.cases.types.filing import Contact
from linli.cases.types.moves import At
from linli.kernel.permits import system_actor
from linli.notify.models import Delivery, Message

pytestmark = pytest.mark.django_db
CODE, CLERK = "441900005001", clerk_of()
FORM = "/zh-hans/report/"
TEXT = "公交站的路灯两盏不亮，晚上很黑"


def public_one(text: str = TEXT) -> Case:
    """A report that everybody reads."""
    filed = make_report(text)
    with transaction.atomic():
        releasing.release_words(At(filed.case_id), 1, actor=system_actor("test"), now=NOON)
    return Case.objects.get(pk=filed.case_id)


def follow(number: str, **more: Any) -> Case:
    filed = make_report("我家门口也是这样", same_as=number, **more)
    return Case.objects.get(pk=filed.case_id)


def test_a_follower_has_her_own_code_and_reads_how_far_the_other_is() -> None:
    first = public_one()

    filed = make_report("我家门口也是这样", same_as=first.number)
    move(first.pk, "accept", CLERK)

    mine = Case.objects.get(number=filed.number)
    assert (mine.state, mine.merged_into_id) == ("merged", first.pk)
    page = Client().get(f"/en/follow/{filed.number}/?code={filed.code}").content.decode()
    assert "Somebody is working on it." in page
    assert Client().get(f"/en/follow/{first.number}/?code={filed.code}").status_code == 404
    assert faults() == []


def test_a_follower_is_told_by_message_where_it_stands_and_not_what_the_other_is_written() -> None:
    first = public_one()
    phone = Contact(phone="+8613800001234")
    mine = follow(first.number, contact=phone, by_sms=True)
    before = Message.objects.count() + Delivery.objects.count()
    assert is_reached(first.pk)
    move(first.pk, "accept", CLERK)

    tasks.tell_reporter(first.pk, "at_work", is_word=True)
    assert Message.objects.count() + Delivery.objects.count() == before
    tasks.tell_reporter(first.pk, "at_work", is_word=False)

    assert Message.objects.count() + Delivery.objects.count() > before
    assert mine.number


def test_however_many_follow_their_reporters_are_asked_for_once() -> None:
    first = public_one()
    for number in range(3):
        follow(first.number, contact=Contact(phone=f"+861380000123{number}"), by_sms=True)
    move(first.pk, "accept", CLERK)

    with CaptureQueriesContext(connection) as made:
        tasks.tell_reporter(first.pk, "at_work", is_word=False)

    assert Delivery.objects.filter(template="cases.news").count() == 3
    asked = [one for one in made.captured_queries if 'FROM "cases_reporter"' in one["sql"]]
    assert len(asked) == 1


@pytest.mark.parametrize("which", ["hidden", "closed", "none", "elsewhere"])
def test_what_is_not_public_here_or_is_over_is_not_followed(which: str) -> None:
    first = public_one()
    number = first.number
    if which == "hidden":
        Case.objects.update(level=4)
    elif which == "closed":
        Case.objects.update(is_open=False, closed_at=NOON)
    elif which == "elsewhere":
        Case.objects.update(village_id=1)
    else:
        number = "JB-2026-9999"

    with pytest.raises(NotFollowable):
        follow(number)

    assert Case.objects.count() == 1


def test_the_page_offers_it_before_sending_and_one_press_follows() -> None:
    first, client = public_one(), Client()
    form = {
        "place": CODE, "where": "公交站", "text": TEXT, "matter": "help", "reply": "none",
        "key": str(uuid4()),
    }  # fmt: skip

    offered = client.post(FORM, form).content.decode()
    assert re.search(rf'name="same_as" value="{first.number}"', offered)
    sent = client.post(FORM, {**form, "same_as": first.number, "key": str(uuid4())})

    assert sent.status_code == 303
    assert Case.objects.get(merged_into=first).state == "merged"
    shown = client.get(f"/zh-hans/places/{CODE}/cases/{first.number}/").content.decode()
    assert f"same_as={first.number}" in shown


def test_a_program_follows_too_and_a_wrong_number_is_told() -> None:
    first = public_one()

    def post(number: str) -> Any:
        return Client().post(
            "/api/v1/reports/", {"text": "也是这样", "place": CODE, "same_as": number},
            content_type="application/json", headers={"Idempotency-Key": str(uuid4())},
        )  # fmt: skip

    assert post("JB-2026-9999").status_code == 422
    assert post(first.number).status_code == 201
    assert Case.objects.filter(merged_into=first).count() == 1

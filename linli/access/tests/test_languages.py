"""People are written to in their own language, whoever writes."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

from linli.access.clients.messages import tell
from linli.access.models import Account
from linli.access.services import codes
from linli.access.testing import TESTER, make_account
from linli.notify import services as notify
from linli.notify.models import Message
from linli.notify.types import About, Link, To
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db
HELD, POSTS = "access.mandate_held", Link("access:posts")
VALUES = {"name": "李月", "until": "2026-12-01"}


def told_to(**who: object) -> str:
    return Message.objects.get(**who).language


def test_a_message_is_in_the_language_of_its_receiver_not_of_its_sender() -> None:
    english, chinese = make_account(language="en"), make_account(language="zh-hans")

    for sender in ("zh-hans", "en"):
        with translation.override(sender):
            for account in (english, chinese):
                tell(HELD, account, VALUES, link=POSTS, actor=TESTER, now=timezone.now())

    assert set(
        Message.objects.filter(account_id=english.pk).values_list("language", flat=True)
    ) == {"en"}
    assert set(Message.objects.filter(account_id=chinese.pk).values_list("language", flat=True)) == {
        "zh-hans"
    }  # fmt: skip
    assert Message.objects.filter(account_id=english.pk).first().subject.isascii()  # type: ignore[union-attr]


def test_a_person_is_told_as_her_account_wants_it_and_without_one_in_chinese() -> None:
    person, other = make_person("李月"), make_person("李星")
    make_account("r-1", kind="resident", person_id=person.pk, language="en")

    for one in (person, other):
        notify.send(HELD, To(person_id=one.pk), VALUES, actor=TESTER, now=timezone.now(),
                    about=About("", POSTS))  # fmt: skip

    assert (told_to(person_id=person.pk), told_to(person_id=other.pk)) == ("en", "zh-hans")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_resident_who_comes_by_a_code_is_written_to_as_she_came(language: str) -> None:
    with translation.override(language):
        account = codes._new_resident("+8613800138000", timezone.now())

    assert Account.objects.get(pk=account.pk).language == language

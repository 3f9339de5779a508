"""E-mail: an address is given, confirmed by code, used, and let go; and by which ways messages come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from linli.files.testing import own_home
from linli.kernel import events
from linli.kernel.errors import Invalid, NotAllowed, NotFound, TooMany
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify import queries, services
from linli.notify.clients import edges, letters
from linli.notify.clients.envelopes import opened, sealed
from linli.notify.events import DeliveriesQueued
from linli.notify.models import (
    ChannelChoice,
    Delivery,
    EmailAddress,
    Message,
    MessageConsent,
    SimulatedSms,
)
from linli.notify.testing import SYSTEM, TestGateway, make_message, using
from linli.notify.types import TEMPLATES, Channel, To

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ACTOR = make_actor("reader", account_id=5, person_id=50)
OTHER = make_actor("other", account_id=6)
ADDRESS = "wei.ming@example.com"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch) -> Iterator[Path]:
    monkeypatch.setitem(events._listeners, DeliveriesQueued, [])
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def go(now: datetime = NOON) -> None:
    with using(TestGateway()):
        due = (queries.due_deliveries(now=now, is_urgent=urgent) for urgent in (True, False))
        for delivery_id in chain(*due):
            services.deliver(delivery_id, actor=SYSTEM, now=now)


def give(address: str = ADDRESS, actor: Any = ACTOR, now: datetime = NOON) -> str:
    services.give_address(address, language="en", actor=actor, now=now)
    go(now)
    return re.findall(r"\d{6}", mail.outbox[-1].body)[0]


def confirmed() -> None:
    services.confirm_address(give(), actor=ACTOR, now=NOON)
    mail.outbox.clear()


@pytest.mark.django_db
def test_an_address_is_sealed_and_counts_only_after_its_code_was_typed() -> None:
    code = give()

    row = EmailAddress.objects.get()
    assert mail.outbox[0].to == [ADDRESS]
    assert ADDRESS.encode() not in bytes(row.address)
    assert row.masked == "we***@example.com"
    assert code not in str(vars(row))
    assert queries.email_of(5, None) == ""
    services.confirm_address(f" {code[:3]} {code[3:]} ", actor=ACTOR, now=NOON)
    assert queries.email_of(5, None) == ADDRESS
    assert queries.email_of(None, 50) == ADDRESS
    assert queries.email_of(6, None) == ""


@pytest.mark.django_db
def test_a_wrong_code_counts_and_after_five_the_right_one_is_too_late() -> None:
    code = give()
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    for _ in range(5):
        with pytest.raises(Invalid):
            services.confirm_address(wrong, actor=ACTOR, now=NOON)
    with pytest.raises(Invalid):
        services.confirm_address(code, actor=ACTOR, now=NOON)

    assert queries.email_of(5, None) == ""
    again = give()
    services.confirm_address(again, actor=ACTOR, now=NOON)
    assert queries.email_of(5, None) == ADDRESS


@pytest.mark.django_db
def test_a_code_ages_and_is_nobody_elses() -> None:
    code = give()

    with pytest.raises(NotFound):
        services.confirm_address(code, actor=OTHER, now=NOON)
    with pytest.raises(Invalid):
        services.confirm_address(code, actor=ACTOR, now=NOON + timedelta(minutes=31))
    with pytest.raises(NotAllowed):
        services.give_address(ADDRESS, language="en", actor=NOBODY, now=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["", "no", "a@b", "a b@c.cn", "a@b.cn\nBcc: x@y.cn", "x" * 260 + "@b.cn"]
)
def test_what_is_no_address_is_told_and_nothing_is_sent(text: str) -> None:
    with pytest.raises(Invalid):
        services.give_address(text, language="en", actor=ACTOR, now=NOON)

    assert not EmailAddress.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_a_strangers_mailbox_is_not_flooded() -> None:
    for _ in range(3):
        give()

    with pytest.raises(TooMany):
        give()


@pytest.mark.django_db
def test_a_message_goes_by_email_too_and_says_only_that_there_is_one() -> None:
    confirmed()

    services.send("people.left", To(account_id=5), {"day": "1 November"}, actor=SYSTEM, now=NOON)
    go()

    message = Message.objects.get(template="people.left")
    assert len(mail.outbox) == 1
    assert "1 November" not in mail.outbox[0].body
    assert f"/inbox/{message.code}/" in mail.outbox[0].body
    assert "/inbox/choices/" in mail.outbox[0].body
    row = Delivery.objects.get(template="people.left", channel="email")
    assert (row.state, row.text, row.address) == ("delivered", None, None)


@pytest.mark.django_db
def test_the_text_of_an_email_is_sealed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed()
    calls: list[str] = []

    def counted(text: str, column: str, ref: str) -> bytes:
        calls.append(column)
        return sealed(text, column, ref)

    monkeypatch.setattr(letters, "sealed", counted)
    services.send("people.left", To(account_id=5), {"day": "1 November"}, actor=SYSTEM, now=NOON)

    waiting = Delivery.objects.filter(template="people.left")
    assert calls == ["text"] * waiting.count() != []
    row = waiting.get(channel="email")
    assert "/inbox/choices/" in opened(bytes(row.text or b""), "text", row.ref)


@pytest.mark.django_db
def test_without_an_address_no_email_waits() -> None:
    make_message(To(account_id=5), now=NOON)

    assert not Delivery.objects.filter(channel="email").exists()


@pytest.mark.django_db
def test_a_way_that_is_not_wanted_is_left_out_and_the_inbox_has_it_still() -> None:
    confirmed()
    services.choose_way("notify.own_matters", "email", is_wanted=False, actor=ACTOR, now=NOON)

    make_message(To(account_id=5, phone="13800009999"), now=NOON)
    go()

    states = dict(Delivery.objects.filter(template="test.greeting").values_list("channel", "state"))
    assert states == {"email": "skipped", "sms": "sent"}
    assert mail.outbox == []
    assert queries.count_unread(ACTOR) == 1
    services.choose_way("notify.own_matters", "email", is_wanted=True, actor=ACTOR, now=NOON)
    assert ChannelChoice.objects.get().is_wanted
    with pytest.raises(NotFound):
        services.choose_way("notify.own_matters", "pigeon", is_wanted=True, actor=ACTOR, now=NOON)


@pytest.mark.django_db
def test_a_warning_about_the_sign_in_cannot_be_muted() -> None:
    with pytest.raises(NotFound):
        services.choose_way("notify.sign_in", "sms", is_wanted=False, actor=ACTOR, now=NOON)
    ChannelChoice.objects.create(
        account_id=5, purpose="notify.sign_in", channel="sms", is_wanted=False, chosen_at=NOON
    )

    shown = {choice.purpose.key: choice.ways for choice in queries.choices_of(ACTOR)}
    assert shown["notify.sign_in"] == () and shown["notify.own_matters"] != ()
    assert queries.is_wanted("notify.sign_in", "sms", 5, None)
    services.choose_way("notify.work", "sms", is_wanted=False, actor=ACTOR, now=NOON)
    assert not queries.is_wanted("notify.work", "sms", 5, None)


@pytest.mark.django_db
def test_staff_get_no_email_at_night() -> None:
    confirmed()
    night = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)

    make_message(To(account_id=5, is_staff=True), now=night)
    go(night)

    row = Delivery.objects.get(template="test.greeting", channel="email")
    assert (row.state, mail.outbox) == ("held", [])
    go(datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_an_address_is_let_go_by_its_owner_and_with_an_erased_person() -> None:
    confirmed()
    services.drop_address(actor=OTHER, now=NOON)
    assert EmailAddress.objects.count() == 1

    services.drop_address(actor=ACTOR, now=NOON)
    assert not EmailAddress.objects.exists()

    confirmed()
    services.choose_way("notify.work", "sms", is_wanted=False, actor=ACTOR, now=NOON)
    with pytest.raises(NotAllowed):
        services.forget_reaching(50, actor=OTHER, now=NOON)
    services.forget_reaching(50, actor=SYSTEM, now=NOON)
    assert not EmailAddress.objects.exists()
    assert not ChannelChoice.objects.exists()


@pytest.mark.django_db
def test_of_an_erased_person_neither_messages_nor_numbers_nor_consent_stay() -> None:
    hers = To(account_id=5, person_id=50, phone="13800009999")
    services.give_consent("notify.events", actor=ACTOR, now=NOON)
    night = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    for to, now in ((hers, NOON), (hers, night), (To(account_id=6, phone="13800008888"), night)):
        make_message(to, now=now)
    given_up, waiting, other = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=given_up.pk).update(state="dead", cost_fen=5, ended_at=NOON)

    with pytest.raises(NotAllowed):
        services.forget_owner(5, actor=ACTOR, now=night)
    assert Message.objects.count() == 3
    services.forget_owner(5, actor=SYSTEM, now=night)
    go(NOON + timedelta(days=1))

    assert Message.objects.get().account_id == 6
    for row in (given_up, waiting):
        row.refresh_from_db()
        assert (row.address, row.text, row.masked, row.subject) == (None, None, "", "")
    assert (given_up.cost_fen, waiting.state) == (5, "skipped")
    other.refresh_from_db()
    assert (other.state, other.masked) == ("sent", "138****8888")
    assert not queries.has_consent("notify.events", 5, 50)
    assert MessageConsent.objects.get().withdrawn_at == night


@pytest.mark.django_db
def test_what_is_on_its_way_when_its_reader_is_erased_is_not_sent_again() -> None:
    make_message(To(account_id=5, phone="13800009999"), now=NOON)
    Delivery.objects.update(state="sending", attempts=1, due_at=NOON)

    services.forget_owner(5, actor=SYSTEM, now=NOON)
    go()

    row = Delivery.objects.get()
    assert (row.state, row.reason, row.text, row.address) == ("dead", "erased", None, None)


@pytest.mark.django_db
def test_where_no_mail_server_is_set_email_is_not_offered(settings: Any) -> None:
    settings.EMAIL_BACKEND = queries.reaching.CONSOLE

    page = client_of(ACTOR).get(reverse("notify:choices")).content.decode()

    assert reverse("notify:email") not in page
    with pytest.raises(NotFound):
        services.give_address(ADDRESS, language="en", actor=ACTOR, now=NOON)
    settings.LINLI_DEMO = True
    services.give_address(ADDRESS, language="en", actor=ACTOR, now=NOON)
    go()
    assert SimulatedSms.objects.get().phone == ADDRESS


@pytest.mark.django_db
def test_the_doctor_names_a_mail_server_that_does_not_answer(settings: Any) -> None:
    assert edges.mail_fault() == ""

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert "ConnectionRefused" in edges.mail_fault()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_lead_from_address_to_code_to_choice(language: str) -> None:
    reader = client_of(ACTOR)
    to = f"/{language}/me/email/"

    def post(where: str, **data: str) -> Any:
        return reader.post(where, {"key": str(uuid4()), **data})

    assert post(to, email="no").status_code == 422
    assert post(to, email=ADDRESS)["Location"] == f"{to}code/"
    go(timezone.now())
    assert "we***@example.com" in reader.get(f"{to}code/").content.decode()
    assert post(f"{to}code/", code="1").status_code == 422
    code = re.findall(r"\d{6}", mail.outbox[-1].body)[0]
    assert post(f"{to}code/", code=code).status_code == 303
    page = reader.get(f"/{language}/inbox/choices/").content.decode()
    assert page.count('role="switch"') > page.count('aria-checked="false"') >= 0
    post(f"/{language}/inbox/choices/notify.own_matters/way", channel="sms")
    page = reader.get(f"/{language}/inbox/choices/").content.decode()
    assert page.count('aria-checked="false"') == 1
    assert post(f"{to}drop").status_code == 303
    assert not EmailAddress.objects.exists()


def test_every_message_has_words_for_each_of_its_ways_in_both_languages() -> None:
    from django.utils.translation import override

    for template in TEMPLATES:
        for channel, text in template.texts.items():
            with override("en"):
                english = str(text.body)
            with override("zh-hans"):
                chinese = str(text.body)
            if template.key.startswith("test."):
                continue
            assert english != chinese, (template.key, channel)
            assert set(re.findall(r"%\(\w+\)s", english)) == set(
                re.findall(r"%\(\w+\)s", chinese)
            ), template.key
            if channel is Channel.EMAIL and template.key != "notify.email_code":
                assert "%(" not in english


@pytest.mark.django_db
def test_the_api_gives_confirms_and_takes_back_ones_own_address() -> None:
    reader, to = client_of(ACTOR), "/api/v1/inbox/email/"

    given = post_json(reader, to, {"email": ADDRESS})
    go(timezone.now())
    code = re.findall(r"\d{6}", mail.outbox[-1].body)[0]
    wrong = post_json(reader, f"{to}confirm", {"code": "1"})
    tries = EmailAddress.objects.get().tries
    confirmed = post_json(reader, f"{to}confirm", {"code": code}).json()

    assert given.json()["masked"] == "we***@example.com" and not given.json()["is_confirmed"]
    assert (wrong.status_code, tries) == (422, 1)
    assert confirmed["is_confirmed"] and ADDRESS not in str(confirmed)
    assert client_of(OTHER).get(to).json()["masked"] is None
    assert client_of(NOBODY).get(to).status_code == 403
    assert post_json(reader, to, {"email": "no"}).status_code == 422
    assert post_json(reader, to, {"email": ""}).json()["masked"] is None
    assert not EmailAddress.objects.exists()

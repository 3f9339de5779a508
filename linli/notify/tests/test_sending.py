"""Sending: inbox at once, the outside by the worker."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from linli.files.testing import own_home
from linli.kernel import events
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.testing import VILLAGE, make_actor
from linli.notify import queries, rules, services
from linli.notify.clients.envelopes import opened
from linli.notify.errors import TooManyCodes
from linli.notify.events import DeliveriesQueued
from linli.notify.models import Delivery, Message
from linli.notify.retention import ENTRIES
from linli.notify.testing import ACTIVITY, GREETING, SYSTEM, TestGateway, make_message, using
from linli.notify.types import TEMPLATES, About, Channel, Link, To

# a Tuesday, noon in Dongguan
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
READER = make_actor("reader", account_id=5, person_id=50)
OTHER = make_actor("other", account_id=6)
PHONE = To(account_id=5, phone="13800009999")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch) -> Iterator[Path]:
    monkeypatch.setitem(events._listeners, DeliveriesQueued, [])
    with own_home(tmp_path, settings, NOON) as path:
        yield path


@pytest.mark.django_db
def test_a_message_is_in_the_inbox_and_waits_to_go_out() -> None:
    about = About(VILLAGE, Link("notify:inbox"))
    message = make_message(PHONE, now=NOON, about=about)

    assert message is not None
    assert (message.subject, message.body) == ("Decided", "Hello 何伟明, your matter is decided.")
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.state, delivery.masked) == ("sms", "queued", "138****9999")
    assert b"13800009999" not in bytes(delivery.address or b"")
    assert "何伟明".encode() not in bytes(delivery.text or b"")
    assert queries.address_of(message).endswith("/inbox/")


@pytest.mark.django_db
def test_a_text_message_ends_with_the_address_of_its_page(settings: Any) -> None:
    settings.LINLI_PUBLIC_URL = "https://linli.example.cn"
    for language in ("zh-hans", "en"):
        make_message(
            To(phone="13800009999", language=language),
            now=NOON,
            about=About(VILLAGE, Link("notify:message", ("K7",))),
        )
    make_message(To(phone="13800009999"), now=NOON)

    texts = [
        opened(bytes(one.text or b""), "text", one.ref) for one in Delivery.objects.order_by("pk")
    ]
    said = "Hello 何伟明, see your inbox."
    assert texts == [f"{said} https://linli.example.cn/inbox/K7"] * 2 + [said]


@pytest.mark.parametrize("key", ["cases.filed", "offerings.applied"])
def test_number_code_and_address_of_a_receipt_are_one_text_message(key: str) -> None:
    kind = TEMPLATES.get(key)
    assert kind is not None
    address = "https://linli.dg.gov.cn/follow/SQ-2026-0001"
    with override("zh-hans"):
        text = rules.filled(str(kind.texts[Channel.SMS].body), {"code": "K7QM3XRWAB"})

    assert rules.pieces(rules.with_page(text, address)) == 1
    assert "本村" not in text


def test_no_text_message_is_longer_than_two_with_its_address() -> None:
    usual = {
        "when": "11月30日 (周一) 08:50", "to": "12月1日 (周二) 14:00", "changes": "", "change": "原定11月30日 (周一) 08:50，改为12月1日 (周二) 14:00。", "venue": "党群服务中心活动室", "event": "亲子剪纸", "name": "积分入学资料现场核对",
        "number": "SQ-2026-0001", "code": "K7QM3XRWAB", "window": "1", "why": "台风", "reason": "台风",
        "state": "已受理。", "next": "三个工作日内有答复。", "round": "2027年春季", "group": "榕树广场舞队", "yuan": "40.00元",
        "paper": "SL-2026-0001", "named": "物业服务投诉 WY-2026-0001", "until": "12月1日 (周二) 14:00", "receipt": "PJ-2026-0001", "order": "JK-2026-0001", "ticket": "A12",
        "outcome": "18 次中已预订 12 次，其余的和原因见页面。", "agent": "欧阳月明",
    }  # fmt: skip
    address, long = "https://linli.dg.gov.cn/enrolments/K7QM3XRWAB", []
    with override("zh-hans"):
        for kind in TEMPLATES:
            if Channel.SMS in kind.texts and not kind.key.startswith("test."):
                text = rules.filled(str(kind.texts[Channel.SMS].body), usual)
                long += [kind.key] * (rules.pieces(rules.with_page(text, address)) > 2)

    assert long == []


@pytest.mark.django_db
def test_only_the_recipient_sees_a_message() -> None:
    message = make_message(PHONE, now=NOON)
    to_post = make_message(To(post_id=9), now=NOON)
    assert message is not None
    assert to_post is not None
    holder = make_actor("holder", account_id=7)
    object.__setattr__(holder, "posts", frozenset({9}))

    assert queries.get_message(READER, message.code) == message
    assert queries.get_message(holder, to_post.code) == to_post
    for actor in (OTHER, NOBODY):
        with pytest.raises(NotFound):
            queries.get_message(actor, message.code)
        assert queries.list_messages(actor).items == []


@pytest.mark.django_db
def test_reading_and_counting_unread() -> None:
    first, second = make_message(PHONE, now=NOON), make_message(PHONE, now=NOON)
    assert first is not None
    assert second is not None
    assert queries.count_unread(READER) == 2

    services.mark_read(first, actor=READER, now=NOON)
    assert queries.count_unread(READER) == 1
    assert queries.list_messages(READER, is_unread=True).items == [second]

    assert services.mark_all_read(actor=READER, now=NOON) == 1
    assert queries.count_unread(READER) == 0


@pytest.mark.django_db
def test_texts_are_in_the_language_of_the_recipient() -> None:
    from linli.notify.kinds import JOB_ENDED

    TEMPLATES.add(JOB_ENDED)
    values = {"title": "X", "state": "done"}
    message = services.send(
        JOB_ENDED.key, To(account_id=5, language="en"), values, actor=SYSTEM, now=NOON
    )
    assert message is not None
    assert (message.language, message.body) == ("en", "“X” has ended: done.")


@pytest.mark.django_db
def test_many_messages_are_one_statement_per_table(django_assert_num_queries) -> None:
    TEMPLATES.add(GREETING)
    recipients = [(To(account_id=n, phone=f"1380000{n:04d}"), {"name": "x"}) for n in range(1, 201)]
    # the languages of all are one read more
    with django_assert_num_queries(4):
        services.send_many(GREETING.key, recipients, actor=SYSTEM, now=NOON)

    assert Message.objects.count() == Delivery.objects.count() == 200


@pytest.mark.django_db
def test_a_rollback_sends_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_message(PHONE, now=NOON)
        raise ZeroDivisionError
    assert Message.objects.count() == Delivery.objects.count() == 0


@pytest.mark.django_db
def test_the_worker_is_told_in_the_same_transaction(monkeypatch) -> None:
    told: list[object] = []
    monkeypatch.setitem(events._listeners, DeliveriesQueued, [told.append])
    make_message(PHONE, now=NOON)
    assert told == [DeliveriesQueued((Delivery.objects.get().pk,))]
    services.send_code("13800007777", "246810", language="zh-hans", now=NOON)
    assert told[1:] == [DeliveriesQueued((Delivery.objects.latest("pk").pk,), is_urgent=True)]


@pytest.mark.django_db
def test_what_was_announced_is_what_is_sent_and_the_worker_is_told_once(monkeypatch) -> None:
    TEMPLATES.add(GREETING)
    told: list[Any] = []
    monkeypatch.setitem(events._listeners, DeliveriesQueued, [told.append])
    with transaction.atomic():
        announced = services.announce(GREETING.key, PHONE, actor=SYSTEM, now=NOON)
        assert (len(told), Delivery.objects.count()) == (1, 0)
        message = services.send_announced(announced, {"name": "x"}, actor=SYSTEM, now=NOON)

    delivery = Delivery.objects.get()
    assert told == [DeliveriesQueued((delivery.pk,))]
    assert (delivery.pk, delivery.message) == (announced.delivery_id, message)
    assert opened(delivery.text or b"", "text", delivery.ref).startswith("Hello x")


@pytest.mark.django_db
def test_where_no_text_message_goes_none_is_announced(monkeypatch) -> None:
    TEMPLATES.add(GREETING)
    told: list[Any] = []
    monkeypatch.setitem(events._listeners, DeliveriesQueued, [told.append])
    announced = services.announce(GREETING.key, To(post_id=3), actor=SYSTEM, now=NOON)
    message = services.send_announced(announced, {"name": "x"}, actor=SYSTEM, now=NOON)

    assert announced.delivery_id is None
    assert message is not None
    assert (told, Delivery.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_a_code_goes_out_at_any_hour_and_nothing_of_it_stays() -> None:
    night = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
    services.send_code("13800009999", "246810", language="zh-hans", now=night)
    delivery = Delivery.objects.get()
    assert b"246810" not in bytes(delivery.text or b"")

    with using(TestGateway()) as gateway:
        assert services.deliver(delivery.pk, actor=SYSTEM, now=night) == "sent"

    assert "246810" in gateway.sent[0].text
    delivery.refresh_from_db()
    assert delivery.text is None
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_a_number_is_not_flooded_with_codes() -> None:
    for _ in range(6):
        services.send_code("13800009999", "246810", language="en", now=NOON)
    with pytest.raises(TooManyCodes) as refused:
        services.send_code("13800009999", "246810", language="en", now=NOON)

    assert refused.value.details["retry_after"] == 7200
    assert Delivery.objects.count() == 6
    services.send_code("13700000000", "246810", language="en", now=NOON)
    services.send_code("13800009999", "246810", language="en", now=NOON + timedelta(hours=2))


@pytest.mark.django_db
def test_consent_is_asked_given_and_taken_back() -> None:
    assert not queries.has_consent("notify.events", 5, 50)

    services.give_consent("notify.events", actor=READER, now=NOON)
    services.give_consent("notify.events", actor=READER, now=NOON)
    assert queries.has_consent("notify.events", 5, None)
    assert queries.has_consent("notify.events", None, 50)
    assert not queries.has_consent("notify.events", 6, None)

    services.withdraw_consent("notify.events", actor=READER, now=NOON)
    services.withdraw_consent("notify.events", actor=READER, now=NOON)
    assert not queries.has_consent("notify.events", 5, 50)


@pytest.mark.django_db
def test_duties_of_the_office_are_not_asked() -> None:
    with pytest.raises(NotFound):
        services.give_consent("notify.own_matters", actor=READER, now=NOON)
    asked = {choice.purpose.key: choice.is_asked for choice in queries.choices_of(READER)}
    assert asked["notify.events"]
    assert not asked["notify.own_matters"]


@pytest.mark.django_db
def test_a_new_wording_asks_anew(monkeypatch) -> None:
    from dataclasses import replace

    from linli.notify.types import PURPOSES

    services.give_consent("notify.events", actor=READER, now=NOON)
    kind = PURPOSES.get("notify.events")
    assert kind is not None
    monkeypatch.setitem(PURPOSES._items, "notify.events", replace(kind, version=2))

    assert not queries.has_consent("notify.events", 5, 50)
    assert ACTIVITY.purpose == "notify.events"


@pytest.mark.django_db
def test_old_messages_go() -> None:
    make_message(PHONE, now=NOON)
    make_message(PHONE, now=NOON + timedelta(days=300))

    for entry in ENTRIES:
        entry.going.step(NOON + timedelta(days=366), 10)
        entry.going.step(NOON + timedelta(days=366), 10)

    assert Message.objects.count() == 1
    assert Delivery.objects.count() == 1

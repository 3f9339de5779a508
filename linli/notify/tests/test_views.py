"""Pages of messages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from linli.files.testing import own_home
from linli.kernel import events
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import CITY, client_of, make_actor
from linli.notify import permits, queries, services
from linli.notify.events import DeliveriesQueued
from linli.notify.models import Delivery
from linli.notify.testing import SYSTEM, TestGateway, make_message, using
from linli.notify.types import About, GatewayRefused, Link, To

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
READER = make_actor("reader", account_id=5)
OTHER = make_actor("other", account_id=6)
OVERSEER = make_actor("overseer", permits.OVERSEE, at=CITY, account_id=9)
TO = To(account_id=5, phone="13800009999")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch) -> Iterator[Path]:
    monkeypatch.setitem(events._listeners, DeliveriesQueued, [])
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def read(actor: Actor, address: str, language: str = "en") -> Any:
    return client_of(actor).get(f"/{language}/{address}")


def post(actor: Actor, address: str, key: str = "k1", **form: str) -> Any:
    return client_of(actor).post(f"/en/{address}", {"key": key, **form})


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_can_be_read(language: str, settings: Any) -> None:
    settings.LINLI_DEMO = True
    message = make_message(TO, now=NOON, about=About("", Link("notify:inbox")))
    assert message is not None
    pages = {
        "inbox/": READER,
        "inbox/?show=unread": READER,
        f"inbox/{message.code}/": READER,
        "inbox/choices/": READER,
        "deliveries/": OVERSEER,
        "deliveries/?state=dead": OVERSEER,
        "demo/telephone/?phone=13800009999": NOBODY,
    }
    for page, actor in pages.items():
        assert read(actor, page, language).status_code == 200, page


@pytest.mark.django_db
def test_opening_a_message_reads_it_and_leads_to_the_matter() -> None:
    message = make_message(TO, now=NOON, about=About("", Link("notify:inbox")))
    assert message is not None
    assert "<b>Decided</b>" in read(READER, "inbox/").content.decode()

    body = read(READER, f"inbox/{message.code}/").content.decode()

    assert "your matter is decided" in body
    assert "<b>Decided</b>" not in read(READER, "inbox/").content.decode()
    assert read(READER, "inbox/?show=unread").content.decode().count(message.code) == 0


@pytest.mark.django_db
def test_messages_of_others_are_not_found_and_nobody_has_an_inbox() -> None:
    message = make_message(TO, now=NOON)
    assert message is not None
    assert read(OTHER, f"inbox/{message.code}/").status_code == 404
    assert read(NOBODY, "inbox/").status_code == 403
    assert read(OTHER, "deliveries/").status_code == 404


@pytest.mark.django_db
def test_all_are_marked_as_read() -> None:
    make_message(TO, now=NOON)
    assert post(READER, "inbox/read").status_code == 303
    assert queries.count_unread(READER) == 0


@pytest.mark.django_db
def test_consent_is_given_and_taken_back_with_one_press() -> None:
    assert post(READER, "inbox/choices/notify.events/choose", agree="1").status_code == 303
    assert queries.has_consent("notify.events", 5, None)
    assert post(READER, "inbox/choices/notify.events/choose", "k2").status_code == 303
    assert not queries.has_consent("notify.events", 5, None)
    assert post(READER, "inbox/choices/nothing/choose", "k3", agree="1").status_code == 404


@pytest.mark.django_db
def test_a_dead_letter_is_sent_again_from_its_page() -> None:
    make_message(TO, now=NOON)
    delivery = Delivery.objects.get()
    with using(TestGateway(errors=[GatewayRefused("number_unknown")])):
        services.deliver(delivery.pk, actor=SYSTEM, now=NOON)
    page = read(OVERSEER, "deliveries/?state=dead").content.decode()
    assert "138****9999" in page
    assert "13800009999" not in page

    assert post(OTHER, f"deliveries/{delivery.ref}/revive").status_code == 404
    assert post(OVERSEER, f"deliveries/{delivery.ref}/revive").status_code == 303
    delivery.refresh_from_db()
    assert delivery.state == "queued"


@pytest.mark.django_db
def test_nobody_is_pointed_to_an_inbox_that_there_is_not() -> None:
    make_message(To(phone="13800009999"), now=NOON)
    make_message(TO, now=NOON)
    for one in Delivery.objects.all():
        Delivery.objects.filter(pk=one.pk).update(
            state="skipped", reason="enough_today", ended_at=NOON, text=None, address=None
        )

    page = read(OVERSEER, "deliveries/").content.decode()
    told = client_of(OVERSEER).get("/api/v1/deliveries/").json()["items"]

    assert page.count("Not sent, and there is no inbox: call if it matters") == 1
    assert page.count("Not sent, in the inbox") == 2, "one row, and the tab"
    assert [one["has_inbox"] for one in told] == [True, False]
    assert 'class="table ll-dense ll-fold"' in page, "on a phone each is a card with its state"


@pytest.mark.django_db
def test_in_service_there_is_no_telephone_to_look_at() -> None:
    assert read(OVERSEER, "demo/telephone/").status_code == 404


@pytest.mark.django_db
def test_the_inbox_has_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:
    for _ in range(30):
        make_message(TO, now=NOON)

    with django_assert_max_num_queries(6):
        page = read(READER, "inbox/").content.decode()

    shown = queries.list_messages(READER).items
    assert len(shown) > 1
    assert all(f"/inbox/{message.code}/" in page for message in shown)


@pytest.mark.django_db
def test_the_end_of_a_job_is_told_in_the_inbox() -> None:
    from linli.notify import tasks
    from linli.runtime.testing import make_long_job

    job = make_long_job(now=NOON, actor=READER)
    tasks.tell_job_ended(code=job.code)

    [message] = queries.list_messages(READER).items
    assert queries.address_of(message).endswith(f"/jobs/{job.code}/")

"""The worker's side of messages: hours, consent, money, tries, reports."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.files.testing import own_home
from linli.kernel import events
from linli.kernel.errors import NotAllowed
from linli.kernel.lanes import LANES, URGENT
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE, make_actor
from linli.notify import permits, queries, services, tasks
from linli.notify.clients.simulator import Simulator
from linli.notify.errors import CostCapReached, NotDead
from linli.notify.events import DeliveriesQueued
from linli.notify.listeners import on_deliveries_queued
from linli.notify.models import Counter, Delivery, Message, SimulatedSms
from linli.notify.services import spending
from linli.notify.testing import ACTIVITY, SYSTEM, TestGateway, make_message, using
from linli.notify.types import PHONE_OF_ACCOUNT, About, GatewayBusy, GatewayRefused, Report, To

# a Tuesday, noon in Dongguan
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
OVERSEER = make_actor("overseer", permits.OVERSEE, at=TOWN, account_id=9)
STRANGER = make_actor("stranger", permits.OVERSEE, at=OTHER_TOWN, account_id=8)
READER = make_actor("reader", account_id=5)
ABOUT = About(VILLAGE)
PHONE = To(account_id=5, phone="13800009999")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch) -> Iterator[Path]:
    monkeypatch.setitem(events._listeners, DeliveriesQueued, [])
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def queue(to: To = PHONE, **more: Any) -> Delivery:
    make_message(to, now=NOON, about=ABOUT, **more)
    return Delivery.objects.latest("id")


def it_is(now: datetime, patch: pytest.MonkeyPatch) -> None:
    """Let jobs begin at this moment."""
    patch.setattr(tasks, "timezone", SimpleNamespace(now=lambda: now))


def state(delivery: Delivery) -> tuple[str, str]:
    delivery.refresh_from_db()
    return delivery.state, delivery.reason


@pytest.mark.django_db
def test_a_message_goes_out_and_is_reported_once() -> None:
    delivery = queue()
    with using(TestGateway()) as gateway:
        assert services.deliver(delivery.pk, actor=SYSTEM, now=NOON) == "sent"
        assert services.deliver(delivery.pk, actor=SYSTEM, now=NOON) == ""
        gateway.waiting = [
            Report(delivery.ref, True),
            Report(delivery.ref, True),
            Report("other", True),
        ]
        assert services.take_reports(actor=SYSTEM, now=NOON) == 1

    assert [sms.phone for sms in gateway.sent] == ["13800009999"]
    assert state(delivery) == ("delivered", "")
    assert (delivery.address, delivery.text, delivery.cost_fen) == (None, None, 5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_staff", "now", "due"),
    [
        (False, NIGHT, datetime(2026, 11, 25, 0, 0, tzinfo=UTC)),
        (True, datetime(2026, 11, 24, 11, 0, tzinfo=UTC), datetime(2026, 11, 25, 0, 0, tzinfo=UTC)),
        (True, datetime(2026, 11, 28, 4, 0, tzinfo=UTC), datetime(2026, 11, 30, 0, 0, tzinfo=UTC)),
    ],
)
def test_outside_the_hours_a_message_waits_for_the_morning(is_staff, now, due) -> None:
    """Basis: BU-25; staff on working days only."""
    delivery = queue(To(account_id=5, phone="13800009999", is_staff=is_staff))
    with using(TestGateway()) as gateway:
        assert services.deliver(delivery.pk, actor=SYSTEM, now=now) == "held"
        assert gateway.sent == []
        assert state(delivery) == ("held", "hours")
        assert delivery.due_at == due
        assert queries.due_deliveries(now=now) == []
        assert queries.due_deliveries(now=due) == [delivery.pk]
        assert services.deliver(delivery.pk, actor=SYSTEM, now=due) == "sent"


@pytest.mark.django_db
def test_a_message_whose_sending_breaks_waits_longer_each_time_and_keeps_no_other_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken, whole = queue(), queue()
    Delivery.objects.filter(pk=broken.pk).update(text=b"no key opens this")
    told: list[timedelta] = []

    with using(TestGateway()) as gateway:
        for minutes in (0, 10, 60):
            it_is(NOON + timedelta(minutes=minutes), monkeypatch)
            tasks.deliver_due(0)
            broken.refresh_from_db()
            told.append(broken.due_at - NOON - timedelta(minutes=minutes))

    assert told == [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]
    assert state(broken) == ("queued", "broke") and state(whole) == ("sent", "")
    assert len(gateway.sent) == 1


@pytest.mark.django_db
def test_what_is_urgent_never_stands_behind_a_mass_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    it_is(NOON, monkeypatch)
    usual = [queue(To(account_id=5 + n, phone="13800009999")) for n in range(3)]
    urgent = queue(To(account_id=9, phone="13800008888"), urgent=True)

    assert queries.due_deliveries(now=NOON, limit=2) == [one.pk for one in usual[:2]]
    assert queries.due_deliveries(now=NOON, is_urgent=True) == [urgent.pk]
    with using(TestGateway()) as gateway:
        tasks.deliver_urgent_due(0)
        assert [sms.phone for sms in gateway.sent] == ["13800008888"]
    assert tasks.deliver_urgent_due.lock == "notify.deliver_urgent_due"
    assert {tasks.deliver_urgent.queue, tasks.deliver_urgent_due.queue} == {URGENT}
    assert LANES[URGENT] > 1, "one slot stays free for codes"


# where nothing was written yet: what other tests left behind changes which index is cheaper
@pytest.mark.django_db(transaction=True)
def test_what_is_urgent_is_found_past_any_mass_of_others_by_an_index_of_its_own() -> None:
    with (
        transaction.atomic(),
        CaptureQueriesContext(connection) as asked,
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL enable_seqscan = off")
        queries.due_deliveries(now=NOON, is_urgent=True)
        cursor.execute(f"EXPLAIN {asked[-1]['sql']}")
        assert "delivery_urgent_due" in str(cursor.fetchall())


@pytest.mark.django_db
def test_few_urgent_ones_are_sent_at_once_and_many_by_the_job_of_the_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queued: list[tuple[str, int]] = []
    for task in (tasks.deliver, tasks.deliver_urgent):
        note = partial(
            lambda name, delivery_ids: queued.append((name, len(delivery_ids))), task.name
        )
        monkeypatch.setattr(task, "defer", note)

    for count, is_urgent in ((10, True), (11, True), (100, False), (101, False)):
        on_deliveries_queued(DeliveriesQueued(tuple(range(count)), is_urgent))

    assert queued == [("notify.deliver_urgent", 10), ("notify.deliver", 100)]


@pytest.mark.django_db
def test_what_breaks_on_its_way_to_the_gateway_is_given_up_after_the_last_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    delivery = queue()
    with using(TestGateway(errors=[KeyError("x")] * 9)):
        for hours in range(6):
            it_is(NOON + timedelta(hours=hours), monkeypatch)
            Delivery.objects.update(due_at=NOON)
            tasks.deliver([delivery.pk])

    assert state(delivery) == ("dead", "broke")


@pytest.mark.django_db
def test_an_email_that_no_header_takes_is_given_up_at_once() -> None:
    delivery = queue(To(account_id=5, email="he@example.org"))
    Delivery.objects.filter(pk=delivery.pk).update(subject="one\ntwo")

    assert services.deliver(delivery.pk, actor=SYSTEM, now=NOON) == "dead"

    assert state(delivery) == ("dead", "not_writable") and mail.outbox == []


@pytest.mark.django_db
def test_the_newest_delivery_comes_first_whatever_its_id() -> None:
    newest, oldest = queue(), queue()
    Delivery.objects.filter(pk=newest.pk).update(created_at=NOON + timedelta(minutes=1))

    for state in ("", "queued"):
        first = queries.list_deliveries(OVERSEER, state=state, limit=1)
        rest = queries.list_deliveries(OVERSEER, state=state, cursor=first.next)
        assert (first.items, rest.items) == ([newest], [oldest])


@pytest.mark.django_db
def test_an_urgent_message_goes_at_night() -> None:
    delivery = queue(urgent=True)
    with using(TestGateway()) as gateway:
        assert services.deliver(delivery.pk, actor=SYSTEM, now=NIGHT) == "sent"
    assert len(gateway.sent) == 1


@pytest.mark.django_db
def test_without_consent_nothing_goes_out_also_if_it_was_taken_back_meanwhile() -> None:
    services.give_consent("notify.events", actor=READER, now=NOON)
    first, second = queue(template=ACTIVITY), queue(template=ACTIVITY)
    with using(TestGateway()) as gateway:
        assert services.deliver(first.pk, actor=SYSTEM, now=NOON) == "sent"
        services.withdraw_consent("notify.events", actor=READER, now=NOON)
        assert services.deliver(second.pk, actor=SYSTEM, now=NOON) == "skipped"

    assert len(gateway.sent) == 1
    assert state(second) == ("skipped", "no_consent")
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_the_number_is_the_one_of_today_and_without_one_the_inbox_has_to_do(monkeypatch) -> None:
    numbers = {5: "13911112222"}
    monkeypatch.setattr(PHONE_OF_ACCOUNT, "_function", lambda account: numbers.get(account, ""))
    known, unknown = queue(To(account_id=5)), queue(To(account_id=6))
    with using(TestGateway()) as gateway:
        assert services.deliver(known.pk, actor=SYSTEM, now=NOON) == "sent"
        assert services.deliver(unknown.pk, actor=SYSTEM, now=NOON) == "skipped"

    assert [sms.phone for sms in gateway.sent] == ["13911112222"]
    assert state(unknown) == ("skipped", "no_address")


@pytest.mark.django_db
def test_a_busy_gateway_is_asked_again_ever_later_and_then_given_up() -> None:
    delivery = queue()
    now, waits = NOON, []
    with using(TestGateway(errors=[GatewayBusy("try_later")] * 6)):
        for _ in range(6):
            services.deliver(delivery.pk, actor=SYSTEM, now=now)
            delivery.refresh_from_db()
            waits.append((delivery.due_at - now).total_seconds())
            now = delivery.due_at

    assert waits[:5] == [60, 300, 1800, 7200, 21600]
    assert state(delivery) == ("dead", "try_later")
    assert delivery.cost_fen == 5
    assert Counter.objects.filter(subject=f"sms {VILLAGE}").values_list("used", flat=True)[0] == 5


@pytest.mark.django_db
def test_a_refused_message_is_a_dead_letter_that_can_be_sent_again_or_let_go() -> None:
    delivery, other = queue(), queue()
    with using(TestGateway(errors=[GatewayRefused("number_unknown")] * 2)):
        services.deliver(delivery.pk, actor=SYSTEM, now=NOON)
        services.deliver(other.pk, actor=SYSTEM, now=NOON)
        assert state(delivery) == ("dead", "number_unknown")
        assert queries.list_deliveries(OVERSEER, state="dead").items == [other, delivery]
        assert queries.list_deliveries(STRANGER, state="dead").items == []

        services.revive_delivery(delivery, actor=OVERSEER, now=NOON)
        assert services.deliver(delivery.pk, actor=SYSTEM, now=NOON) == "sent"

    services.drop_delivery(other, actor=OVERSEER, now=NOON)
    other.refresh_from_db()
    assert (other.text, other.address) == (None, None)
    for act in (services.revive_delivery, services.drop_delivery):
        with pytest.raises(NotDead):
            act(other, actor=OVERSEER, now=NOON)
        with pytest.raises(NotAllowed):
            act(other, actor=STRANGER, now=NOON)


@pytest.mark.django_db
def test_a_message_whose_worker_died_is_sent_again_under_the_same_ref_and_paid_once() -> None:
    delivery = queue()

    class Dies(TestGateway):
        def send(self, sms):
            raise KeyboardInterrupt

    with using(Dies()), pytest.raises(KeyboardInterrupt):
        services.deliver(delivery.pk, actor=SYSTEM, now=NOON)
    assert state(delivery)[0] == "sending"
    assert queries.due_deliveries(now=NOON + timedelta(minutes=9)) == []

    later = NOON + timedelta(minutes=10)
    with using(TestGateway()) as gateway:
        assert queries.due_deliveries(now=later) == [delivery.pk]
        assert services.deliver(delivery.pk, actor=SYSTEM, now=later) == "sent"
    assert [sms.ref for sms in gateway.sent] == [delivery.ref]
    assert set(Counter.objects.filter(subject=f"sms {VILLAGE}").values_list("used", flat=True)) == {
        5
    }


@pytest.mark.django_db
def test_at_the_cap_of_the_day_messages_stay_in_the_inbox_and_nothing_is_booked(
    monkeypatch,
) -> None:
    monkeypatch.setattr(queries, "sms_month_cap", lambda place, on: 50)
    before = spending.CAP_REFUSED.labels("day")._value.get()
    deliveries = [queue(To(account_id=n, phone=f"1380000{n:04d}")) for n in range(1, 4)]
    with using(TestGateway(price=5)) as gateway:
        states = [services.deliver(delivery.pk, actor=SYSTEM, now=NOON) for delivery in deliveries]

    assert states == ["sent", "sent", "skipped"]
    assert state(deliveries[2]) == ("skipped", "cost_cap")
    assert deliveries[2].cost_fen == 0
    assert set(Counter.objects.filter(subject=f"sms {VILLAGE}").values_list("used", flat=True)) == {
        10
    }
    assert spending.CAP_REFUSED.labels("day")._value.get() == before + 1
    assert len(gateway.sent) == 2


@pytest.mark.django_db
def test_the_month_has_a_cap_too_and_gives_the_day_back(monkeypatch) -> None:
    monkeypatch.setattr(queries, "sms_month_cap", lambda place, on: 50)
    days = [NOON + timedelta(days=n) for n in range(6)]
    days = [NOON.date() + timedelta(days=n) for n in range(5)]
    for day in [day for day in days for _ in range(2)]:
        spending.spend(VILLAGE, 5, day, actor=SYSTEM)

    last = NOON.date() + timedelta(days=5)
    with pytest.raises(CostCapReached) as refused, transaction.atomic():
        spending.spend(VILLAGE, 5, last, actor=SYSTEM)

    assert refused.value.details["until"] == "2026-12-01"
    assert Counter.objects.get(period="month 2026-11").used == 50
    assert not Counter.objects.filter(period="day 2026-11-29").exists()


@pytest.mark.django_db
def test_one_person_gets_only_so_many_a_day_unless_it_is_urgent() -> None:
    deliveries = [queue() for _ in range(4)]
    urgent = queue(urgent=True)
    with using(TestGateway()):
        states = [services.deliver(delivery.pk, actor=SYSTEM, now=NOON) for delivery in deliveries]
        assert services.deliver(urgent.pk, actor=SYSTEM, now=NOON) == "sent"

    assert states == ["sent", "sent", "sent", "skipped"]
    assert state(deliveries[3]) == ("skipped", "enough_today")


@pytest.mark.django_db
def test_numbers_that_look_alike_behind_their_mask_have_a_share_of_the_day_each() -> None:
    alike = [To(phone=f"1{n}345550") for n in ("3812", "3834", "3856", "3878")]
    alike += [To(account_id=5, phone="13800009999"), To(person_id=5, phone="13700009999")]
    deliveries = [queue(to) for to in alike]
    again = [queue(alike[0]) for _ in range(3)]
    with using(TestGateway()):
        states = [services.deliver(one.pk, actor=SYSTEM, now=NOON) for one in deliveries + again]

    assert len({one.masked for one in deliveries[:3]}) == 1
    assert states == ["sent"] * 8 + ["skipped"]
    subjects = Counter.objects.filter(subject__startswith="person ").values_list("subject", "used")
    assert sorted(used for _subject, used in subjects) == [1, 1, 1, 1, 1, 3]


@pytest.mark.django_db
def test_money_and_hours_come_from_the_rulebook() -> None:
    assert queries.sms_month_cap(VILLAGE, NOON.date()) == 300_000
    assert queries.sms_most_a_day(VILLAGE, NOON.date()) == 3


@pytest.mark.django_db
def test_an_email_goes_by_djangos_backend() -> None:
    delivery = queue(To(account_id=5, email="he@example.org"))

    assert services.deliver(delivery.pk, actor=SYSTEM, now=NOON) == "delivered"

    assert (mail.outbox[0].to, mail.outbox[0].subject) == (["he@example.org"], "Decided")
    assert delivery.masked == "he***@example.org"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phone", "sent", "expected"),
    [
        ("13800009999", 1, ("delivered", "")),
        ("13800000001", 0, ("dead", "number_unknown")),
        ("13800000002", 0, ("queued", "try_later")),
        ("13800000003", 2, ("delivered", "")),
        ("13800000004", 1, ("sent", "")),
        ("13800000005", 1, ("sent", "")),
        ("13800000006", 1, ("dead", "switched_off")),
    ],
)
def test_the_simulator_misbehaves_as_its_numbers_say(phone: str, sent: int, expected) -> None:
    delivery = queue(To(account_id=5, phone=phone))
    with using(Simulator()):
        services.deliver(delivery.pk, actor=SYSTEM, now=NOON)
        services.take_reports(actor=SYSTEM, now=NOON)

    assert SimulatedSms.objects.count() == sent
    assert state(delivery) == expected


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_message_once() -> None:
    from linli.runtime.testing import Elsewhere

    delivery = queue()
    with using(TestGateway()) as gateway:
        workers = [
            Elsewhere(lambda: services.deliver(delivery.pk, actor=SYSTEM, now=NOON))
            for _ in range(4)
        ]
        states = sorted(worker.result() for worker in workers)

    assert states == ["", "", "", "sent"]
    assert len(gateway.sent) == 1


@pytest.mark.django_db(transaction=True)
def test_a_cap_holds_when_many_spend_at_once() -> None:
    from linli.runtime.testing import Elsewhere

    spenders = [
        Elsewhere(lambda: spending.use("sms x", "day 1", 5, 25, actor=SYSTEM)) for _ in range(12)
    ]

    assert sum(spender.result() for spender in spenders) == 5
    assert Counter.objects.get().used == 25

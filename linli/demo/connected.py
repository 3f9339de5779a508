"""The demo city's service hall and payment system are simulators: what they say, what got stuck."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from linli.demo.asked import OWED_FOR
from linli.demo.cast import VILLAGE_1, VILLAGE_2
from linli.documents.queries.trust import FOLDER
from linli.exchange.clients.hall_simulator import APPLICATION, CHANGE, ITEM, put
from linli.exchange.clients.payments_simulator import pay
from linli.exchange.clients.seals_authority import authority
from linli.exchange.clients.seals_simulator import OFFICE
from linli.exchange.models import HallApplication, HallItem
from linli.exchange.queries.hall import waiting_to_be_taken
from linli.exchange.queries.hall_changes import applications_waiting
from linli.exchange.queries.payments import waiting_notices
from linli.exchange.services import (
    comparing,
    hall_applications,
    hall_changes,
    hall_lists,
    letters,
    pay_orders,
    payments,
)
from linli.exchange.services.paying import take_notice
from linli.exchange.types.connections import SIMULATES, System
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.offerings.models import Application
from linli.offerings.services import hall, paying
from linli.offerings.services import hall_changes as taking
from linli.offerings.services.hall_lists import link_item
from linli.runtime.services.numbers import next_value

PERMIT, CARD, BUS = "440118009000", "440109011000", "440120023000"
# what the tests look them up by
STUCK, UNKNOWN, NEW_ITEM = "YS202600010001", "YS202600010004", BUS
STRANGE = "ZF202600010009"
EARLY, TAKEN_BACK, UNKNOWN_TOO = "BZ202600010021", "CH202600010022", "YS202600010013"
ITEMS: tuple[dict[str, Any], ...] = (
    {"code": PERMIT, "version": 1, "name": "居住证签注", "office": "市公安局", "promised_days": 5, "visits": 0},
    {"code": CARD, "version": 1, "name": "居民身份证丢失补领", "office": "市公安局", "promised_days": 20, "fee_fen": 4000},
    {"code": BUS, "version": 1, "name": "老年人优待卡申领", "office": "市交通运输局", "promised_days": 7,
     "materials": ["居民身份证", "近照"], "basis": ["老年人权益保障法第五十八条"]},
)  # fmt: skip
CHANGED = {**ITEMS[1], "version": 2, "promised_days": 15, "visits": 1}
OURS = {PERMIT: "residence-permit-endorsement", CARD: "id-card-replacement"}


def make(city: Actor, town: Actor, *, now: datetime) -> None:
    """Let the hall be asked and told for two days, once. A second run changes nothing."""
    if HallItem.objects.exists():
        return
    token = SIMULATES.set(True)
    try:
        _trust_seals(now)
        _list(city, now - timedelta(days=2))
        _applications(now)
        _payments(now)
    finally:
        SIMULATES.reset(token)


def _trust_seals(now: datetime) -> None:
    """The root of the simulated seals lies where an operator lays those of a city."""
    folder = Path(settings.LINLI_HOME) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "simulator.pem").write_text(authority(OFFICE, now).root, encoding="ascii")


def _list(city: Actor, now: datetime) -> None:
    links = system_actor("exchange.links")
    put(ITEM, ITEMS, now)
    hall_lists.pull_items(actor=links, now=now)
    for code, key in OURS.items():
        item = HallItem.objects.get(code=code)
        link_item(item, key, "同一事项，名称和依据一致", digest=item.digest, actor=city, now=now)
    # since then the hall changed one of them, and nobody has looked yet
    put(ITEM, [CHANGED], now)
    hall_lists.pull_items(actor=links, now=now)


def _made(
    number: str, code: str, place: str, name: str, phone: str, at: datetime, **answers: str
) -> dict[str, Any]:
    return {
        "number": number, "item_code": code, "place": place, "sent_at": at.isoformat(), "answers": answers,
        "applicant": {"name": name, "phone": phone},
    }  # fmt: skip


def _applications(now: datetime) -> None:
    links, then = system_actor("exchange.links"), now - timedelta(days=1)
    put(
        APPLICATION,
        [
            _made("YS202600010010", PERMIT, VILLAGE_1, "罗先生", "13800000971", then, moved="same"),
            _made(STUCK, PERMIT, VILLAGE_2, "温女士", "13800000972", then, moved="same"),
            _made(UNKNOWN, BUS, VILLAGE_1, "祝老伯", "13800000973", then),
            _made(UNKNOWN_TOO, BUS, VILLAGE_1, "苗阿姨", "13800000975", then),
        ],
        then,
    )
    hall_applications.pull_applications(actor=links, now=then)
    for application_id in waiting_to_be_taken(50):
        hall.take_sent_in(application_id, actor=system_actor("offerings.hall"), now=then)
    assert HallApplication.objects.filter(state="taken").count() == 2, "two of them are known items"
    letters.send_due(System.HALL, actor=links, now=then)
    # one more that the next round brings: until then the day differs
    put(
        APPLICATION,
        [_made("YS202600010012", PERMIT, VILLAGE_1, "袁女士", "13800000974", then, moved="same")],
        now,
    )
    _steps(then, now)
    comparing.compare_hall(actor=links, now=now)


def _steps(then: datetime, now: datetime) -> None:
    """One applicant took hers back at the hall; another sent a paper that nobody had asked for."""
    links, doer = system_actor("exchange.links"), system_actor("offerings.hall")
    about = {"application": "YS202600010010", "at": (then + timedelta(hours=2)).isoformat()}
    file = {"material": "近照", "file": "WJ202600010021", "name": "photo.jpg", "sha256": "0" * 64}
    put(
        CHANGE,
        [
            {"number": EARLY, "kind": "supplement", **about, "files": [file]},
            {"number": TAKEN_BACK, "kind": "withdrawal", **about, "application": UNKNOWN_TOO},
        ],
        now,
    )
    hall_changes.pull_changes(actor=links, now=now)
    for application in applications_waiting(50):
        taking.take_changes(application, actor=doer, now=now)
    letters.send_due(System.HALL, actor=links, now=now)


def _payments(now: datetime) -> None:
    """The demo's resident has a number to pay under; one payment that nobody here asked for waits for a person."""
    links, then = system_actor("exchange.links"), now - timedelta(hours=20)
    owed = Application.objects.get(item_key=OWED_FOR, payments=None)
    with transaction.atomic():
        # nobody pays a number of the simulator that ends in 0: this one stays open
        next_value(pay_orders.SERIES, "", localdate(then).year, now=then, count=9)
        paying.ask_own_payment(owed.pk, actor=NOBODY, now=then)
    letters.send_due(System.PAYMENTS, actor=links, now=then)
    pay(STRANGE, "JK-2025-0411", 4000, then)
    payments.pull_payments(actor=links, now=now)
    for notice_id in waiting_notices(50):
        take_notice(notice_id, actor=system_actor("exchange.payments"), now=now)
    comparing.compare_payments(actor=links, now=now)

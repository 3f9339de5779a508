"""Families whose fees stay open after they left halfway, and what is to go back: page, file and program alike."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.activities import permits
from linli.activities.models import Enrolment
from linli.activities.queries.family_fees import families_with_fee, fees_of
from linli.activities.queries.narrowing import Narrowed
from linli.activities.services import enrolling, events, fees
from linli.activities.testing import NOON, at
from linli.activities.tests.test_leaving import DAYS, OFFICE, RUNNING, _enrol, _event
from linli.kernel.permits import NOBODY
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor

pytestmark = pytest.mark.django_db
STRANGER = make_actor("stranger", permits.EVENTS, at=OTHER_TOWN)
CLERK = make_actor("clerk", permits.BOOKINGS)
ALL = Narrowed()


def told(
    fee: str = "open", wanted: Narrowed = ALL, who: Any = OFFICE
) -> list[tuple[str, int, int]]:
    rows = fees_of(list(families_with_fee(who, fee, wanted).order_by("pk")))
    return [(one.family.code, one.open_fen, one.back_fen) for one in rows]


@pytest.fixture
def families() -> dict[str, Enrolment]:
    """One that left halfway owing, one that stayed, one that paid all, one that left before and paid."""
    event = _event(places=9)
    left, stays, paid, gone = (_enrol(event, number) for number in range(1, 5))
    for one in (paid, gone):
        fees.take_payment(one, 1000, "cash", actor=OFFICE, now=NOON)
    enrolling.withdraw(gone, actor=NOBODY, now=NOON)
    enrolling.withdraw(left, actor=NOBODY, now=RUNNING)
    return {"left": left, "stays": stays, "paid": paid, "gone": gone}


def test_who_left_halfway_stays_among_those_that_owe_until_it_is_paid_or_settled(
    families: dict[str, Enrolment],
) -> None:
    left, stays = families["left"], families["stays"]
    assert told() == [(left.code, 1000, 0), (stays.code, 1000, 0)]
    assert told(wanted=Narrowed(state="withdrawn")) == [(left.code, 1000, 0)]
    assert told("back") == [(families["gone"].code, 0, 1000)]

    fees.settle_owed(left, 300, actor=OFFICE, now=RUNNING)
    assert told(wanted=Narrowed(state="withdrawn")) == [(left.code, 300, 0)]
    fees.take_payment(left, 300, "cash", actor=OFFICE, now=RUNNING)

    assert told() == [(stays.code, 1000, 0)]
    assert told(who=STRANGER) == told("back", who=STRANGER) == []


def test_the_list_says_what_each_family_owes_also_of_an_event_called_off_or_made_cheaper(
    families: dict[str, Enrolment],
) -> None:
    event = families["left"].event
    event.refresh_from_db()
    event.fee_fen = 700
    event.save(update_fields=["fee_fen"])
    assert told() == [(families["left"].code, 700, 0), (families["stays"].code, 700, 0)]
    assert (families["paid"].code, 0, 300) in told("back")

    events.cancel_event(event, "Rain", stays_fen=0, actor=OFFICE, now=at(12, DAYS[0]))

    assert told() == [] and {row[0] for row in told("back")} == {families["paid"].code, families["gone"].code}  # fmt: skip


def test_page_file_and_program_list_the_same(families: dict[str, Enrolment]) -> None:
    page, file = "/en/desk/events/fees/", "/en/desk/events/fees/?format=csv"
    api = "/api/v1/desk/events/fees/"
    left, gone = families["left"], families["gone"]
    office = client_of(OFFICE)

    html = office.get(page).content.decode()
    assert left.code in html and gone.code not in html
    assert gone.code in office.get(f"{page}?fee=back").content.decode()
    assert left.code in office.get(f"{page}?state=withdrawn&q={left.code.lower()}").content.decode()
    assert left.code in office.get(file).content.decode("utf-8-sig")
    items = office.get(f"{api}?state=withdrawn").json()["items"]
    assert [(one["family"], one["open_fen"], one["state"]) for one in items] == [(left.code, 1000, "withdrawn")]  # fmt: skip
    assert [one["family"] for one in office.get(f"{api}?fee=back").json()["items"]] == [gone.code]
    assert office.get(f"{api}?state=nosuch").status_code == 422
    for one in (page, api):
        assert client_of(CLERK).get(one).status_code == 403
    assert client_of(STRANGER).get(api).json()["items"] == []


def test_many_families_are_listed_with_no_more_reads(families: dict[str, Enrolment]) -> None:
    client = client_of(OFFICE)
    client.get("/api/v1/desk/events/fees/")
    counts = []
    for number in (10, 20):
        with CaptureQueriesContext(connection) as made:
            client.get("/api/v1/desk/events/fees/")
        counts.append(len(made))
        _enrol(families["stays"].event, number, people=1)

    assert counts[0] == counts[1]


@pytest.mark.parametrize("fee", ["open", "back"])
def test_sums_are_asked_of_no_family_at_an_event_that_costs_nothing(
    families: dict[str, Enrolment], fee: str
) -> None:
    free = _event(fee_fen=0)
    Enrolment.objects.bulk_create(
        Enrolment(event=free, code=f"F{n:08}", state="in", people=1, language="en", entered_at=NOON)
        for n in range(1000)
    )
    plan = families_with_fee(OFFICE, fee, ALL).order_by("-pk").explain(analyze=True)

    sums = [line for line in plan.splitlines() if "Aggregate" in line and "loops=" in line]
    loops = [int(line.rsplit("loops=", 1)[1].rstrip(")")) for line in sums]
    assert loops and max(loops) <= len(families), plan

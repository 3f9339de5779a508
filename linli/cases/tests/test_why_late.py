"""Why a day was not kept: asked of who has the case, told to its reporter, asked again only if late again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from linli.cases.errors import NotLate
from linli.cases.models import Case, CaseClock
from linli.cases.services.sweeping import sweep
from linli.cases.services.words import say_why_late
from linli.cases.testing import NOON, clerk_of, faults, make_report, move
from linli.cases.types.moves import At
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, make_actor, post_json

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
WHY = "等配件，下周一装好。"


def late_report() -> tuple[Any, Any]:
    """Return a report that is at work and late, and a moment at which it is."""
    filed = make_report()
    move(filed.case_id, "accept", CLERK)
    late = CaseClock.objects.get(case_id=filed.case_id, key="solve").due_at + timedelta(hours=30)
    sweep(actor=system_actor("test"), now=late)
    return filed, late


def say(case_id: int, now: Any, clock: str = "solve", actor: Any = CLERK) -> None:
    with transaction.atomic():
        say_why_late(At(case_id), clock, WHY, actor=actor, now=now)


def test_the_sheet_asks_and_the_reporter_reads_it_beside_the_day() -> None:
    filed, late = late_report()
    sheet, own = f"/en/desk/cases/{filed.number}/", f"/en/follow/{filed.number}/?code={filed.code}"
    asks = "Tell the reporter why it is late"
    assert asks in client_of(CLERK).get(sheet).content.decode()

    say(filed.case_id, late)

    page = client_of(NOBODY).get(own).content.decode()
    assert "The office says why:" in page and page.count(WHY) == 2
    assert asks not in client_of(CLERK).get(sheet).content.decode()
    assert faults() == []


def test_by_the_sheet_and_by_program() -> None:
    filed, _late = late_report()
    address = f"/en/desk/cases/{filed.number}/say_why"
    answer = client_of(CLERK).post(address, {"clock": "solve", "text": WHY, "key": str(uuid4())})
    assert answer.status_code == 303
    other, _late = late_report()
    given = {"clock": "solve", "text": WHY}
    api = post_json(client_of(CLERK), f"/api/v1/cases/{other.number}/say_why", given)
    assert api.status_code == 200


def test_nobody_says_why_of_what_is_not_late_of_what_is_among_offices_or_without_the_right() -> (
    None
):
    filed = make_report()
    move(filed.case_id, "accept", CLERK)
    seq = Case.objects.get().seq

    with pytest.raises(NotLate):
        say(filed.case_id, NOON)
    late = CaseClock.objects.get(case_id=filed.case_id, key="solve").due_at
    with pytest.raises(NotAllowed):
        say(filed.case_id, late, actor=make_actor("stranger", at="441900/441900006/"))

    assert Case.objects.get().seq == seq

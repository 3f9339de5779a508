"""Makers of ratings, calls and wishes to reopen for tests."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction

from linli.cases import permits
from linli.cases.models import CallBack, Case, Rating
from linli.cases.services import rating
from linli.cases.services.call_backs import Heard
from linli.cases.services.opening import Opened
from linli.cases.services.perform import perform
from linli.cases.services.petitions import open_petition
from linli.cases.testing import NOON, REPORTER, VILLAGE, clerk_of, make_case, move
from linli.cases.tests.offices import petition_office
from linli.cases.types.moves import Given, Wish
from linli.cases.types.openings import Petitioning
from linli.cases.types.rating import Reached
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village

CLERK = clerk_of()
CALLER = make_actor("caller", permits.CALL_BACK, permits.SEE, at=VILLAGE, account_id=3)
STRANGER = make_actor("stranger", permits.CALL_BACK, at="441900/441900006/")
CHIEF = make_actor("chief", permits.SUPERVISE, permits.SEE, at=VILLAGE, account_id=2)
SYSTEM = system_actor("test")
LATER = NOON + timedelta(hours=30)
TODAY = date(2026, 8, 11)


def done_case(**more: object) -> Opened:
    opened = make_case(**more)
    move(opened.held.id, "accept", CLERK)
    evidence = {"public": {"text": "修好了"}, "facts": {"files": ["f"]}}
    move(opened.held.id, "finish", CLERK, **evidence)
    return opened


def petitioned() -> Opened:
    make_village("441900005001")
    petition = Petitioning("441900005", "补偿没有发")
    return open_petition(petition, actor=petition_office(), now=NOON)


def rate(opened: Opened, grade: int, **more: object) -> Rating:
    given = {"actor": NOBODY, "now": LATER, **more}
    with transaction.atomic():
        rating.rate_case(opened.held.number, opened.code, grade, **given)
    return Rating.objects.get(
        case_id=opened.held.id, cycle=Case.objects.get(pk=opened.held.id).cycle
    )


def ask_reopening(opened: Opened, reason: str = "还是黑的") -> None:
    given = Given(internal={"reason": reason}, by_reporter=True)
    with transaction.atomic():
        perform(Wish(opened.held.id, "ask_reopen", given), actor=NOBODY, now=LATER, hand=REPORTER)


def bad_call(**more: object) -> CallBack:
    rate(done_case(**more), 1)
    return CallBack.objects.get()


YES = Heard(Reached.YES, 2, is_solved=False, note="灯还是不亮")


def post(actor: object, address: str, **data: object) -> object:
    return client_of(actor).post(f"/zh-hans/{address}", {"key": str(uuid4()), **data})

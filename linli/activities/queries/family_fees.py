"""Families at events of which something of the fee is open or is to go back, also those that left halfway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Least

from linli.activities.models import Enrolment, FeePayment
from linli.activities.queries.events import kept_events
from linli.activities.queries.fees import BACK, kept_by, kept_of, owed_by
from linli.activities.queries.narrowing import Narrowed
from linli.activities.types.events import EventState, SeatState
from linli.kernel.days import within
from linli.kernel.fees import back_fee, open_fee
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor

NEWEST = Keyset("new", ("-id",))


@dataclass(frozen=True, slots=True)
class FamilyFee:
    """A family with what it owes, what came in and stayed, in fen."""

    family: Enrolment
    owed_fen: int
    kept_fen: int

    @property
    def open_fen(self) -> int:
        return open_fee(self.owed_fen, [self.kept_fen], [])

    @property
    def back_fen(self) -> int:
        return back_fee(self.kept_fen, self.owed_fen)


def families_with_fee(actor: Actor, fee: str, wanted: Narrowed) -> QuerySet[Enrolment]:
    """Return families at events that the actor keeps of which a fee is open (else `back`: is to go back).

    Narrowed by place, state (withdrawn: who left), code or title, and the days on which the event began.
    """
    days = within("first_at", wanted.since, wanted.until)
    events = kept_events(actor).filter(days, path__startswith=wanted.path)
    owed, kept = _owed_and_kept()
    every = Enrolment.objects.filter(event__in=events).annotate(has_owed=owed, has_kept=kept)
    # most events cost nothing: the sums are asked of those alone that may be in the list
    if fee == BACK:
        paid = FeePayment.objects.filter(enrolment__isnull=False).order_by()
        found = every.filter(pk__in=paid.values("enrolment"), has_kept__gt=F("has_owed"))
    else:
        # nobody owes more than the fee of the event
        found = every.filter(event__fee_fen__gt=0, has_owed__gt=F("has_kept"))
    if wanted.state:
        found = found.filter(state=wanted.state)
    for word in wanted.words.split():
        by_code = found.filter(code=word.upper())
        found = by_code | found.filter(event__title__icontains=word)
    return found.select_related("event")


def fees_of(families: Sequence[Enrolment]) -> list[FamilyFee]:
    """Return families with their fees; two reads."""
    kept = kept_by(families)
    return [FamilyFee(one, owed_by(one), kept.get(one.pk, 0)) for one in families]


def _owed_and_kept() -> tuple[Any, Any]:
    """Return what each owes and what stayed, as `owed_by` and `kept_by` say it of one."""
    full = F("people") * F("event__fee_fen")
    owed = Case(
        When(owed_fen__isnull=False, then=Least(F("owed_fen"), full)),
        When(event__state=EventState.CANCELLED, then=Value(0)),
        When(state=SeatState.IN, then=full),
        default=Value(0),
    )
    paid = FeePayment.objects.filter(enrolment=OuterRef("pk"))
    # of those that paid nothing, the most by far, neither sum is asked
    kept = Case(When(Exists(paid), then=kept_of("enrolment")), default=Value(0))
    return owed, kept

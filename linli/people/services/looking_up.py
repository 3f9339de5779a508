"""Asking whether a document number is known: traced, and not often."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.queries.whereabouts import whereabouts
from linli.people.rules.documents import DocumentKind, check_document
from linli.people.types import Fault, Whereabouts
from linli.people.types.titles import fields_of
from linli.runtime.services.limits import take
from linli.runtime.types import Rate
from linli.trail.services import record

RATE = Rate(30, timedelta(hours=1), burst=10)
BUCKET = "people.look_up"


def look_up(kind: str, number: str, *, place: str, actor: Actor, now: datetime) -> Whereabouts:
    """Say whether a number is known: none, here or elsewhere; the asking is recorded.

    Refuses with NotAllowed, TooMany, Invalid.
    """
    require(actor, permits.LOOK_UP, at=place)
    if kind not in set(DocumentKind):
        raise Invalid({"kind": [", ".join(DocumentKind)]})
    take(BUCKET, f"account {actor.account_id}", rate=RATE, now=now)
    checked = check_document(DocumentKind(kind), number, today=localdate(now))
    if checked.fault:
        raise Invalid(fields_of([Fault("document_number", checked.fault)]))
    with transaction.atomic():
        answer = whereabouts(actor, checked.number)
        record("people.looked_up", on=("place", place), actor=actor, now=now, place=place,
               kind=kind, answer=answer.value)  # fmt: skip
    return answer

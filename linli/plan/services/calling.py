"""The city asks towns for their plans or reports; nobody is late who was not asked."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.plan import permits
from linli.plan.errors import AlreadyCalled
from linli.plan.events import TownsCalled
from linli.plan.models import Call, PlanDocument
from linli.plan.types import CallKind
from linli.trail.services import record


@transaction.atomic
def call_towns(
    document: PlanDocument,
    kind: CallKind,
    *,
    path: str,
    due_on: date | None,
    basis: str,
    actor: Actor,
    now: datetime,
) -> Call:
    """Ask the towns at a place for their plan or their reports until a day.

    Every demand on staff names its basis (BU-12). Refuses with NotAllowed, AlreadyCalled, Invalid.
    """
    document = PlanDocument.objects.select_for_update().get(pk=document.pk)
    require(actor, permits.MANAGE, at=path)
    _check(document, kind, path, basis)
    call = Call.objects.create(
        document=document, kind=kind, path=path, due_on=due_on, basis=basis.strip(),
        made_by=actor.label, made_at=now,
    )  # fmt: skip
    record("plan.towns_called", on=call, actor=actor, now=now, place=path, kind=kind)
    publish(TownsCalled(call.pk, path))
    return call


def _check(document: PlanDocument, kind: CallKind, path: str, basis: str) -> None:
    if not basis.strip():
        raise Invalid({"basis": [_("Name the document that this rests on.")]})
    calls = Call.objects.filter(document=document, kind=kind, ends_on__isnull=True)
    paths = calls.values_list("path", flat=True)
    if any(path.startswith(one) or one.startswith(path) for one in paths):
        raise AlreadyCalled(kind=kind, at=path)


@transaction.atomic
def end_call(call: Call, *, on: date, actor: Actor, now: datetime) -> Call:
    """End a demand: from then on nobody is missing or late by it. Refuses with NotAllowed."""
    call = Call.objects.select_for_update().get(pk=call.pk)
    require(actor, permits.MANAGE, at=call.path)
    call.ends_on = on
    call.save(update_fields=["ends_on"])
    record("plan.call_ended", on=call, actor=actor, now=now, place=call.path)
    return call

"""Who takes part: read with a trace, forgotten 30 days after the last time."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from linli.activities import permits
from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import TAKERS
from linli.activities.engine.telling import TELLER
from linli.activities.models import Enrolment, EnrolmentVault, Event
from linli.activities.queries import events as queries
from linli.kernel import scope
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.trail.services import record_read
from linli.ui.formats import listed


@transaction.atomic
def read_takers(
    event: Event, why: str, *, actor: Actor, now: datetime
) -> dict[int, tuple[str, str, str]]:
    """Return names, telephone and guardian of all who are enrolled, by id; each look is recorded.

    Refuses with NotAllowed.
    """
    require(actor, permits.EVENTS, at=event.path)
    record_read(on=event, fields=["takers", "phone", "guardian"], actor=actor, now=now, reason=why,
                place=event.path, level=PERSONAL)  # fmt: skip
    told = {}
    for one in _vaults(event):
        takers, phone, guardian = (
            envelopes.opened(getattr(one, column), TAKERS, column, one.enrolment_id)
            for column in ("takers", "phone", "guardian")
        )
        told[one.enrolment_id] = (listed(_names(takers)), phone, guardian)
    return told


@transaction.atomic
def read_names(
    event: Event, why: str, *, actor: Actor, now: datetime
) -> dict[int, tuple[str, ...]]:
    """Return the names of all who are enrolled in the order of each family, by id; each look is recorded.

    Refuses with NotAllowed.
    """
    require(actor, permits.EVENTS, at=event.path)
    record_read(on=event, fields=["takers"], actor=actor, now=now, reason=why, place=event.path,
                level=PERSONAL)  # fmt: skip
    return {
        one.enrolment_id: _names(envelopes.opened(one.takers, TAKERS, "takers", one.enrolment_id))
        for one in _vaults(event)
    }


def _vaults(event: Event) -> list[EnrolmentVault]:
    with scope.acting(TELLER):
        return list(EnrolmentVault.objects.filter(enrolment__event=event))


def _names(takers: str) -> tuple[str, ...]:
    return tuple(name for name, _born in json.loads(takers))


@open_to_all("the nightly job is the system")
@transaction.atomic
def let_go(now: datetime, limit: int, *, actor: Actor) -> int:
    """Forget who took part 30 days after the last session, from where they came a day after; the numbers stay."""
    found = list(queries.over(now).values_list("pk", flat=True)[:limit])
    rows = Enrolment.objects.filter(pk__in=found)
    ended = rows.filter(event__last_at__lt=now - queries.KEEP)
    named = list(ended.values_list("pk", flat=True))
    with scope.acting(TELLER):
        EnrolmentVault.objects.filter(enrolment_id__in=named).delete()
    Enrolment.objects.filter(pk__in=named).update(masked_name="", account_id=None, forgotten_at=now)
    return rows.update(origin_mark=None)

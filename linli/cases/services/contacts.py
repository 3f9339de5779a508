"""How a reporter is reached: opened with a reason, and the reading stays on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.cases import permits
from linli.cases.engine.saying import clean
from linli.cases.errors import ReasonNeeded
from linli.cases.models import Case, Reporter
from linli.cases.models.contacts import contact_of
from linli.cases.types.filing import Contact, Naming
from linli.kernel.errors import NotFound
from linli.kernel.permits import VAULT, Actor, require
from linli.trail.services import record_read

SHORTEST_REASON, LONGEST_REASON = 2, 200


@transaction.atomic
def reveal_contact(case: Case, reason: str, *, actor: Actor, now: datetime) -> Contact:
    """Return name and telephone of a reporter; the reading and its reason are recorded.

    Who asked that handlers should not know her is shown to supervisors alone.
    Refuses with NotAllowed, NotFound, ReasonNeeded, Missing for a reason that is too long.
    """
    require(actor, permits.CONTACT, at=case.path, level=max(case.level, VAULT))
    found = Reporter.objects.filter(pk=case.pk).first()
    if found is None or found.contact is None:
        raise NotFound()
    if found.naming == Naming.WITHHELD:
        require(actor, permits.SUPERVISE, at=case.path, level=max(case.level, VAULT))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded()
    why = clean(reason, field="reason", most=LONGEST_REASON)
    record_read(
        on=("cases.case", case.pk), fields=["contact"], actor=actor, now=now, place=case.path,
        reason=why, person_id=found.person_id, level=VAULT,
    )  # fmt: skip
    return contact_of(found)

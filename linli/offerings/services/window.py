"""One visit at the window: taken in, and at once accepted or told once what is missing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases.types.moves import At
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.queries.applications import papers_of
from linli.offerings.services.applying import apply_for
from linli.offerings.services.checking import accept_application, ask_correction
from linli.offerings.types.applications import Applied, Applying, Checked, Paper


@open_to_all("applying at the window and both moves require offerings.receive at the place")
@transaction.atomic
def take_in(applying: Applying, *, actor: Actor, now: datetime) -> Applied:
    """Take an application in and say at once what becomes of it.

    All papers there: it is accepted. Else everything that is missing is told, once. Refuses as
    `apply_for`.
    """
    applied = apply_for(applying, actor=actor, now=now)
    rows = papers_of(applied.case_id)
    lacking = {key: "" for key, row in rows.items() if row.state == Paper.OPEN}
    if lacking:
        told = Checked(lacking, _("Please bring or send all of it."))
        ask_correction(At(applied.case_id), told, actor=actor, now=now)
    else:
        accept_application(At(applied.case_id), actor=actor, now=now)
    return applied

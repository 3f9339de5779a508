"""What documents bring to the desk: seals that wait for a decision or a stamp."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.documents import permits, queries
from linli.documents.models import SealUse
from linli.kernel.permits import Actor
from linli.kernel.registries import DeskEntry, DeskItem
from linli.ui.doers import doer

MOST = 100


def items(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return seal uses that wait for this actor, oldest first."""
    decide = [_item(use, _("Decide")) for use in queries.seal_uses_to_decide(actor, limit)]
    now = timezone.now()
    stamp = [
        _item(use, _("Stamp"))
        for use in queries.seal_uses_to_stamp(actor, limit)
        if not queries.is_for_another_keeper(actor, use, now=now)
    ]
    return [*decide, *stamp][:limit]


def count(actor: Actor, on: date) -> int | None:
    """Return how many wait, up to a hundred."""
    return len(items(actor, on, MOST))


def _item(use: SealUse, step: object) -> DeskItem:
    return DeskItem(
        title=use.matter,
        url=reverse("documents:seal", args=[use.pk]),
        due_on=localdate(use.requested_at),
        kind=_("Seal"),
        step=step,
        number=use.number,
        holder=doer(use.applicant),
        stage=queries.SEAL_STATE_WORDS[use.state],
    )


SEALS = DeskEntry(
    "documents.seals", _("Use of seals"), "rubber-stamp", "documents:seals",
    (permits.APPLY_SEAL, permits.APPROVE_SEAL, permits.KEEP_SEAL), 720, items, count, group="papers",
)  # fmt: skip
PAPERS = DeskEntry(
    "documents.papers",
    _("Printed papers"),
    "printer",
    "documents:list",
    (permits.READ,),
    710,
    group="papers",
)

"""What the rulebook brings to the desk: local values that end without a successor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import Actor
from linli.kernel.registries import DeskEntry, DeskItem
from linli.rulebook import permits, queries
from linli.ui.formats import is_chinese

AHEAD = timedelta(days=90)


def ending(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return the values at the actor's places that have lapsed or soon will, late first."""
    rows = queries.ending_values(actor.paths(permits.SET_VALUE), on + AHEAD, limit)
    return [
        DeskItem(
            title=queries.get_parameter(row.key).title[0 if is_chinese() else 1],
            url=reverse("rulebook:detail", args=[row.key]),
            due_on=row.valid_to,
            kind=_("Local value"),
            step=_("Renew or withdraw"),
            number=row.document_number,
            holder=row.issuer,
        )
        for row in rows
    ]


ENTRY = DeskEntry(
    key="rulebook",
    title=gettext_lazy("Rulebook"),
    icon="books",
    url_name="rulebook:list",
    permits=(permits.SET_VALUE,),
    order=90,
    items=ending,
)

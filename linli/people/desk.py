"""What people bring to the desk: the register, and pairs that wait for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import DeskEntry, DeskItem
from linli.people import permits
from linli.people.queries.pairs import visible_pairs
from linli.people.states import PairState

MOST_COUNTED = 99


def pairs_due(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return pairs that wait; nothing is due by a day."""
    found = visible_pairs(actor).filter(state=PairState.OPEN).order_by("-score", "pk")[:limit]
    return [
        DeskItem(
            title=gettext("%(one)s and %(other)s may be one person")
            % {"one": pair.one.name, "other": pair.other.name},
            url=reverse("people:pair", args=[pair.pk]),
            due_on=None,
            kind=_("Register of people"),
            step=_("Compare"),
        )
        for pair in found
    ]


def count_pairs(actor: Actor, on: date) -> int | None:
    """Return how many pairs wait, up to a limit."""
    found = visible_pairs(actor).filter(state=PairState.OPEN).order_by()[: MOST_COUNTED + 1]
    return found.count() or None


REGISTER = DeskEntry(
    "people",
    _("Residents"),
    "users-group",
    "people:list",
    (permits.VIEW,),
    order=10,
    group="registers",
)
PAIRS = DeskEntry(
    "people.pairs", _("Entries to compare"), "arrows-join", "people:pairs", (permits.MERGE,),
    order=11, items=pairs_due, count=count_pairs, group="registers",
)  # fmt: skip

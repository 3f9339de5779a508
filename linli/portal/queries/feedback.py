"""Reads on feedback: what waits for an answer, and where a code or a page leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.cases.queries.following import digest_of
from linli.cases.queries.reading import visible_cases
from linli.cases.queries.telling import last_day
from linli.kernel.errors import NotFound
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor
from linli.kernel.registries import PATH_OF, DeskItem
from linli.portal.models import EarlierCode
from linli.portal.types import KIND

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from linli.cases.models import Case

BADGE_MOST = 99
WAITS = "received"


def waiting_feedback(actor: Actor) -> QuerySet[Case]:
    """Feedback that waits for whoever answers it; what was handed to a post lies on that desk."""
    found = visible_cases(actor).filter(kind=KIND, state=WAITS, is_open=True)
    return found.filter(lead_post_id=None, offered_post_id=None)


def feedback_due(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Feedback that waits for an answer, late first."""
    return [
        DeskItem(
            title=case.title or case.number,
            url=reverse("cases:sheet", args=[case.number]),
            due_on=last_day(case.due_at),
            kind=_("Feedback"),
            step=_("Answer"),
            number=case.number,
            stage=_("to be answered"),
        )
        for case in waiting_feedback(actor).order_by("due_at", "pk")[:limit]
    ]


def count_open(actor: Actor, on: date) -> int | None:
    """The number beside the entry, at most BADGE_MOST."""
    return len(waiting_feedback(actor).values_list("pk")[:BADGE_MOST])


def place_of_page(address: str) -> str:
    """Return the path of the place whose page somebody came from, or the city's."""
    for part in address.split("?")[0].split("/"):
        if part.isdecimal() and (path := PATH_OF.call(part)):
            return str(path)
    return CITY_PATH


def number_of_code(code: str) -> str:
    """Return the number of the case to which a code from before the numbers leads. Refuses with NotFound."""
    found = EarlierCode.objects.filter(digest=digest_of(code)).select_related("case").first()
    if found is None:
        raise NotFound()
    return str(found.case.number)

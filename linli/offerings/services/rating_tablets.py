"""A tablet is enrolled for a window, visitors rate on it unseen, and it is taken out of use."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import NotFound, WrongState
from linli.kernel.permits import Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.models import RatingTablet, ServiceWindow, VisitRating
from linli.offerings.queries.rating_tablets import get_tablet, hash_of, ticket_at
from linli.offerings.services.visit_ratings import rate_visit
from linli.offerings.types.visit_ratings import RatedBy
from linli.trail.services import record


@transaction.atomic
def enrol_tablet(window: ServiceWindow, *, actor: Actor, now: datetime) -> tuple[RatingTablet, str]:
    """Make the device at hand the tablet of a window; return it with the secret for its cookie.

    By who keeps the windows, never by who only serves there. Refuses with NotAllowed, NotFound.
    """
    require(actor, permits.WINDOWS, at=window.path)
    if window.closed_on is not None:
        raise NotFound()
    secret = secrets.token_urlsafe(24)
    made = RatingTablet.objects.create(
        centre_id=window.centre_id, window=window, path=window.path, token_hash=hash_of(secret),
        enrolled_at=now, enrolled_by=actor.account_id or 0,
    )  # fmt: skip
    record("offerings.tablet_enrolled", on=made, actor=actor, now=now, place=window.path)
    return made, secret


@transaction.atomic
def end_tablet(tablet_id: int, *, actor: Actor, now: datetime) -> RatingTablet:
    """Take a tablet out of use: nothing is rated on it any more. Refuses with NotFound, NotAllowed, WrongState."""
    row = RatingTablet.objects.select_for_update().get(pk=get_tablet(actor, tablet_id).pk)
    require(actor, permits.WINDOWS, at=row.path)
    if row.ended_at is not None:
        raise WrongState(move=_("take out of use"), state=_("out of use"))
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    record("offerings.tablet_ended", on=row, actor=actor, now=now, place=row.path)
    return row


@open_to_all("whoever stands before the tablet of a window was served there")
@transaction.atomic
def rate_on_tablet(
    tablet: RatingTablet, handle: str, grade: int, *, why: Sequence[str] = (), phone: str = "",
    actor: Actor, now: datetime,
) -> VisitRating:  # fmt: skip
    """Take down a rating of the visit that the tablet shows; it counts at once.

    Refuses with NotFound once it shows another one, and as `rate_visit`.
    """
    shown = ticket_at(tablet, now)
    if shown is None or shown.handle != handle:
        raise NotFound()
    return rate_visit(
        shown.code, grade, why=why, phone=phone, by=RatedBy.TABLET, actor=actor, now=now
    )

"""A group is struck from a drawn round after an accepted objection; the draw is made again by the same seed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.engine.drawing import award, tell_all
from linli.activities.engine.telling import tell_group
from linli.activities.models import Round, RoundObjection, RoundStrike
from linli.activities.queries import rounds as queries
from linli.activities.services.round_posts import follow_strike
from linli.activities.types.rounds import RoundState
from linli.kernel.errors import Invalid, Stale, WrongState
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.trail.services import record

# so long a new outcome can be objected to, as far as the season leaves room
HEARD = timedelta(days=3)


@transaction.atomic
def strike_group(
    objection: RoundObjection, group_id: int, reason: str, *, edition: int | None = None,
    actor: Actor, now: datetime,
) -> RoundStrike:  # fmt: skip
    """Accept an objection: strike a group with the reason, which is public, and draw again without it.

    The seed stays, so the place in line of every other group does too, and anybody can make both draws
    again. The new outcome can be objected to. Refuses with NotAllowed, WrongState, Stale, Invalid.
    """
    hold("activities.round", objection.round_id)
    at = Round.objects.select_for_update().get(pk=objection.round_id)
    objection = RoundObjection.objects.select_for_update().get(pk=objection.pk)
    require(actor, permits.VENUES, at=at.path)
    if edition is not None and edition != at.edition:
        raise Stale()
    if at.state != RoundState.DRAWN:
        raise WrongState(move="strike", state=at.state)
    words = clean_text(reason).strip()[:500]
    faults: dict[str, list[str]] = {}
    if not words or objection.answered_at is not None:
        faults["answer"] = [_("Write an answer; one that was given stays.")]
    if group_id not in {one.pk for one in queries.wishing_groups(at)}:
        faults["strike"] = [_("Choose a group that takes part in the round.")]
    if faults:
        raise Invalid(faults)
    made = RoundStrike.objects.create(
        round=at, group_id=group_id, objection=objection, reason=words, at=now
    )
    objection.answer, objection.answered_at = words, now
    objection.save(update_fields=["answer", "answered_at"])
    times = award(at)
    heard = min(localdate(now) + HEARD, at.first_on - timedelta(days=1))
    at.objections_until, at.edition = max(at.objections_until, heard), at.edition + 1
    at.save(update_fields=["objections_until", "edition"])
    record("activities.group_struck", on=at, actor=actor, now=now, place=at.path, group=group_id, times=times)  # fmt: skip
    tell_group(objection.group, at, "activities.objection_answered", now=now)
    tell_all(at, "activities.round_drawn", now)
    follow_strike(at, now=now)
    return made

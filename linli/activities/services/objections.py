"""Groups object to the outcome of a round, and the office answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.engine.telling import tell_group
from linli.activities.errors import RoundClosed
from linli.activities.models import Group, Round, RoundObjection
from linli.activities.queries import rounds as queries
from linli.activities.types.rounds import RoundState
from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.trail.services import record


@open_to_all("whoever has the group's code speaks for the group")
@transaction.atomic
def object_to(at: Round, group: Group, text: str, *, actor: Actor, now: datetime) -> RoundObjection:
    """Object to the outcome, once, up to the last day. Refuses with RoundClosed, Invalid."""
    hold("activities.round", at.pk)
    at = Round.objects.get(pk=at.pk)
    if at.state != RoundState.DRAWN or localdate(now) > at.objections_until:
        raise RoundClosed()
    if not queries.is_of_place(at, group):
        raise Invalid({"code": [_("This round is for groups of the place.")]})
    words = clean_text(text).strip()[:500]
    if not words:
        raise Invalid({"text": [_("Say what is not right.")]})
    if RoundObjection.objects.filter(round=at, group=group).exists():
        raise Invalid({"text": [_("Your group has objected already; the answer comes to you.")]})
    made = RoundObjection.objects.create(round=at, group=group, text=words, at=now)
    record("activities.objected", on=at, actor=actor, now=now, place=at.path, group=group.pk)
    return made


@transaction.atomic
def answer_objection(
    objection: RoundObjection, answer: str, *, actor: Actor, now: datetime
) -> RoundObjection:
    """Answer an objection; the group is told. Refuses with NotAllowed, Invalid."""
    objection = RoundObjection.objects.select_for_update(of=("self",)).select_related("round", "group").get(
        pk=objection.pk
    )  # fmt: skip
    at = objection.round
    require(actor, permits.VENUES, at=at.path)
    words = clean_text(answer).strip()[:500]
    if not words or objection.answered_at is not None:
        raise Invalid({"answer": [_("Write an answer; one that was given stays.")]})
    objection.answer, objection.answered_at = words, now
    objection.save(update_fields=["answer", "answered_at"])
    record("activities.objection_answered", on=at, actor=actor, now=now, place=at.path)
    tell_group(objection.group, at, "activities.objection_answered", now=now)
    return objection

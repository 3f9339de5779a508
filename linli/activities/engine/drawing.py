"""The outcome of a round is written down, and the groups that wished are told."""

from __future__ import annotations

from datetime import datetime

from linli.activities.engine.telling import tell_group
from linli.activities.models import Group, Round, RoundTime, RoundWish
from linli.activities.queries import rounds as queries
from linli.activities.rules.rounds import awards_of


def award(at: Round) -> int:
    """Give the times of a round as its draw says, whatever they were before; return how many were given."""
    awards = awards_of(queries.turns_of(at))
    RoundTime.objects.filter(round=at).update(group=None)
    given = [RoundTime(pk=int(time), group_id=int(group)) for time, group in awards.items()]
    RoundTime.objects.bulk_update(given, ["group"])
    return len(awards)


def tell_all(at: Round, template: str, now: datetime) -> None:
    """Send a message about a round to every group that wished in it."""
    wished = RoundWish.objects.filter(round=at).values("group_id")
    for group in Group.objects.filter(pk__in=wished, ended_on__isnull=True).order_by("pk"):
        tell_group(group, at, template, now=now)

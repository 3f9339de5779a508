"""The outcome of a round is written down, and the groups that wished are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

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


def leave_out_ended(at: Round) -> None:
    """Leave groups that have ended out of a round that is about to be drawn; who is out stands on its page."""
    wished = RoundWish.objects.filter(round=at).values("group_id")
    gone = Group.objects.filter(pk__in=wished, ended_on__isnull=False).order_by("pk")
    at.left_out = [{"group": pk, "time": 0} for pk in gone.values_list("pk", flat=True)]


def free_ended(at: Round) -> None:
    """Free the times of groups that ended since the draw; a group that ends at this moment waits."""
    given = RoundTime.objects.filter(round=at, group__isnull=False)
    groups = Group.objects.filter(pk__in=given.values("group_id")).order_by("pk")
    gone = [one.pk for one in groups.select_for_update() if one.ended_on is not None]
    freed = given.filter(group_id__in=gone).order_by("pk")
    at.left_out += [
        {"group": who, "time": time} for time, who in freed.values_list("pk", "group_id")
    ]
    freed.order_by().update(group=None)


def tell_all(at: Round, template: str, now: datetime) -> None:
    """Send a message about a round to every group that wished in it."""
    for group in _wishing(at):
        tell_group(group, at, template, now=now)


def tell_decided(at: Round, booked: Mapping[int, tuple[int, int]], now: datetime) -> None:
    """Tell every group that wished in a round how many of its times are booked."""
    for group in _wishing(at):
        there, of = booked.get(group.pk, (0, 0))
        with override("zh-hans"):
            if not of:
                words = _("it got no time.")
            elif there == of:
                words = _("all of its times, %(num)s, are booked.") % {"num": of}
            else:
                words = _("%(there)s of its %(num)s times are booked; which are not, and why, is on the page.") % {"there": there, "num": of}  # fmt: skip
        tell_group(group, at, "activities.round_decided", {"outcome": words}, now=now)


def _wishing(at: Round) -> QuerySet[Group]:
    wished = RoundWish.objects.filter(round=at).values("group_id")
    return Group.objects.filter(pk__in=wished, ended_on__isnull=True).order_by("pk")

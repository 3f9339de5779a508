"""Who is on duty in the demo village: three teams, this month's and next month's rosters."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from linli.demo.cast import VILLAGE_1
from linli.grid.services import teams, watch
from linli.grid.types.watch import TeamFacts
from linli.kernel.clock import add_months
from linli.kernel.permits import Actor
from linli.orgs.models import Post
from linli.places import queries as places

OFFICE = TeamFacts("村委会值班", "office", 8, "rest", ("whole",))
PATROL = TeamFacts("治安巡防队", "patrol", 15, "every", ("evening",))
FLOOD = TeamFacts("三防应急队", "flood", None, "every", ("night",))
KINDS = ("committee_chair", "committee_vice_chair", "committee_member", "grid_worker")


def make(chair: Actor, *, now: datetime) -> None:
    """Enter the teams once and fill two rosters; the third shows open shifts."""
    place = places.get_place(VILLAGE_1)
    held = Post.objects.filter(
        organisation__place=place, kind_id__in=KINDS, holdings__until=None, closed_on=None
    ).order_by("rank", "pk")
    posts = list(dict.fromkeys(held.exclude(holdings=None).values_list("pk", flat=True)))
    today: date = localdate(now)
    for facts in (OFFICE, PATROL):
        team = teams.add_team(place, facts, actor=chair, now=now)
        for month in (today, add_months(today, 1)):
            watch.fill_roster(team, month, posts, actor=chair, now=now)
    teams.add_team(place, FLOOD, actor=chair, now=now)

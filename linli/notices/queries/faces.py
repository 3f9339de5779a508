"""What home pages, feeds, screens and the desk show of notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from linli.kernel import sql
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import Actor, Permit
from linli.notices import permits
from linli.notices.models import Posting
from linli.notices.queries.postings import postings_at
from linli.notices.states import PostingState, VersionState

SOON, LATELY = timedelta(days=3), timedelta(days=7)
FEED_MOST = 50
# what `displayed_at` finds: a home is opened more often than all other pages, so it is read prepared
NEWEST_AT = """
SELECT p.code, v.title, p.category, p.last_day
  FROM notices_posting p JOIN notices_postingversion v ON v.id = p.current_id
 WHERE p.state = 'published' AND p.first_day <= %(on)s AND p.last_day >= %(on)s
   AND EXISTS (SELECT 1 FROM notices_postingplace s WHERE s.posting_id = p.id AND s.path = ANY(%(chain)s))
 ORDER BY p.first_day DESC, p.id DESC LIMIT %(limit)s
"""


def displayed_at(path: str, on: date) -> QuerySet[Posting]:
    """Return what is displayed at a place on a day, newest first."""
    found = postings_at(path, on).filter(state=PostingState.PUBLISHED, last_day__gte=on)
    return found.select_related("current").order_by("-first_day", "-id")


@dataclass(slots=True)
class Displayed:
    """A line of what is displayed."""

    code: str
    title: str
    category: str
    last_day: date


def ask_newest(path: str, on: date, limit: int) -> sql.Asked[Displayed]:
    """Begin to read the first lines of what `displayed_at` returns, for the homes that everybody opens."""
    given = {"on": on, "chain": chain_of_path(path), "limit": limit}
    return sql.ask("notices.newest", NEWEST_AT, given, Displayed)


def feed_of(path: str, on: date) -> list[Posting]:
    """Return the notices of a feed, the last changed first: over and withdrawn ones too."""
    found = postings_at(path, on).select_related("current")
    return list(found.order_by("-changed_at", "-id")[:FEED_MOST])


def to_publish(actor: Actor, limit: int) -> list[Posting]:
    """Return notices and corrections that wait for somebody at the actor's own places to publish."""
    found = Posting.objects.filter(
        _own(actor, permits.PUBLISH), open__state=VersionState.WAITING,
        state__in=[PostingState.PREPARED, PostingState.PUBLISHED],
    )  # fmt: skip
    return list(found.select_related("open").order_by("changed_at", "id")[:limit])


def returned_to(actor: Actor, limit: int) -> list[Posting]:
    """Return the actor's own drafts that came back with a remark."""
    if actor.account_id is None:
        return []
    found = Posting.objects.filter(
        open__state=VersionState.DRAFT, open__account_id=actor.account_id
    ).exclude(open__returned="")
    return list(found.select_related("open").order_by("changed_at", "id")[:limit])


def ends_soon(actor: Actor, on: date, limit: int) -> list[Posting]:
    """Return what is displayed at the actor's own places and ends within days, or ended lately."""
    found = Posting.objects.filter(
        _own(actor, permits.WRITE), state=PostingState.PUBLISHED, first_day__lte=on,
        last_day__gte=on - LATELY, last_day__lte=on + SOON,
    )  # fmt: skip
    return list(found.select_related("current").order_by("last_day", "id")[:limit])


def _own(actor: Actor, permit: Permit) -> Q:
    """What waits for somebody waits for the post of its own place; a post above may step in."""
    return Q(place__in=actor.own_paths(permit))


def provisional_postings(on: date) -> QuerySet[Posting]:
    """Return displayed notices whose last day rests on a calendar that was not published yet."""
    return Posting.objects.filter(
        is_provisional=True, state=PostingState.PUBLISHED, last_day__gte=on - LATELY
    )


def offices_with(organisation_id: int) -> int:
    """Count the notices that an organisation signed."""
    return Posting.objects.filter(office_id=organisation_id).count()

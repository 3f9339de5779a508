"""Posts to which a case can be offered: those in charge first, then those at its places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.access.queries.rights import posts_that_may
from linli.cases.models import Assignment, Case, Category
from linli.cases.permits import HANDLE
from linli.cases.queries.keeping_away import kept_from
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.receivers import Receiver, posts_at
from linli.cases.queries.routing import responsible_rows
from linli.cases.queries.telling import post_names
from linli.cases.rules.clocks import SHANGHAI
from linli.cases.rules.routes import shared_path
from linli.cases.types.words import AssignmentRole, AssignmentState
from linli.kernel.paths import nearest_first
from linli.kernel.permits import Actor
from linli.orgs import queries as orgs

MOST = 40
# post → (its body, why it is offered)
Pairs = dict[int, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post to choose: its name, who holds it today, and why it stands here."""

    post_id: int
    org_id: int
    name: str
    holder: str
    why: str


def candidates(actor: Actor, cases: Sequence[Case], words: str, on: date) -> list[Candidate]:
    """Return posts for cases: by words if there are any, else those in charge and those around.

    Only posts that somebody holds, and that the actor sees or that may take the cases; never one
    that a case is about. Of several cases it is the place that they have in common which counts.
    Where there are too many, those that may take the cases are kept.
    """
    path = shared_path([case.path for case in cases])
    taking = _taking(cases, path, on)
    if words.strip():
        found = orgs.holders_named(actor, words.strip(), on=on)[:MOST]
        pairs = {one.post_id: (one.post.organisation_id, _("found")) for one in found}
        pairs |= {
            one.post_id: (one.org_id, _("found")) for one in taking if words.strip() in one.name
        }
    else:
        pairs = _in_charge(cases, path, on) | _around(actor, taking, path, on)
    for case in cases:
        for post in kept_from(vars(case), on):
            pairs.pop(post, None)
    return _told(actor, pairs, {one.post_id for one in taking}, on)


def others_for(actor: Actor, cases: Sequence[Case], words: str, on: date) -> list[Candidate]:
    """Return posts that cases can be handed on to: `candidates` without one that leads all of them already."""
    leads = Assignment.objects.filter(
        case__in=[case.pk for case in cases],
        role=AssignmentRole.LEAD,
        state=AssignmentState.ACCEPTED,
    )
    led = Counter(leads.values_list("post_id", flat=True))
    found = candidates(actor, cases, words, on)
    return [one for one in found if led[one.post_id] < len(cases)]


def _in_charge(cases: Sequence[Case], path: str, on: date) -> Pairs:
    own = {case.category_id for case in cases if case.category_id is not None}
    if not own:
        return {}
    above = Category.objects.filter(pk__in=own).values_list("parent_id", flat=True)
    categories = sorted({*own, *(one for one in above if one is not None)})
    rows = responsible_rows(categories, nearest_first(path), on)
    why = (
        _("in charge of this category") if len(own) == 1 else _("in charge of a category of these")
    )
    return {post: (org, why) for _category, _path, org, post in rows}


def _around(actor: Actor, taking: Sequence[Receiver], path: str, on: date) -> Pairs:
    """Posts at the place and those above that the actor sees, and all there that may take the cases."""
    found: Pairs = {}
    for place in nearest_first(path):
        rows = orgs.posts_at(actor, place, limit=MOST)
        rows += [(one.post_id, one.org_id) for one in taking if one.path == place]
        why = _("at this place") if place == path else _("at the place above")
        found |= {post: (org, why) for post, org in rows if post not in found}
    return found


def _taking(cases: Sequence[Case], path: str, on: date) -> list[Receiver]:
    """Posts at a place and above that may see and handle cases like these, the nearest first.

    Whoever hands a case on has to know to which posts it can go, also those of an office whose list
    of staff she does not see; their names stay with that office.
    """
    places = nearest_first(path)
    # a right that was given this afternoon counts at once
    now = timezone.now() if on == localdate() else datetime.combine(on, time(12), SHANGHAI)
    permits = {HANDLE, *(kind_of(case.kind, case.version).sees for case in cases)}
    able = [posts_that_may(permit, places, now=now) for permit in sorted(permits, key=str)]
    return [
        post
        for place in places
        for post in posts_at(place, on)
        if all(post.post_id in posts[place] for posts in able)
    ]


def _told(actor: Actor, pairs: Pairs, taking: set[int], on: date) -> list[Candidate]:
    names = post_names(pairs)
    held: dict[int, Any] = orgs.working_holders(pairs, on)
    seen = set(orgs.visible_posts(actor).filter(pk__in=list(pairs)).values_list("pk", flat=True))
    there = [post for post in pairs if post in names and held.get(post)]
    kept = set(sorted(there, key=lambda post: post not in taking)[:MOST])
    return [
        Candidate(post, org, names[post], _holders(held[post]) if post in seen else "", why)
        for post, (org, why) in pairs.items()
        if post in kept
    ]


def _holders(held: Sequence[Any]) -> str:
    return "、".join(one.holder_name for one in held)


def org_of_post(actor: Actor, cases: Sequence[Case], post_id: int, on: date) -> int:
    """Return the body of a post that the actor sees or that may take the cases. Refuses with NotFound."""
    taking = _taking(cases, shared_path([case.path for case in cases]), on)
    found = next((one.org_id for one in taking if one.post_id == post_id), None)
    return found if found is not None else int(orgs.get_post(actor, post_id).organisation_id)

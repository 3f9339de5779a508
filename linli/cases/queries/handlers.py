"""Who has a case, as its reporter may know it: the post, who holds it, and the office's telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from linli.access.queries.rights import posts_that_may
from linli.cases.models import Case
from linli.cases.queries.keeping_away import kept_from
from linli.cases.queries.kinds import kind_of
from linli.cases.types.kinds import By
from linli.kernel.paths import nearest_first
from linli.kernel.permits import NOBODY, Permit
from linli.kernel.registries import POST_NAMES
from linli.orgs import queries as orgs
from linli.orgs.queries import homes, posts


@dataclass(frozen=True, slots=True)
class Handler:
    """Who has the case: the post as people call it, who holds it, and the office's telephone.

    `is_offered`: it was handed to this post; else it is the one that such matters of the place are for.
    """

    post: str
    holders: tuple[str, ...]
    phone: str
    has_accepted: bool
    is_offered: bool = True


def handler_of(case: Case, now: datetime) -> Handler | None:
    """Return who has a case; of one that is handed to nobody the post which works on it where it lies."""
    # what nobody took before it ended lies with nobody
    post_id = case.lead_post_id or (case.offered_post_id if case.is_open else None)
    is_offered = post_id is not None
    if post_id is None and case.is_open:
        post_id = _for_such(case, now)
    if post_id is None:
        return None
    names = POST_NAMES.call({post_id})
    # who holds a post, and its own telephone, are told of posts that everybody may know
    public = posts.visible_posts(NOBODY).filter(pk=post_id).first()
    holders = posts.holders_of_posts([post_id], localdate(now)).get(post_id, []) if public else []
    office = _phone_of(public.path if public else case.path, localdate(now))
    return Handler(
        post=names.get(post_id, ""),
        holders=tuple(dict.fromkeys(view.holder_name for view in holders)),
        phone=(public.office_phone if public else "") or office,
        has_accepted=case.lead_post_id is not None,
        is_offered=is_offered,
    )


def somebody_may_take(case_id: int, now: datetime) -> bool:
    """Say whether anybody has a case, or holds a post that could take it up."""
    case = Case.objects.select_related("merged_into").get(pk=case_id)
    return handler_of(case.merged_into or case, now) is not None


def _for_such(case: Case, now: datetime) -> int | None:
    """Return the nearest post that may take the next step, that everybody may know and somebody holds.

    Where several may, the one in charge of the place comes first; whom the case is about never.
    """
    places, on = nearest_first(case.path), localdate(now)
    away = kept_from(vars(case), on)
    able = posts_that_may(_next_permit(case), places, now=now)
    ids = [pk for found in able.values() for pk in found if pk not in away]
    known = posts.visible_posts(NOBODY).filter(pk__in=ids)
    order = list(known.order_by("organisation__rank", "rank", "pk").values_list("pk", flat=True))
    held, charged = orgs.working_holders(order, on), orgs.posts_in_charge(places, on)
    for place in places:
        found = [pk for pk in order if pk in able[place] and held.get(pk)]
        if found:
            return _first(found, charged.get(place, (0, 0))[1])
    return None


def _first(found: Sequence[int], in_charge: int) -> int:
    return in_charge if in_charge in found else found[0]


def _next_permit(case: Case) -> Permit:
    """Return the permit of the first step that staff take from here, else of whoever sees such cases."""
    kind = kind_of(case.kind, case.version)
    for move in kind.machine.moves.values():
        is_staff = getattr(move, "by", None) is By.PERMIT and move.permit is not None
        if is_staff and case.state in {str(one) for one in move.source}:
            assert move.permit is not None
            return move.permit
    return kind.sees


def _phone_of(path: str, on: date) -> str:
    """Return the telephone of the nearest office that has one, or nothing."""
    for place in nearest_first(path):
        office = homes.office_of(place, on)
        if office is not None and office.phone:
            return office.phone
    return ""

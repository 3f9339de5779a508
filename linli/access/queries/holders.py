"""Who holds a post and has no account by which its rights could reach her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from linli.access.models import Account
from linli.access.queries.accounts import Wanted, filtered, visible_accounts
from linli.access.queries.duties import rights_by_post
from linli.access.queries.posts import ENTRIES, STAFF_ACCOUNT
from linli.access.states import AccountKind, AccountState
from linli.access.templates_of_rights import meant_by_depth
from linli.kernel import sql
from linli.kernel.permits import Actor, require
from linli.orgs import permits as org_permits
from linli.orgs.permits import APPOINT
from linli.orgs.queries import get_holding
from linli.orgs.queries.vacated import own_and_below
from linli.people.queries import ids_of_one

MOST_FOUND = 50
# as rights_by_post: rights of a post itself, or of its kind at its place or one above, meant for the level
DEPTH = "least(length({path}) - length(replace({path}, '/', '')), 3)"
HAS_RIGHTS = f"""
EXISTS (SELECT 1 FROM access_givenright g
    WHERE g.revoked_at IS NULL AND g.starts_at <= %(now)s AND (g.ends_at IS NULL OR g.ends_at > %(now)s)
      AND (g.post_id = p.id
           AND (g.template = '' OR g.template || {DEPTH.format(path="g.path")} = ANY(%(meant)s))
        OR g.post_kind = p.kind_id AND p.path >= g.path AND p.path < g.path || '~'
           AND (g.template = '' OR g.template || {DEPTH.format(path="p.path")} = ANY(%(meant)s))))
"""  # noqa: S608 - our own constants
# posts of public bodies at some places, and the heads of those right below, that bring rights;
# whoever was joined with another entry has the account of the kept one too
UNTIED = f"""
SELECT h.id, h.holder_name, p.title, p.title_en, p.kind_id AS kind, h.path, h.since
  FROM orgs_postholding h
  JOIN orgs_post p ON p.id = h.post_id
  JOIN orgs_organisation o ON o.id = p.organisation_id
  JOIN orgs_postkind k ON k.code = p.kind_id
 WHERE (h.path = ANY(%(paths)s) OR h.path = ANY(%(below)s) AND k.is_head)
   AND h.since <= %(on)s AND (h.until IS NULL OR h.until > %(on)s) AND h.account_id IS NULL
   AND (p.closed_on IS NULL OR p.closed_on > %(on)s) AND o.level = 1
   AND {HAS_RIGHTS}
   AND NOT EXISTS (SELECT 1 FROM people_person person JOIN {ENTRIES} JOIN {STAFF_ACCOUNT}
        WHERE person.id = h.person_id)
 ORDER BY h.since DESC, h.id
 LIMIT %(limit)s
"""  # noqa: S608 - our own constants


@dataclass(slots=True)
class Untied:
    """Somebody in a post that gives rights, whom no account stands for."""

    id: int
    holder_name: str
    title: str
    title_en: str
    kind: str
    path: str
    since: date


def untied_holders(actor: Actor, *, now: datetime, limit: int | None = None) -> list[Untied]:
    """Return holders without an account at the actor's own places, and heads right below them."""
    own, below = own_and_below(actor, APPOINT)
    if not own:
        return []
    given = {
        "paths": own,
        "below": below,
        "now": now,
        "meant": meant_by_depth(),
        "on": localdate(now),
        "limit": limit,
    }
    return sql.rows("access.untied_holders", UNTIED, given, into=Untied)


def holding_to_tie(actor: Actor, holding_id: int) -> Any:
    """Return a holding whose holder the actor records. Refuses with NotFound, NotAllowed."""
    holding = get_holding(actor, holding_id)
    level = holding.post.organisation.level
    require(actor, org_permits.appointer_of(level), at=holding.path)
    return holding


def has_rights(holding: Any, *, now: datetime) -> bool:
    """Say whether the post of a holding gives its holder rights."""
    post = holding.post
    return bool(rights_by_post(post.pk, post.kind_id, post.path, now=now))


def account_of_holder(holding: Any) -> Account | None:
    """Return the account that stands for a holder, by itself or by her entry."""
    tied = Q(pk=holding.account_id or 0)
    if holding.person_id is not None:
        tied |= Q(person_id__in=ids_of_one(holding.person_id), kind=AccountKind.STAFF)
    return Account.objects.filter(tied).order_by("pk").first()


def accounts_to_tie(actor: Actor, words: str) -> tuple[list[Account], bool]:
    """Return accounts that the actor looks after, by a part of a name, and whether more fit.

    50 at most, never her own.
    """
    if not words.strip():
        return [], False
    found = filtered(visible_accounts(actor), Wanted(words=words))
    found = found.exclude(state=AccountState.DISABLED).exclude(pk=actor.account_id or 0)
    shown = list(found.order_by("path", "display_name", "pk")[: MOST_FOUND + 1])
    return shown[:MOST_FOUND], len(shown) > MOST_FOUND

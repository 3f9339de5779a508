"""Which post takes what nobody is named for: the office of a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from linli.kernel import sql
from linli.kernel.paths import code_of
from linli.orgs.models import Organisation, Post

# the department that leads the work with communities (plan of 2016) has what nobody is named for
# in the city; a mayor is no office for letters
LEADING = "{code}-civil-affairs"
# bodies that stand for their place, and within them who opens the letters, then who answers for it
BODIES = (
    "villagers_committee", "residents_committee", "township_government", "subdistrict_office",
    "park_administration", "city_government", "leading_group",
)  # fmt: skip
KINDS = (
    "clerk", "official", "committee_chair", "head", "committee_vice_chair", "deputy_head",
    "committee_member",
)  # fmt: skip
ORDER = f"array_position(ARRAY{list(KINDS)}, p.kind_id::text)"
# of each place by itself: whoever wants the nearest alone reads no post of the others
IN_CHARGE = f"""
SELECT place.path, office.organisation_id, office.id
  FROM unnest(%(paths)s::text[], %(leading)s::text[]) WITH ORDINALITY AS place (path, body, nth)
 CROSS JOIN LATERAL (
    SELECT p.organisation_id, p.id
      FROM orgs_post p JOIN orgs_organisation o ON o.id = p.organisation_id
     WHERE p.path = place.path AND (o.kind_id IN {BODIES} OR o.code = place.body)
       AND p.kind_id IN {KINDS}
       AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
       AND EXISTS (SELECT 1 FROM orgs_postholding h WHERE h.post_id = p.id AND h.since <= %(on)s AND NOT h.is_shut_out
                      AND (h.until IS NULL OR h.until > %(on)s))
     ORDER BY o.code = place.body DESC, {ORDER}, p.rank, p.id LIMIT 1) office
"""  # noqa: S608  constants only
NEAREST = f"{IN_CHARGE} ORDER BY place.nth LIMIT 1"

HELD_OF_BODY = f"""
SELECT p.id FROM orgs_post p JOIN orgs_organisation o ON o.id = p.organisation_id
 WHERE p.organisation_id = %(body)s AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
   AND (o.closed_on IS NULL OR o.closed_on > %(on)s)
   AND EXISTS (SELECT 1 FROM orgs_postholding h WHERE h.post_id = p.id AND h.since <= %(on)s AND NOT h.is_shut_out
                  AND (h.until IS NULL OR h.until > %(on)s))
 ORDER BY {ORDER}, p.rank, p.id
"""  # noqa: S608  constants only
ENDED = """
SELECT p.id, o.id FROM orgs_post p JOIN orgs_organisation o ON o.id = p.organisation_id
 WHERE p.id = ANY(%(posts)s) AND o.closed_on <= %(on)s
"""


class _InCharge(NamedTuple):
    path: str
    organisation_id: int
    id: int


def held_posts_of(organisation_id: int, on: date) -> list[int]:
    """Return the posts of a body that somebody works in, who opens its letters first; none once it has ended."""
    params = {"body": organisation_id, "on": on}
    return [post for (post,) in sql.tuples("orgs.held_of_body", HELD_OF_BODY, params)]


def open_posts_of(organisation_id: int) -> list[int]:
    """Return the posts of a body that are not closed, held or vacant."""
    found = Post.objects.filter(organisation_id=organisation_id, closed_on__isnull=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def is_open(organisation_id: int, on: date) -> bool:
    """Say whether a body has not ended on a day."""
    found = Organisation.objects.filter(pk=organisation_id)
    return found.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on)).exists()


def posts_of_ended(post_ids: Iterable[int], on: date) -> dict[int, int]:
    """Return post → body of those posts whose body has ended; one query."""
    wanted = sorted(set(post_ids))
    return dict(sql.tuples("orgs.ended", ENDED, {"posts": wanted, "on": on})) if wanted else {}


def posts_in_charge(paths: Iterable[str], on: date) -> dict[str, tuple[int, int]]:
    """Return (organisation, post) of the office of each place that somebody works in; one query.

    A place whose office is vacant is left out: what comes there goes to the place above.
    """
    return begin_in_charge(paths, on)()


def begin_in_charge(paths: Iterable[str], on: date) -> Callable[[], dict[str, tuple[int, int]]]:
    """Begin to read what `posts_in_charge` returns, and go on; what is returned waits for that alone."""
    return _begin("orgs.in_charge", IN_CHARGE, sorted(set(paths)), on)


def begin_nearest_in_charge(
    paths: Sequence[str], on: date
) -> Callable[[], dict[str, tuple[int, int]]]:
    """Begin the same for the first of these places whose office is not vacant, and for no other."""
    return _begin("orgs.nearest_in_charge", NEAREST, paths, on)


def _begin(
    name: str, statement: str, paths: Sequence[str], on: date
) -> Callable[[], dict[str, tuple[int, int]]]:
    leading = [LEADING.format(code=code_of(path)) for path in paths]
    params = {"paths": list(paths), "leading": leading, "on": on}
    asked = sql.ask(name, statement, params, _InCharge, is_hurried=True)
    return lambda: {path: (organisation, post) for path, organisation, post in asked.rows()}

"""What posts are called, for apps below this one that keep their ids."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.timezone import localdate

from linli.kernel import sql
from linli.kernel.permits import PUBLIC
from linli.ui.formats import is_chinese

NAMES = """
SELECT p.id, p.title, p.title_en, v.name, v.name_en
  FROM orgs_post p JOIN orgs_organisation o ON o.id = p.organisation_id
  LEFT JOIN LATERAL (
       SELECT name, name_en FROM orgs_organisationversion
        WHERE organisation_id = p.organisation_id AND (since IS NULL OR since <= %(on)s)
        ORDER BY since DESC NULLS LAST LIMIT 1) v ON true
 WHERE p.id = ANY(%(posts)s) AND o.level = %(level)s
"""


def names_of_posts(post_ids: Iterable[int]) -> dict[int, str]:
    """Return body and title of posts in the reader's language, as the body is called today; one query.

    Posts of bodies above the public level are left out: their names are not for everybody.
    """
    wanted = sorted(set(post_ids))
    given = {"on": localdate(), "posts": wanted, "level": PUBLIC}
    found = sql.tuples("orgs.names_of_posts", NAMES, given) if wanted else []
    if is_chinese():
        return {pk: f"{name or ''}{title}" for pk, title, _, name, _ in found}
    return {
        pk: ", ".join(filter(None, (title_en or title, name_en or name)))
        for pk, title, title_en, name, name_en in found
    }

"""Which templates somebody holds, whichever way, and that duties are kept apart."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from linli.access.errors import DutiesClash
from linli.access.models import GivenRight
from linli.access.queries.posts import PostRow
from linli.access.queries.rights import live
from linli.access.queries.sessions import account_row
from linli.access.rules import clash
from linli.access.templates_of_rights import TEMPLATES
from linli.kernel.paths import chain_of_path


def held_templates(account_id: int, *, now: datetime) -> set[str]:
    """Return the templates that an account holds: by itself, by posts and by kinds of posts."""
    row = account_row(account_id, now=now)
    return {right[0] for right in row.rights if right[0]} if row else set()


def templates_of_post(post: PostRow, *, now: datetime) -> set[str]:
    """Return the templates that whoever holds a post has by it."""
    kind = Q(post_kind=post.kind, path__in=chain_of_path(post.path))
    found = GivenRight.objects.filter(live(now) & (Q(post_id=post.id) | kind)).exclude(template="")
    return set(found.values_list("template", flat=True))


def check_duties(account_id: int, templates: set[str], *, now: datetime) -> None:
    """Refuse with DutiesClash where an account would hold two duties that are kept apart."""
    held = held_templates(account_id, now=now)
    for new in sorted(templates):
        other = clash(held, new)
        if other is not None:
            one, two = (str(TEMPLATES[key].title) for key in (other, new))
            raise DutiesClash(one=one, other=two, move="give", state=other)

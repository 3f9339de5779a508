"""Who may take the next stage of a case: offices that review, posts that are competent."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.cases import permits
from linli.cases.models import Assignment
from linli.cases.queries.receivers import offices_below, posts_at
from linli.cases.types.words import AssignmentRole
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.places import queries as places

Choices = list[tuple[str, str]]


def transfer_choices(path: str, on: date) -> Choices:
    """Return the posts at a place and, at the city, the offices of its towns."""
    own = [(str(one.post_id), one.name) for one in posts_at(path, on)]
    code = path.rstrip("/").rpartition("/")[2]
    if path.count("/") > 1:
        return own
    return [*own, *((str(post.post_id), name) for _code, name, post in offices_below(code, on))]


def reviewers_of(path: str) -> Choices:
    """Return the places whose office reviews what an office at a place answered: those above it (AP-05).

    Above the city nobody works with this system: there the city keeps the book of it itself.
    """
    *above, own = places.chain_of(code_of(path))
    return [(row.code, row.name) for row in above if row.level in ("town", "city")] or [
        (own.code, own.name)
    ]


def may_set_day(actor: Actor, case: Any) -> bool:
    """Say whether the actor gave a task, or may give tasks at the place above."""
    if actor.is_system:
        return True
    gave = Assignment.objects.filter(
        case_id=case.pk, role=AssignmentRole.LEAD, from_post_id__in=sorted(actor.posts)
    )
    above = case.path.rstrip("/").rpartition("/")[0]
    return gave.exists() or (
        bool(above) and actor.may(permits.DIRECT, at=f"{above}/", level=case.level)
    )

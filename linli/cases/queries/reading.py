"""Which cases an actor may see, decided once for every surface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet

from linli.cases.models import Case, CaseSigns
from linli.cases.queries.filters import sight_permits
from linli.cases.queries.kinds import sight_of
from linli.cases.rules.conflicts import FIRST, MORE, accused_in
from linli.cases.rules.finding import signs_of
from linli.kernel.errors import NotFound
from linli.kernel.permits import SEALED, Actor
from linli.kernel.words import every_word
from linli.orgs import queries as orgs
from linli.runtime.queries import may_open_result


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases at places where the actor sees their kind, up to the level that her post may see."""
    if actor.is_system:
        return Case.objects.all()
    seen = Q(pk__in=[])
    for grant, kinds in sight_of(actor):
        seen |= Q(kind__in=kinds, path__startswith=grant.path, level__lte=grant.ceiling)
    return Case.objects.filter(seen).filter(not_about(actor))


def not_about(actor: Actor, at: str = "") -> Q:
    """Whoever a case is about does not see it, also after she went to another post.

    `at` leads to the case in a query on another table: "case__".
    """
    is_hers, is_among = _named(actor, at)
    others = Q(**{f"{at}{MORE}__isnull": True}) | ~is_among
    return Q(**{f"{at}{FIRST}__isnull": True}) | (~is_hers & others)


def cases_about(actor: Actor) -> QuerySet[Case]:
    """Return the cases that are about a post which somebody holds or once held."""
    is_hers, is_among = _named(actor)
    return Case.objects.filter(is_hers | is_among)


def is_kept_from(actor: Actor, columns: Mapping[str, Any]) -> bool:
    """Say whether a held case is about a post that the actor holds or once held: one read, if about any."""
    accused = accused_in(columns)
    if not accused:
        return False
    held = orgs.posts_ever_held(actor.account_id, actor.human_id)
    return not accused.isdisjoint(actor.posts) or held.filter(post_id__in=accused).exists()


def _named(actor: Actor, at: str = "") -> tuple[Q, Q]:
    """Return the conditions that a case is about a post of hers: the first, and one besides."""
    first, more = f"{at}{FIRST}", f"{at}{MORE}"
    held = orgs.posts_ever_held(actor.account_id, actor.human_id)
    is_hers = Q(**{f"{first}__in": sorted(actor.posts)}) | Q(**{f"{first}__in": held})
    is_among = Q(**{f"{more}__overlap": sorted(actor.posts)}) | Q(
        **{f"{more}__overlap": ArraySubquery(held)}
    )
    return is_hers, is_among


def ceiling_of(actor: Actor, case: Case) -> int:
    """Return up to which level the actor may read notes on a case that she may see."""
    if actor.is_system:
        return SEALED
    return max(
        (
            grant.ceiling
            for grant, kinds in sight_of(actor)
            if case.kind in kinds and case.path.startswith(grant.path)
        ),
        default=0,
    )


def get_case(actor: Actor, number: str) -> Case:
    """Return a case that the actor may see. Refuses with NotFound."""
    found = visible_cases(actor).filter(number=number).first()
    if found is None:
        raise NotFound()
    return found


def cases_numbered(actor: Actor, numbers: Sequence[str]) -> list[Case]:
    """Return the cases of these numbers that the actor may see, in the order of their numbers."""
    return list(visible_cases(actor).filter(number__in=list(numbers)).order_by("number"))


def found_cases(actor: Actor, words: str, limit: int) -> list[Case]:
    """Return cases by a part of their number or by words of their title, newest first; for the search."""
    asked_for = words.split()
    may_hold = CaseSigns.objects.filter(signs__contains=signs_of(asked_for)).values("case_id")
    asked = Q(number__icontains=words.strip()) | every_word(words, "title__icontains")
    return list(
        visible_cases(actor).filter(asked, pk__in=may_hold).order_by("-opened_at", "-pk")[:limit]
    )


def may_see_export(actor: Actor, job_id: int) -> bool:
    """Say whether a file is the actor's own; others order their own."""
    return may_open_result(actor, job_id, sight_permits())


def may_see_case(actor: Actor, case_id: int) -> bool:
    """Say whether the actor sees a case: who does sees its photos too."""
    return visible_cases(actor).filter(pk=case_id).exists()

"""Checks of centres against the six norms: who fills which, what was said, photos of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from linli.cases.queries.reading import cases_numbered
from linli.files import queries as files
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import Actor
from linli.offerings.models import (
    CentreCheck,
    CentrePoint,
)
from linli.offerings.queries.centres import CHECKS, KEEPS, SEEN_WITH, VISITS
from linli.offerings.types.centres import OF_POINT, CheckState


def checks_of(centre_id: int) -> list[CentreCheck]:
    """Return the checks of a centre that were not put away, the latest first."""
    found = CentreCheck.objects.filter(centre_id=centre_id).exclude(state=CheckState.DROPPED)
    return list(found.order_by("-on", "-pk")[:CHECKS])


def get_check(actor: Actor, check_id: int) -> CentreCheck:
    """Return a check of a centre that the actor sees. Refuses with NotFound."""
    found = CentreCheck.objects.filter(pk=check_id).exclude(state=CheckState.DROPPED).first()
    if found is None or not any(actor.may(one, at=found.path) for one in SEEN_WITH):
        raise NotFound(id=check_id)
    return found


def may_fill(actor: Actor, check: CentreCheck) -> bool:
    """Say whether the actor fills a check in: the centre its own, the supervising body that of a visit."""
    return actor.may(KEEPS if check.by == "self" else VISITS, at=check.path)


def said_of(check: CentreCheck) -> dict[str, CentrePoint]:
    """Return what a check found, by point."""
    return {one.key: one for one in CentrePoint.objects.filter(check_of=check)}


def open_tasks(actor: Actor, centre_id: int) -> dict[str, str]:
    """Return the number of the task that is still open for a point of a centre, by its key."""
    found = CentrePoint.objects.filter(check_of__centre_id=centre_id).exclude(case_number="")
    by_number = dict(found.order_by("pk").values_list("case_number", "key"))
    cases = cases_numbered(actor, list(by_number))
    return {by_number[one.number]: one.number for one in cases if one.is_open}


def evidence_of(said: dict[str, CentrePoint]) -> dict[str, list[Any]]:
    """Return the files of points, by key of the point; one query."""
    found = files.files_of_many(OF_POINT, [one.pk for one in said.values()])
    return {key: found.get(one.pk, []) for key, one in said.items()}


def sees_evidence(actor: Actor, point_id: int) -> bool:
    """Say whether the actor sees the evidence of a point: who sees the centre does."""
    path = CentreCheck.objects.filter(points=point_id).values_list("path", flat=True).first()
    return path is not None and any(actor.may(one, at=path) for one in SEEN_WITH)


def checks_to_fill(actor: Actor) -> list[CentreCheck]:
    """Return the checks that the actor fills in now, with their centres. Refuses with NotAllowed."""
    own = {"self": actor.paths(KEEPS), "third": actor.paths(VISITS)}
    if not any(own.values()):
        raise NotAllowed(permit=VISITS.name, at="")
    mine = Q(pk__in=[])
    for by, paths in own.items():
        for path in paths:
            mine |= Q(by=by, path__startswith=path)
    drafts = CentreCheck.objects.filter(mine, state=CheckState.DRAFT)
    return list(drafts.select_related("centre__organisation").order_by("path", "pk")[:CHECKS])

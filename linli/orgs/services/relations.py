"""How organisations hang together, and what became of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.locks import hold
from linli.kernel.permits import PUBLIC, Actor, require
from linli.orgs import permits
from linli.orgs.errors import Circle, LineOver, Overlap
from linli.orgs.events import OrganisationReorganised
from linli.orgs.models import Organisation, OrgEdge, Reorganisation
from linli.orgs.queries.naming import called
from linli.orgs.queries.register import lines_above
from linli.orgs.rules.register import makes_circle
from linli.orgs.types import Certainty, Change, Hierarchy, Precision
from linli.trail.services import record
from linli.ui.formats import day


@transaction.atomic
def put_under(
    child: Organisation,
    parent: Organisation,
    *,
    hierarchy: Hierarchy,
    since: date,
    basis: str = "",
    actor: Actor,
    now: datetime,
) -> OrgEdge:
    """Put an organisation under another in one hierarchy from a day on; where it stood ends then.

    Refuses with NotAllowed, Circle, Overlap.
    """
    hold("orgs.edges", hierarchy.value)
    level = _require_both(child, parent, actor)
    if makes_circle(child.pk, parent.pk, lines_above(hierarchy, since)):
        raise Circle(
            child=called(child, since), parent=called(parent, since), move="put_under", state=""
        )
    edges = OrgEdge.objects.filter(child=child, hierarchy=hierarchy.value)
    if edges.filter(Q(until__gt=since) | Q(until__isnull=True, since__gte=since)).exists():
        raise Overlap(move="put_under", state="")
    edges.filter(until__isnull=True).update(until=since)
    edge = OrgEdge.objects.create(
        child=child, parent=parent, hierarchy=hierarchy.value, since=since, basis=basis
    )
    record(
        "orgs.put_under", on=child, actor=actor, now=now, place=child.path,
        level=level, edge=edge.pk,
    )  # fmt: skip
    return edge


def _require_both(child: Organisation, parent: Organisation, actor: Actor) -> int:
    """Ask for what each of the two asks for; return the level of the line. Refuses with NotAllowed."""
    line = max(child.level, parent.level)
    for level in {child.level, line}:
        require(actor, permits.keeper_of(level), at=child.path, level=level)
    return line


@transaction.atomic
def take_from_under(edge: OrgEdge, *, on: date, actor: Actor, now: datetime) -> OrgEdge:
    """End that an organisation stands under another, from a day on; nobody comes in its place.

    Refuses with NotAllowed, LineOver, Invalid.
    """
    edge = OrgEdge.objects.select_for_update().get(pk=edge.pk)
    child = edge.child
    level = _require_both(child, edge.parent, actor)
    if edge.until is not None:
        raise LineOver(day=day(edge.until), move="end", state="over")
    if edge.since is not None and on <= edge.since:
        raise Invalid({"on": [_("The day must be after the day on which it began.")]})
    edge.until = on
    edge.save(update_fields=["until"])
    record(
        "orgs.taken_from_under", on=child, actor=actor, now=now, place=child.path,
        level=level, edge=edge.pk,
    )  # fmt: skip
    return edge


class ChangeFacts(NamedTuple):
    """What a reorganisation did, when, and by which document."""

    change: Change
    on: date
    precision: Precision = Precision.DAY
    certainty: Certainty = Certainty.SURE
    document: str = ""
    note: str = ""


@transaction.atomic
def reorganise(
    predecessor: Organisation,
    successor: Organisation | None,
    facts: ChangeFacts,
    *,
    actor: Actor,
    now: datetime,
) -> Reorganisation:
    """Record what became of an organisation; the first line is the main one.

    Refuses with NotAllowed, Invalid.
    """
    hold("orgs.reorganise", predecessor.pk)
    require(actor, permits.REORGANISE, at=predecessor.path)
    level = max(body.level for body in (predecessor, successor) if body)
    if level > PUBLIC:
        require(actor, permits.keeper_of(level), at=predecessor.path, level=level)
    lines = Reorganisation.objects.filter(predecessor=predecessor)
    _check_line(predecessor, successor, facts, lines)
    line = Reorganisation.objects.create(
        predecessor=predecessor,
        successor=successor,
        change=facts.change.value,
        on=facts.on,
        precision=facts.precision.value,
        certainty=facts.certainty.value,
        document=facts.document,
        note=facts.note,
        rank=lines.count(),
    )
    record(
        "orgs.reorganised", on=predecessor, actor=actor, now=now, place=predecessor.path,
        level=level, change=facts.change.value, day=facts.on.isoformat(),
    )  # fmt: skip
    publish(OrganisationReorganised(predecessor.pk, successor.pk if successor else None, facts.on))
    return line


def _check_line(
    predecessor: Organisation,
    successor: Organisation | None,
    facts: ChangeFacts,
    lines: QuerySet[Reorganisation],
) -> None:
    if successor is None and facts.change is not Change.ABOLISHED:
        words = _("Say which organisation took over, or that it was abolished.")
    elif successor is not None and successor.pk == predecessor.pk:
        words = _("An organisation cannot succeed itself.")
    elif lines.filter(successor=successor).exists():
        words = _("This line is on record already.")
    else:
        return
    raise Invalid({"successor": [words]})

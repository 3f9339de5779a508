"""What hangs on a body that closes goes over to the one that succeeds it, from the day on.

Periods are parted at the day: what began before stays on record under the body that ended.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import PROTECTED, PUBLIC, Actor, open_to_all, require
from linli.kernel.registries import REFERENCES
from linli.orgs import permits
from linli.orgs.errors import Circle, Overlap
from linli.orgs.models import (
    CoverageLink,
    JointMember,
    Organisation,
    ServiceArea,
    ServiceCentre,
)
from linli.orgs.models.ending import end_open
from linli.orgs.models.rows import located
from linli.orgs.queries import references
from linli.orgs.queries.centres import CENTRES
from linli.orgs.queries.naming import called
from linli.orgs.queries.party import WORKING_COMMITTEE
from linli.orgs.queries.register import lines_above
from linli.orgs.rules.register import makes_circle
from linli.orgs.types import Hierarchy

SAME_KIND = (CENTRES, (WORKING_COMMITTEE,))


def _check(old: Organisation, new: Organisation, actor: Actor) -> None:
    """Refuse a successor that cannot take over. Refuses with NotAllowed, Invalid."""
    require(actor, permits.keeper_of(new.level), at=new.path)
    if new.pk == old.pk:
        words = _("An organisation cannot succeed itself.")
    elif new.closed_on is not None:
        words = _("This organisation is closed itself. Choose one that is open.")
    elif new.level != old.level or any(
        (old.kind_id in kinds) != (new.kind_id in kinds) for kinds in SAME_KIND
    ):
        words = _("Choose a successor of the same kind.")
    else:
        return
    raise Invalid({"successor": [words]})


def carry_over(old: Organisation, new: Organisation, *, actor: Actor) -> dict[int, int]:
    """Let everything go over that can; return how much did, by level.

    Refuses with NotAllowed, Invalid, Circle.
    """
    _check(old, new, actor)
    moved = {PUBLIC: 0, PROTECTED: 0}
    for entry in REFERENCES:
        if entry.to == "organisation" and entry.move is not None:
            if entry.level > PUBLIC and entry.count(old.pk):
                for body in (old, new):
                    require(actor, permits.PARTY_KEEP, at=body.path, level=PROTECTED)
            moved[entry.level] += entry.move(old.pk, new.pk)
    return moved


@open_to_all("called inside the closing of an organisation, whose service asked for the permit")
def take_over(what: str, old_id: int, new_id: int, *, actor: Actor) -> int:
    """Let things of one kind go over; return how many. Refuses with Circle."""
    return TAKEN[what](old_id, new_id)


def _below(old_id: int, new_id: int) -> int:
    """The bodies that stand under the one that ends stand under the one that follows."""
    return _edges(old_id, new_id, PUBLIC)


def _party_below(old_id: int, new_id: int) -> int:
    """The same for Party organisations."""
    return _edges(old_id, new_id, PROTECTED)


def _edges(old_id: int, new_id: int, level: int) -> int:
    day = _day(old_id)
    found = references.edges_below(old_id, level).exclude(child_id=new_id)
    rows = list(found.select_related("child", "parent"))
    above = {line: lines_above(Hierarchy(line), day) for line in {row.hierarchy for row in rows}}
    for row in rows:
        if makes_circle(row.child_id, new_id, above[row.hierarchy]):
            named = (
                called(row.child, day) if level == PUBLIC else _("A body that is not for everybody")
            )
            raise Circle(child=named, parent=called(row.parent, day), move="close", state="")
    return _go_over(rows, "parent_id", new_id, day)


def _areas(old_id: int, new_id: int) -> int:
    """Let the villages that a centre serves go over to another centre."""
    day, rows = _day(old_id), references.areas_of_centre(old_id)
    if rows.exists():
        ServiceCentre.objects.get_or_create(pk=new_id)
    there = ServiceArea.objects.filter(centre_id=new_id)
    return _part(rows, there, "place_id", ("centre_id", new_id), day)


def _certificates(old_id: int, new_id: int) -> int:
    """Let those who work in the body that ends work in the one that follows."""
    heads = located(Organisation.objects.get(pk=new_id))
    rows = references.certificates_in(old_id, _day(old_id))
    return rows.update(organisation_id=new_id, **heads)


def _managed(old_id: int, new_id: int) -> int:
    """Let what a working committee manages go over to another."""
    rows = list(references.managed_by(old_id))
    return _go_over(rows, "by_id", new_id, _day(old_id))


def _coverage(old_id: int, new_id: int) -> int:
    """Let the spots that a Party organisation reaches go over to another."""
    rows, there = references.links_of(old_id), CoverageLink.objects.filter(organisation_id=new_id)
    return _part(rows, there, "spot_id", ("organisation_id", new_id), _day(old_id))


def _meetings(old_id: int, new_id: int) -> int:
    """Let the joint meeting that a working committee leads, and its own seats in others, go over."""
    heads = located(Organisation.objects.get(pk=new_id))
    rows, day = references.meetings_led_by(old_id), _day(old_id)
    if references.meetings_led_by(new_id).exists():
        if rows.filter(since__gte=day).exists():
            raise Overlap(move="close", state="")
        moved = rows.update(until=day)  # the successor leads one of its own
    else:
        moved = rows.update(organisation_id=new_id, **heads)
    seats = JointMember.objects.filter(organisation_id=old_id, until__isnull=True)
    return moved + seats.update(organisation_id=new_id)


def _day(old_id: int) -> date:
    day = Organisation.objects.get(pk=old_id).closed_on
    assert day is not None, "the organisation is closed first"
    return day


def _part(
    rows: QuerySet[Any], there: QuerySet[Any], key: str, to: tuple[str, int], day: date
) -> int:
    """Let periods go over, but for what the successor has on the day or later: that only ends."""
    lasting = there.filter(Q(until__isnull=True) | Q(until__gt=day))
    known = set(lasting.values_list(key, flat=True))
    both, others = rows.filter(**{f"{key}__in": known}), list(rows.exclude(**{f"{key}__in": known}))
    ended = both.count()
    end_open(both, day)
    return ended + _go_over(others, *to, day)


def _go_over(rows: list[Any], column: str, new_id: int, day: date) -> int:
    """Part each period at the day; one that begins later goes over as a whole."""
    for row in rows:
        if row.since is not None and row.since >= day:
            setattr(row, column, new_id)
            row.save(update_fields=[column])
            continue
        row.until = day
        row.save(update_fields=["until"])
        row.pk, row.since, row.until = None, day, None
        setattr(row, column, new_id)
        row._state.adding = True
        row.save()
    return len(rows)


TAKEN: dict[str, Callable[[int, int], int]] = {
    "below": _below,
    "served": _areas,
    "certificates": _certificates,
    "party_below": _party_below,
    "managed": _managed,
    "reached": _coverage,
    "meetings": _meetings,
}

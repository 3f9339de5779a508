"""Organisations come, change their names and go."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.events import publish
from linli.kernel.ids import public_code
from linli.kernel.locks import hold
from linli.kernel.permits import PUBLIC, Actor, require
from linli.orgs import permits
from linli.orgs.errors import OrganisationClosed, Overlap
from linli.orgs.events import CentreChanged, PostsClosed
from linli.orgs.models import (
    Organisation,
    OrganisationVersion,
    OrgKind,
)
from linli.orgs.models.ending import end_lines
from linli.orgs.models.rows import new_organisation
from linli.orgs.queries.closing import require_above, require_merger, require_vacant
from linli.orgs.queries.naming import called
from linli.orgs.rules.register import is_credit_code
from linli.orgs.services import succession
from linli.orgs.services.centres import CENTRE_KINDS
from linli.orgs.types import Details, Hierarchy
from linli.places import services as places
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def add_organisation(
    place: Place,
    kind: str,
    details: Details,
    *,
    since: date | None = None,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Enter an organisation at a place. A collective is entered like this and never assumed.

    Refuses with NotAllowed, Ended, Invalid.
    """
    known = OrgKind.objects.filter(pk=kind).first()
    if known is None:
        raise Invalid({"kind": [_("Choose a kind of the list.")]})
    require(actor, permits.keeper_of(known.level), at=place.path)
    places.refuse_ended(place)
    _check(details)
    if known.is_single:
        hold("orgs.single", place.pk)
        if _another(place, kind).exists():
            raise Invalid({"kind": [_("There is one here already. Open it and change it.")]})
    organisation = new_organisation(
        place, known, code=f"{place.code}-{public_code(6)}", opened_on=since
    )
    organisation.save()
    OrganisationVersion.objects.create(organisation=organisation, since=since, **asdict(details))
    _record("orgs.organisation_added", organisation, actor, now)
    return organisation


@transaction.atomic
def correct_organisation(
    organisation: Organisation, details: Details, *, edition: int, actor: Actor, now: datetime
) -> Organisation:
    """Mend what the register says of an organisation today: a wrong phone, a slip in the name.

    Refuses with NotAllowed, Stale, Invalid, OrganisationClosed.
    """
    organisation = _locked(organisation)
    require(actor, permits.keeper_of(organisation.level), at=organisation.path)
    _check_edition(organisation, edition)
    _check(details)
    version = _current(organisation, localdate(now))
    for name, value in asdict(details).items():
        setattr(version, name, value)
    version.save()
    _bump(organisation)
    _record("orgs.organisation_corrected", organisation, actor, now)
    return organisation


@transaction.atomic
def rename_organisation(
    organisation: Organisation,
    details: Details,
    *,
    since: date,
    edition: int,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Give an organisation another name or seat from a day on; the one before stays on record.

    Refuses with NotAllowed, Stale, Invalid, OrganisationClosed, Overlap.
    """
    organisation = _locked(organisation)
    require(actor, permits.keeper_of(organisation.level), at=organisation.path)
    _check_edition(organisation, edition)
    _check(details)
    last = organisation.versions.order_by("-pk").filter(until__isnull=True).first()
    if organisation.closed_on or last is None:
        raise OrganisationClosed(name=called(organisation, since), move="rename", state="closed")
    if last.since is not None and since <= last.since:
        raise Overlap(move="rename", state="")
    last.until = since
    last.save(update_fields=["until"])
    OrganisationVersion.objects.create(organisation=organisation, since=since, **asdict(details))
    _bump(organisation)
    _record("orgs.organisation_renamed", organisation, actor, now, since=since.isoformat())
    return organisation


@transaction.atomic
def close_organisation(
    organisation: Organisation,
    *,
    on: date,
    edition: int,
    successor: Organisation | None = None,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Close an organisation from a day on; what hangs on it goes over to a successor, or ends.

    Its posts must be empty by then. Refuses with NotAllowed, ClosedFromAbove, Stale,
    OrganisationClosed, PostsStillHeld, Invalid, Circle.
    """
    if successor is not None:
        for line in sorted(Hierarchy):
            hold("orgs.edges", line.value)
    hold("orgs.posts", organisation.pk)  # nobody is appointed to a post that closes meanwhile
    organisation, successor = _locked_both(organisation, successor)
    require(actor, permits.keeper_of(organisation.level), at=organisation.path)
    require_above(actor, organisation)
    require_merger(actor, organisation, successor)
    _check_edition(organisation, edition)
    _check_empty(actor, organisation, on)
    organisation.closed_on = on
    organisation.edition += 1
    organisation.save(update_fields=["closed_on", "edition"])
    if successor is not None:
        _carry(organisation, successor, actor, now)
    posts = tuple(organisation.posts.filter(closed_on__isnull=True).values_list("pk", flat=True))
    end_lines(organisation, on)
    publish(PostsClosed(posts, on))
    if organisation.kind_id in CENTRE_KINDS:
        publish(CentreChanged(organisation.pk))
    _record("orgs.organisation_closed", organisation, actor, now, on_day=on.isoformat())
    return organisation


def _check_empty(actor: Actor, organisation: Organisation, on: date) -> None:
    if organisation.closed_on:
        raise OrganisationClosed(name=called(organisation, on), move="close", state="closed")
    require_vacant(actor, organisation, on)
    if organisation.opened_on and on <= organisation.opened_on:
        raise Invalid({"on": [_("It closes after it opened.")]})


def _carry(old: Organisation, new: Organisation, actor: Actor, now: datetime) -> None:
    """Let things go over and say so; what is of the Party's level is recorded at that level."""
    for level, rows in succession.carry_over(old, new, actor=actor).items():
        if rows:
            record(
                "orgs.carried_over", on=new, actor=actor, now=now, place=new.path,
                level=max(level, new.level), rows=rows, source=old.code,
            )  # fmt: skip


def _another(place: Place, kind: str) -> Any:
    return Organisation.objects.filter(place=place, kind_id=kind, closed_on__isnull=True)


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _locked_both(
    old: Organisation, new: Organisation | None
) -> tuple[Organisation, Organisation | None]:
    """Lock both in one order, so that two closings into each other wait and do not block."""
    ids = {old.pk} | ({new.pk} if new else set())
    rows = {
        o.pk: o for o in Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    return rows[old.pk], rows[new.pk] if new else None


def _check_edition(organisation: Organisation, edition: int) -> None:
    if organisation.edition != edition:
        raise Stale(move="save", state="")


def _bump(organisation: Organisation) -> None:
    organisation.edition += 1
    organisation.save(update_fields=["edition"])


def _current(organisation: Organisation, on: date) -> OrganisationVersion:
    found = organisation.versions.filter(Q(since__isnull=True) | Q(since__lte=on)).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    version = found.first() or organisation.versions.order_by("-since").first()
    if organisation.closed_on or version is None:
        raise OrganisationClosed(name=called(organisation, on), move="correct", state="closed")
    return version


def _check(details: Details) -> None:
    faults: dict[str, list[str]] = {}
    if not details.name.strip():
        faults["name"] = [_("Give the full name.")]
    if details.uscc and not is_credit_code(details.uscc):
        faults["uscc"] = [
            _("The check digit does not fit. Compare the 18 signs with the certificate.")
        ]
    if faults:
        raise Invalid(faults)


def _record(
    verb: str, organisation: Organisation, actor: Actor, now: datetime, **details: Any
) -> None:
    # of a Party organisation not even the kind goes into the trail
    told: dict[str, Any] = {} if organisation.level > PUBLIC else {"kind": organisation.kind_id}
    record(
        verb, on=organisation, actor=actor, now=now, place=organisation.path,
        level=organisation.level, **told, **details,
    )  # fmt: skip

"""Certificates and training of those who work in an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.permits import STAFF, Actor, require
from linli.orgs import permits
from linli.orgs.models import Certificate, Organisation, TrainingHours
from linli.orgs.models.rows import located
from linli.orgs.types import CertificateKind, Subject
from linli.trail.services import record

FIRST_YEAR = 2000
MOST_HALF_HOURS = 2000


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds or attended something: a name, and the person if the register knows her."""

    name: str
    person_id: int | None = None


@transaction.atomic
def enter_certificate(
    organisation: Organisation,
    holder: Holder,
    *,
    kind: CertificateKind,
    number: str,
    valid: tuple[date, date | None],
    actor: Actor,
    now: datetime,
) -> Certificate:
    """Enter a certificate of somebody who works here; a number counts once in the whole city.

    Refuses with NotAllowed, Invalid.
    """
    hold("orgs.certificate", kind.value, number)
    require(actor, permits.STAFF_KEEP, at=organisation.path)
    _check_certificate(holder, kind, number, valid, localdate(now))
    certificate = Certificate.objects.create(
        organisation=organisation,
        **located(organisation),
        holder_name=holder.name,
        person_id=holder.person_id,
        kind=kind.value,
        number=number,
        issued_on=valid[0],
        until=valid[1],
    )
    record(
        "orgs.certificate_entered", on=certificate, actor=actor, now=now,
        level=STAFF, place=organisation.path, person_id=holder.person_id, kind=kind.value,
    )  # fmt: skip
    return certificate


@transaction.atomic
def remove_certificate(certificate: Certificate, *, actor: Actor, now: datetime) -> Certificate:
    """Take a certificate out of the register: entered by mistake, or its holder left.

    Refuses with NotAllowed.
    """
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    require(actor, permits.STAFF_KEEP, at=certificate.path)
    if certificate.removed_on is None:
        certificate.removed_on = localdate(now)
        certificate.save(update_fields=["removed_on"])
        record(
            "orgs.certificate_removed", on=certificate, actor=actor, now=now,
            level=STAFF, place=certificate.path, person_id=certificate.person_id,
        )  # fmt: skip
    return certificate


@transaction.atomic
def enter_training(
    organisation: Organisation,
    holder: Holder,
    *,
    course: tuple[Subject, int, str],
    half_hours: int,
    actor: Actor,
    now: datetime,
) -> TrainingHours:
    """Enter hours of training in a subject and year; minus hours take an earlier entry back.

    Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.STAFF_KEEP, at=organisation.path)
    subject, year, title = course
    _check_training(holder, year, half_hours, localdate(now))
    entry = TrainingHours.objects.create(
        organisation=organisation,
        **located(organisation),
        holder_name=holder.name,
        person_id=holder.person_id,
        subject=subject.value,
        year=year,
        half_hours=half_hours,
        title=title,
        entered_at=now,
        entered_by=actor.label,
    )
    record(
        "orgs.training_entered", on=entry, actor=actor, now=now, level=STAFF, place=organisation.path,
        person_id=holder.person_id, subject=subject.value, year=year,
    )  # fmt: skip
    return entry


def _check_certificate(
    holder: Holder,
    kind: CertificateKind,
    number: str,
    valid: tuple[date, date | None],
    today: date,
) -> None:
    faults = _holder_faults(holder)
    issued_on, until = valid
    if not number.strip():
        faults["number"] = [_("Give the number on the certificate.")]
    elif Certificate.objects.filter(kind=kind.value, number=number, removed_on=None).exists():
        faults["number"] = [_("A certificate of this number is on record already.")]
    if issued_on > today:
        faults["issued_on"] = [_("This day has not come yet.")]
    if until is not None and until <= issued_on:
        faults["until"] = [_("It ends after it begins.")]
    if faults:
        raise Invalid(faults)


def _check_training(holder: Holder, year: int, half_hours: int, today: date) -> None:
    faults = _holder_faults(holder)
    if not FIRST_YEAR <= year <= today.year:
        faults["year"] = [_("Give a year from 2000 to this one.")]
    if half_hours == 0 or abs(half_hours) > MOST_HALF_HOURS:
        faults["hours"] = [_("Give hours in steps of a half, at most 1,000.")]
    if faults:
        raise Invalid(faults)


def _holder_faults(holder: Holder) -> dict[str, list[str]]:
    return {} if holder.name.strip() else {"holder_name": [_("Give the name.")]}

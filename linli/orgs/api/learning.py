"""Certificates and hours of training over the API. Nothing here ranks anybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.kernel.api import listed, paged, plain
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, queries, services
from linli.orgs.api.frame import ListIn, place_for
from linli.orgs.forms.learning import CertificateForm, TrainingForm
from linli.orgs.models import Certificate, TrainingHours
from linli.orgs.services import Holder
from linli.orgs.types import CertificateKind, Subject
from linli.places import queries as places

router = Router()
LATEST = Keyset("latest", ("-id",))


class CertificateOut(Schema):
    id: int
    place: str
    organisation: str
    holder_name: str
    kind: str
    number: str
    issued_on: date
    until: date | None


class CertificatesOut(Schema):
    count: int
    items: list[CertificateOut]
    next: str | None


class CertificatesIn(ListIn):
    social_work: bool = False


@router.get("/certificates/", response=CertificatesOut)
def list_certificates(request: Request, asked: Query[CertificatesIn]) -> dict[str, Any]:
    """Valid certificates of those who work at a place and below, the latest entry first."""
    found = queries.certificates(
        request.actor, place_for(request.actor, asked.place, permits.STAFF_LIST), on=localdate(),
        social_work_only=asked.social_work,
    )  # fmt: skip
    return paged(found, LATEST, asked, _certificate)


def _certificate(row: Certificate) -> dict[str, Any]:
    return {
        "id": row.pk, "place": code_of(row.path), "organisation": row.organisation.code,
        **plain(row, "holder_name", "kind", "number", "issued_on", "until"),
    }  # fmt: skip


class CertificateIn(Schema):
    """`organisation` is the code of where the holder works; `until` the first day without it."""

    place: str
    organisation: str
    holder_name: str
    kind: str
    number: str
    issued_on: date
    until: date | None = None


@router.post("/certificates/", response={201: CertificateOut})
def enter_certificate(request: Request, given: CertificateIn) -> Status[dict[str, Any]]:
    """Enter a certificate of somebody who works at a place."""
    bodies = _bodies(request, given.place)
    data = CertificateForm(
        given.dict(), organisations=[(o.code, o.name) for o in bodies]
    ).accepted()
    made = services.enter_certificate(
        next(o for o in bodies if o.code == data["organisation"]), Holder(data["holder_name"]),
        kind=CertificateKind(data["kind"]), number=data["number"].strip(),
        valid=(data["issued_on"], data["until"]), actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _certificate(made))


@router.post("/certificates/{int:certificate_id}/remove", response=CertificateOut)
def remove_certificate(request: Request, certificate_id: int) -> dict[str, Any]:
    """Take a certificate out of the register."""
    certificate = queries.get_certificate(request.actor, certificate_id)
    services.remove_certificate(certificate, actor=request.actor, now=timezone.now())
    return _certificate(certificate)


class TrainingOut(Schema):
    id: int
    place: str
    organisation: str
    holder_name: str
    subject: str
    year: int
    hours: float
    title: str


class LearntSumOut(Schema):
    subject: str
    hours: float


class TrainingPageOut(Schema):
    """`sums` count every entry of the year, not only those of this page."""

    count: int
    items: list[TrainingOut]
    next: str | None
    sums: list[LearntSumOut]


class TrainingListIn(ListIn):
    year: int | None = None


@router.get("/training/", response=TrainingPageOut)
def list_training(request: Request, asked: Query[TrainingListIn]) -> dict[str, Any]:
    """Hours of training of a year by subject, and the entries behind them, the latest first."""
    path = place_for(request.actor, asked.place, permits.STAFF_LIST)
    year = localdate().year if asked.year is None else asked.year
    found = queries.training(request.actor, path, year=year)
    page = page_of(found, LATEST, cursor=asked.cursor, limit=clean_limit(asked.limit))
    sums = queries.training_by_subject(request.actor, path, year=year)
    told = [{"subject": subject, "hours": half_hours / 2} for subject, half_hours in sums]
    return {**listed(page, _training), "sums": told}


def _training(row: TrainingHours) -> dict[str, Any]:
    return {
        "id": row.pk, "place": code_of(row.path), "organisation": row.organisation.code,
        "hours": row.half_hours / 2, **plain(row, "holder_name", "subject", "year", "title"),
    }  # fmt: skip


class TrainingIn(Schema):
    """Hours in steps of a half; a minus takes an earlier entry back."""

    place: str
    organisation: str
    holder_name: str
    subject: str
    year: int
    hours: float
    title: str = ""


@router.post("/training/", response={201: TrainingOut})
def enter_training(request: Request, given: TrainingIn) -> Status[dict[str, Any]]:
    """Enter hours that somebody was trained."""
    bodies = _bodies(request, given.place)
    data = TrainingForm(given.dict(), organisations=[(o.code, o.name) for o in bodies]).accepted()
    made = services.enter_training(
        next(o for o in bodies if o.code == data["organisation"]), Holder(data["holder_name"]),
        course=(Subject(data["subject"]), data["year"], data["title"]), half_hours=data["hours"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _training(made))


def _bodies(request: Request, code: str) -> list[Any]:
    """The organisations of a place where the caller keeps what staff learnt."""
    place = places.open_place(code)
    require(request.actor, permits.STAFF_KEEP, at=place.path)
    return queries.bodies_at(request.actor, place.path, on=localdate())

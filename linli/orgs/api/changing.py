"""Organisations entered, changed, closed, put under another and reorganised over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Schema, Status

from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, services
from linli.orgs.api.frame import OnIn, WithEdition, kept_organisation, named_organisation
from linli.orgs.api.organisations import OrganisationDetailOut, detail, router
from linli.orgs.forms.centres import DayForm
from linli.orgs.forms.register import (
    CloseForm,
    CorrectionForm,
    EdgeForm,
    NewOrganisationForm,
    RenameForm,
    ReorganisationForm,
)
from linli.orgs.queries import get_line, get_organisation
from linli.orgs.services import ChangeFacts
from linli.orgs.types import Certainty, Change, Hierarchy, Precision
from linli.places import queries as places

ONE = "/organisations/{slug:code}/"


class DetailsIn(Schema):
    name: str
    name_en: str = ""
    short_name: str = ""
    uscc: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    document: str = ""


class OrganisationIn(DetailsIn):
    """A collective is entered only if it exists: the register never assumes one."""

    place: str
    kind: str
    since: date | None = None


@router.post("/organisations/", response={201: OrganisationDetailOut})
def add_organisation(request: Request, given: OrganisationIn) -> Status[dict[str, Any]]:
    """Enter an organisation at a place."""
    place = places.open_place(given.place)
    require(request.actor, permits.EDIT, at=place.path)
    form = NewOrganisationForm(given.dict())
    data = form.accepted()
    made = services.add_organisation(
        place, data["kind"], form.details, since=data["since"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, detail(request, made.code))


class CorrectionIn(DetailsIn, WithEdition):
    pass


@router.post(ONE + "correct", response=OrganisationDetailOut)
def correct_organisation(request: Request, code: str, given: CorrectionIn) -> dict[str, Any]:
    """Mend what the register says of an organisation today."""
    organisation = kept_organisation(request.actor, code)
    form = CorrectionForm(given.dict())
    edition = form.accepted()["edition"]
    services.correct_organisation(
        organisation, form.details, edition=edition, actor=request.actor, now=timezone.now()
    )
    return detail(request, code)


class RenamingIn(CorrectionIn):
    since: date


@router.post(ONE + "rename", response=OrganisationDetailOut)
def rename_organisation(request: Request, code: str, given: RenamingIn) -> dict[str, Any]:
    """Give an organisation another name or seat from a day on; the one before stays on record."""
    organisation = kept_organisation(request.actor, code)
    form = RenameForm(given.dict())
    data = form.accepted()
    services.rename_organisation(
        organisation, form.details, since=data["since"], edition=data["edition"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return detail(request, code)


class ClosingIn(WithEdition):
    """`successor` is the code or full name of who takes over what can go over; empty if nobody does."""

    on: date
    successor: str = ""


@router.post(ONE + "close", response=OrganisationDetailOut)
def close_organisation(request: Request, code: str, given: ClosingIn) -> dict[str, Any]:
    """Close an organisation from a day on; its posts must be empty by then.

    One of the Party, of supervision or of discipline inspection, and a committee of villagers or residents, is
    closed from the level above.
    """
    organisation = kept_organisation(request.actor, code)
    data = CloseForm(given.dict()).accepted()
    after = data["successor"]
    services.close_organisation(
        organisation, on=data["on"], edition=data["edition"],
        successor=named_organisation(request.actor, after, "successor") if after else None,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return detail(request, code)


class UnderIn(Schema):
    """`parent` is the code or full name of the organisation above."""

    parent: str
    hierarchy: str
    since: date
    basis: str = ""


@router.post(ONE + "under", response=OrganisationDetailOut)
def put_under(request: Request, code: str, given: UnderIn) -> dict[str, Any]:
    """Put an organisation under another one; where it stood in that hierarchy ends then."""
    organisation = kept_organisation(request.actor, code)
    data = EdgeForm(given.dict()).accepted()
    services.put_under(
        organisation, named_organisation(request.actor, data["parent"], "parent"),
        hierarchy=Hierarchy(data["hierarchy"]), since=data["since"], basis=data["basis"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return detail(request, code)


@router.post(ONE + "under/{int:line}/end", response=OrganisationDetailOut)
def end_under(request: Request, code: str, line: int, given: OnIn) -> dict[str, Any]:
    """End that an organisation stands under another one, without one in its place."""
    organisation = kept_organisation(request.actor, code)
    edge = get_line(request.actor, organisation, line)
    on = DayForm(given.dict()).accepted()["on"]
    services.take_from_under(edge, on=on, actor=request.actor, now=timezone.now())
    return detail(request, code)


class ReorganisationIn(Schema):
    """`successor` is a code, empty only if nobody took over."""

    change: str
    successor: str = ""
    on: date
    precision: str = Precision.DAY.value
    certainty: str = Certainty.SURE.value
    document: str = ""
    note: str = ""


@router.post(ONE + "reorganise", response=OrganisationDetailOut)
def reorganise(request: Request, code: str, given: ReorganisationIn) -> dict[str, Any]:
    """Record what became of an organisation."""
    organisation = get_organisation(request.actor, code, on=timezone.localdate())
    require(request.actor, permits.REORGANISE, at=organisation.path)
    data = ReorganisationForm(given.dict()).accepted()
    facts = ChangeFacts(
        change=Change(data["change"]), on=data["on"], precision=Precision(data["precision"]),
        certainty=Certainty(data["certainty"]), document=data["document"], note=data["note"],
    )  # fmt: skip
    after = data["successor"]
    successor = named_organisation(request.actor, after, "successor") if after else None
    services.reorganise(organisation, successor, facts, actor=request.actor, now=timezone.now())
    return detail(request, code)

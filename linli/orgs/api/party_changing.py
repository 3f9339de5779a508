"""What the Party's own posts enter over the API: organisations, numbers, relations. Level 6."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Schema, Status

from linli.kernel.api import plain
from linli.kernel.errors import Invalid
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits
from linli.orgs.api.party import (
    DutyOut,
    PartyDetailOut,
    duty_out,
    party_detail,
    party_holding,
    router,
)
from linli.orgs.forms.party import (
    CountsForm,
    FormOfBranchForm,
    ManageForm,
    NonLocalForm,
    OriginForm,
    PartyOrganisationForm,
)
from linli.orgs.queries import coverage, party
from linli.orgs.queries.register import must_keep_party, must_see
from linli.orgs.services import party as services
from linli.orgs.services.party import PartyFacts
from linli.orgs.services.party_forms import change_party_form
from linli.orgs.types import Details, Management, PartyForm, PartyType
from linli.places import queries as places

ONE = "/organisations/{slug:code}/"


class PartyOrganisationIn(Schema):
    """`parent` is the code of the Party organisation above."""

    place: str
    name: str
    party_type: str
    form: str
    units: int = 1
    has_committee: bool = False
    parent: str = ""
    since: date


@router.post("/organisations/", response={201: PartyDetailOut})
def set_up(request: Request, given: PartyOrganisationIn) -> Status[dict[str, Any]]:
    """Enter a Party organisation of a village."""
    place = places.open_place(given.place)
    must_keep_party(request.actor, place.path)
    above = party.possible_parents(request.actor, place.path, on=localdate())
    form = PartyOrganisationForm(given.dict(), parents=[(o.code, o.name) for o in above])
    data = form.accepted()
    facts = PartyFacts(
        party_type=PartyType(data["party_type"]), form=PartyForm(data["form"]),
        parent=next((o for o in above if o.code == data["parent"]), None),
        units=data["units"], has_committee=data["has_committee"],
    )  # fmt: skip
    made = services.set_up_party_organisation(
        place, Details(name=data["name"]), facts, since=data["since"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, party_detail(request, made.code))


class CountsIn(Schema):
    """What is left out is unknown, not zero."""

    counted_on: date
    formal: int | None = None
    probationary: int | None = None
    applicants: int | None = None
    non_dongguan: int | None = None


@router.post(ONE + "count", response=PartyDetailOut)
def enter_counts(request: Request, code: str, given: CountsIn) -> dict[str, Any]:
    """Enter the numbers of a day; nobody is named."""
    found = _kept(request, code)
    form = CountsForm(given.dict())
    counted_on = form.accepted()["counted_on"]
    services.enter_counts(
        found, form.numbers, counted_on=counted_on, actor=request.actor, now=timezone.now()
    )
    return party_detail(request, code)


class FormIn(Schema):
    """`form` left out stays as it is."""

    form: str = ""
    has_committee: bool
    units: int


@router.post(ONE + "form", response=PartyDetailOut)
def change_form(request: Request, code: str, given: FormIn) -> dict[str, Any]:
    """Record another form, a branch committee or other units of a joint branch."""
    found = _kept(request, code)
    form = given.form or party.row_of(found, localdate()).form
    data = FormOfBranchForm({**given.dict(), "form": form}).accepted()
    change_party_form(found, **data, actor=request.actor, now=timezone.now())
    return party_detail(request, code)


class ManageIn(Schema):
    kind: str
    since: date


@router.post(ONE + "manage", response=PartyDetailOut)
def manage(request: Request, code: str, given: ManageIn) -> dict[str, Any]:
    """Put it under management or co-management of the working committee of its village."""
    found = _kept(request, code)
    data = ManageForm(given.dict()).accepted()
    by = party.working_committee(request.actor, found.path, on=localdate())
    if by is None:
        raise Invalid({"kind": [_("This place has no working committee on record.")]})
    services.manage_party_organisation(
        found, by, kind=Management(data["kind"]), since=data["since"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return party_detail(request, code)


class DutyIn(Schema):
    place: str
    since: date
    document: str


@router.post("/duties/", response={201: DutyOut})
def name_village(request: Request, given: DutyIn) -> Status[dict[str, Any]]:
    """Name a village with many non-local residents and heavy tasks (PO-06)."""
    place = places.open_place(given.place)
    must_see(request.actor, place.path)
    require(request.actor, permits.PARTY_DECIDE, at=place.path)
    data = NonLocalForm(given.dict()).accepted()
    duty = services.name_for_non_local(place, **data, actor=request.actor, now=timezone.now())
    serving = coverage.non_dongguan_serving(place.path, localdate())
    return Status(201, duty_out(duty, serving))


class OriginIn(Schema):
    is_non_dongguan: bool


class OriginOut(Schema):
    holding: int
    is_non_dongguan: bool


@router.post("/holdings/{int:holding_id}/origin", response=OriginOut)
def note_origin(request: Request, holding_id: int, given: OriginIn) -> dict[str, Any]:
    """Note whether a deputy secretary or member is from outside Dongguan."""
    holding = party_holding(request, holding_id)
    must_keep_party(request.actor, holding.path)
    word = {"is_non_dongguan": "yes" if given.is_non_dongguan else "no"}
    said = OriginForm(word).accepted()["is_non_dongguan"] == "yes"
    noted = services.note_origin(
        holding, is_non_dongguan=said, actor=request.actor, now=timezone.now()
    )
    return {"holding": holding.pk, **plain(noted, "is_non_dongguan")}


def _kept(request: Request, code: str) -> Any:
    """Return a Party organisation that the caller keeps. Refuses with NotFound, NotAllowed."""
    found = party.get_party_organisation(request.actor, code, on=localdate())
    must_keep_party(request.actor, found.path)
    return found

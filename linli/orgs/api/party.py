"""Party organisations over the API: numbers only. Who lacks level 6 finds nothing here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import listed, one_of, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.orgs import permits, queries
from linli.orgs.api.frame import ListIn, place_for
from linli.orgs.models import NonLocalDuty, PartyCount
from linli.orgs.queries import coverage, party
from linli.orgs.queries.party import PartyRow
from linli.orgs.queries.register import must_see
from linli.orgs.rules import party as rules
from linli.orgs.rules.party import Sizes
from linli.orgs.types import PartyType

router = Router()


class PartyOrganisationOut(Schema):
    """Null numbers: nobody counted yet. `is_too_wide`: a joint branch of more units than usual (PO-01)."""

    code: str
    name: str
    place: str
    kind: str
    party_type: str
    form: str
    units: int
    is_too_wide: bool
    has_committee: bool
    secretary_post: int | None
    management: str | None
    formal: int | None
    probationary: int | None
    counted_on: date | None


class PartyOrganisationsOut(Schema):
    count: int
    items: list[PartyOrganisationOut]
    next: str | None


class CountOut(Schema):
    kind: str
    counted_on: date
    number: int
    entered_at: datetime
    entered_by: str


class PartyDetailOut(PartyOrganisationOut):
    parent: str | None
    counts: list[CountOut]


class PartyListIn(ListIn):
    type: str = ""


@router.get("/organisations/", response=PartyOrganisationsOut)
def list_party_organisations(request: Request, asked: Query[PartyListIn]) -> dict[str, Any]:
    """The register of a place and below with the latest numbers, by place."""
    path = place_for(request.actor, asked.place, permits.PARTY)
    rows = party.party_register(request.actor, path, on=localdate())
    kind = one_of("type", asked.type, PartyType)
    page = page_of_rows(
        [row for row in rows if not kind or row.party_type == kind],
        lambda row: row.code,
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    sizes = party.sizes_at(path, localdate())[0]
    return listed(page, lambda row: _row(row, sizes))


@router.get("/organisations/{slug:code}/", response=PartyDetailOut)
def get_party_organisation(request: Request, code: str) -> dict[str, Any]:
    """One of them: its relation, what it stands under, its numbers over time."""
    return party_detail(request, code)


def party_detail(request: Request, code: str) -> dict[str, Any]:
    """What the API says of one Party organisation, also after it was changed."""
    today = localdate()
    found = party.get_party_organisation(request.actor, code, on=today)
    row = party.row_of(found, today)
    above = [r for r in queries.relatives_of(request.actor, found, on=today) if r.is_above]
    parent = next((r.code for r in above if r.hierarchy == "party"), None)
    counts = [_count(one) for one in party.counts_of(request.actor, found)]
    sizes = party.sizes_at(found.path, today)[0]
    return {**_row(row, sizes), "parent": parent, "counts": counts}


def _row(row: PartyRow, sizes: Sizes) -> dict[str, Any]:
    names = ("code", "name", "kind", "party_type", "form", "units", "has_committee", "management",
             "formal", "probationary", "counted_on")  # fmt: skip
    return {
        "place": code_of(row.path), "secretary_post": row.secretary_post_id,
        "is_too_wide": rules.is_too_wide(row.form, row.units, sizes), **plain(row, *names),
    }  # fmt: skip


def _count(one: PartyCount) -> dict[str, Any]:
    return plain(one, "kind", "counted_on", "number", "entered_at", "entered_by")


class DutyOut(Schema):
    """A village that its town named (PO-06), and how many from outside Dongguan serve there."""

    place: str
    since: date | None
    document: str
    serving: int


class DutiesOut(Schema):
    count: int
    items: list[DutyOut]
    next: str | None


@router.get("/duties/", response=DutiesOut)
def list_duties(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Villages with many non-local residents and heavy tasks, named by their town."""
    path, today = place_for(request.actor, asked.place, permits.PARTY), localdate()
    must_see(request.actor, path)
    serving = coverage.non_dongguan_serving(path, today)
    page = page_of_rows(
        list(coverage.named_villages(path, today)), lambda duty: duty.path,
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, lambda duty: duty_out(duty, serving))


def duty_out(duty: NonLocalDuty, serving: dict[str, int]) -> dict[str, Any]:
    """A named village as the API shows it."""
    return {
        "place": code_of(duty.path), "serving": serving.get(duty.path, 0),
        **plain(duty, "since", "document"),
    }  # fmt: skip


def party_holding(request: Request, holding_id: int) -> Any:
    """Return a holding whose place the caller sees with level 6. Refuses with NotFound."""
    if not request.actor.holds(permits.PARTY):
        raise NotFound(id=holding_id)
    return queries.get_holding(request.actor, holding_id)

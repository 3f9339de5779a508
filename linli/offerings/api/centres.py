"""Centres over the API: whether one is open today for everybody, what belongs to it for whoever keeps or oversees it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, listed, one_of, plain
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of, path_of
from linli.kernel.web import Request
from linli.offerings.queries import centre_checks as held_checks
from linli.offerings.queries import centres as queries
from linli.offerings.queries.centre_hours import open_at
from linli.offerings.queries.norms import norms
from linli.offerings.queries.windows import centre_called, windows_of
from linli.offerings.rules.opening_times import write_times
from linli.offerings.types.centres import CentreLine, Tally
from linli.orgs import queries as orgs

router = Router()


class CentreTodayOut(Schema):
    """Whether a centre is open at this moment. Where no window has hours `is_known` is false and `hours` hold."""

    code: str
    name: str
    is_known: bool
    is_open: bool
    until: str
    today: str
    next_on: date | None
    next_at: str
    why: str
    hours: str
    phone: str
    address: str
    windows: list[str]


class TallyOut(Schema):
    """A norm in a check: points met of those that apply."""

    norm: str
    met: int
    applies: int


class CentreRecordOut(Schema):
    """A centre in the overview; `norms` are of its last filed check, empty without one."""

    code: str
    name: str
    place: str
    kind: str
    is_open: bool
    windows: int
    platforms_merged: int
    devices: int
    devices_broken: int
    checked_on: date | None
    checked_by: str
    norms: list[TallyOut]


class CentreRecordsOut(Schema):
    count: int
    items: list[CentreRecordOut]
    next: str | None


class CentreRecordsIn(PagedIn):
    """`view` is unchecked, unmet, unmerged or broken."""

    place: str = ""
    kind: str = ""
    view: str = ""


class MergedOut(Schema):
    key: str
    merged_on: date
    document: str


class DeviceOut(Schema):
    id: int
    name: str
    count: int
    broken: int
    note: str


class CostOut(Schema):
    id: int
    year: int
    kind: str
    fen: int
    source: str
    document: str
    note: str


class CheckOut(Schema):
    id: int
    by: str
    body: str
    on: date
    state: str
    summary: str
    norms: list[TallyOut]


class CentreRecordDetailOut(Schema):
    """What belongs to a centre. `costs` is null for whoever only visits it."""

    code: str
    platforms: list[MergedOut]
    equipment: list[DeviceOut]
    checks: list[CheckOut]
    costs: list[CostOut] | None


@router.get("/centres/{slug:code}/today/", response=CentreTodayOut)
def centre_today(request: Request, code: str) -> dict[str, Any]:
    """Whether a centre is open now, until when, and when it opens next."""
    now = timezone.now()
    body = centre_called(code, localdate(now))
    opening = open_at(body.pk, now)
    return {
        **plain(opening, "is_known", "is_open", "until", "next_on", "next_at", "why"),
        "today": write_times(list(opening.today)),
        "code": body.code, "name": body.name, "hours": body.hours or "", "phone": body.phone or "",
        "address": body.address or "", "windows": [f"{one.number} {one.name}" for one in windows_of(body.pk)],
    }  # fmt: skip


@router.get("/centre-records/", response=CentreRecordsOut)
def centre_records(request: Request, asked: Query[CentreRecordsIn]) -> dict[str, Any]:
    """The centres that one keeps, oversees or visits, in the order of places."""
    queries.require_any(request.actor)
    wanted = queries.CentresWanted(
        path_of(asked.place), one_of("kind", asked.kind, orgs.CENTRES),
        one_of("view", asked.view, queries.VIEWS[1:]),
    )  # fmt: skip
    lines = queries.lines_of(queries.centres_seen(request.actor, localdate()), wanted)
    page = page_of_rows(
        lines, lambda one: str(one.row.organisation.code), cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, _line)


def _line(line: CentreLine) -> dict[str, Any]:
    body = line.row.organisation
    return {
        "code": body.code, "name": body.name, "place": code_of(body.path), "kind": body.kind_id,
        "is_open": line.row.is_open, "windows": line.windows, "platforms_merged": line.merged,
        "devices": line.devices, "devices_broken": line.broken, "checked_on": line.checked_on,
        "checked_by": line.checked_by, "norms": _norms(line.tallies),
    }  # fmt: skip


def _norms(tallies: Any) -> list[dict[str, Any]]:
    told: list[tuple[str, Tally]] = [(n.key, tallies[n.key]) for n in norms() if n.key in tallies]
    return [{"norm": key, "met": one.met, "applies": one.applies} for key, one in told]


@router.get("/centre-records/{slug:code}/", response=CentreRecordDetailOut)
def centre_record(request: Request, code: str) -> dict[str, Any]:
    """What belongs to one centre: platforms, equipment, checks, costs."""
    body = queries.seen_centre(request.actor, code, localdate())
    sees_money = any(request.actor.may(p, at=body.path) for p in (queries.KEEPS, queries.OVERSEES))
    checks = held_checks.checks_of(body.pk)
    tallies = queries.tallies_of([one.pk for one in checks])
    merged = queries.platforms_of(body.pk).values()
    return {
        "code": body.code,
        "platforms": [plain(one, "key", "merged_on", "document") for one in merged],
        "equipment": [plain(one, "id", "name", "count", "broken", "note") for one in queries.devices_of(body.pk)],
        "checks": [{**plain(one, "id", "by", "body", "on", "state", "summary"), "norms": _norms(tallies[one.pk])}
                   for one in checks],
        "costs": [plain(one, "id", "year", "kind", "fen", "source", "document", "note")
                  for one in queries.costs_of(body.pk)] if sees_money else None,
    }  # fmt: skip

"""Lists of orgs as files: organisations, service centres and pairings, as their pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.list_files import Asked, Row, sheet_of
from linli.kernel.permits import Actor
from linli.kernel.sheets import day_cell
from linli.orgs.queries.centres import CentreRow, centre_rows, pairings
from linli.orgs.queries.naming import place_name
from linli.orgs.queries.register import BY_PLACE, Wanted, all_organisations
from linli.places import queries as places
from linli.ui.formats import is_chinese, listed


def register_wanted(asked: Asked, place: Any) -> Wanted:
    """Return which organisations an address asks for."""
    return Wanted(
        path=place.path,
        kind=asked.get("kind", ""),
        words=asked.get("q", "").strip()[:80],
        here_only=asked.get("below", "") != "1" and place.level != "village",
        with_closed=asked.get("closed", "") == "1",
        with_invented=place.is_invented or asked.get("demo", "") == "include",
    )


def register_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Organisations at a place, and below where it is asked. Refuses with NotFound."""
    wanted = register_wanted(asked, places.get_place(asked.get("place", "")))
    return sheet_of(all_organisations(actor, wanted, on=localdate(now)), BY_PLACE, register_rows)


def register_rows(found: Sequence[Any]) -> list[list[Any]]:
    """Return organisations, the heads first."""
    heads = [
        _("Code"), _("Organisation"), _("English name"), _("Kind of body"), _("Place"), _("Office phone"),
        _("Address"), _("Office hours"), _("Unified social credit code"), _("Certainty"),
    ]  # fmt: skip
    return [heads] + [
        [o.code, o.name, o.name_en or "", _named(o.kind), place_name(o.place), o.phone or "",
         o.address or "", o.hours or "", o.uscc or "", o.certainty]
        for o in found
    ]  # fmt: skip


def centre_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Service centres at a place and below, with what they serve. Refuses with NotFound."""
    place, today = places.get_place(asked.get("place", "")), localdate(now)
    yield [_("Centre"), _("Kind of body"), _("State"), _("Opened on"), _("Place"), _("Villages served"),
           _("Office phone"), _("Address"), _("Office hours")]  # fmt: skip
    for row in centre_rows(place.path, on=today, kind=asked.get("kind", "")):
        body = row.organisation
        yield [
            _named(body), _named(body.kind), _state(row), day_cell(row.centre.opened_on if row.centre else None),
            _named(body.place), listed(_named(one) for one in row.places),
            body.phone, body.address, body.hours,
        ]  # fmt: skip


def _state(row: CentreRow) -> str:
    if row.is_open:
        return _("open")
    return _("closed now") if row.centre and row.centre.closed_on else _("planned")


def pairing_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Pairings of a place, those that ended too. Refuses with NotFound."""
    place = places.get_place(asked.get("place", ""))
    yield [_("Community"), _("Town"), _("Paired with"), _("Town of the other"), _("What they do together"),
           _("Document"), _("Since"), _("Until")]  # fmt: skip
    for row in pairings(place.path).iterator(chunk_size=500):
        yield [
            _named(row.one), _named(row.one.parent), _named(row.other), _named(row.other.parent),
            row.content, row.document, day_cell(row.since), day_cell(row.until),
        ]  # fmt: skip


def _named(thing: Any) -> str:
    if thing is None:
        return ""
    zh, en = str(thing.name), str(getattr(thing, "name_en", "") or "")
    return zh if is_chinese() or not en else en

"""The lines of the files of lists: facilities, events, families, groups, rounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.activities.queries import events as queries
from linli.activities.queries import facilities, family_fees
from linli.activities.queries.fees import kept_by, owed_by
from linli.activities.queries.outcomes import fill_of
from linli.activities.types.culture import WISH_TITLES
from linli.activities.types.events import EVENT_STATES, EVENT_TITLES, seat_in_words
from linli.activities.types.rounds import GROUP_TITLES, ROUND_TITLES
from linli.activities.types.venues import KIND_TITLES, OWNER_TITLES, Owner, VenueKind
from linli.kernel.sheets import Row, day_cell, moment_cell
from linli.ui.jinja import named


def event_rows(found: Sequence[Any]) -> Iterable[Row]:
    """Events with how full they were."""
    fill = fill_of(found)
    yield [
        _("Begins"), _("Last time ends"), pgettext("activities", "Event"), _("Kind"), _("Where"), _("State"),
        pgettext("event", "Places"), _("Places taken"), _("Waiting"), _("Came"), _("Fee in yuan"), _("Code"),
    ]  # fmt: skip
    for one in found:
        full = fill[one.pk]
        yield [
            moment_cell(one.first_at), moment_cell(one.last_at), named(one), EVENT_TITLES[one.kind], one.where,
            EVENT_STATES[one.state], one.places, full.taken, full.waiting, full.came, one.fee_fen / 100, one.code,
        ]  # fmt: skip


def family_rows(
    event: Any, families: Sequence[Any], told: Mapping[int, tuple[str, str, str]]
) -> Iterable[Row]:
    """Families enrolled with names and telephones, and how many of each came to each time."""
    sessions, came = queries.sessions_of(event), queries.came(event)
    yield [
        _("Names"), _("Telephone"), _("Who agreed for a child"), _("Number of people"), _("State"),
        _("Code of the family"), _("Fee in yuan"), _("Paid in yuan"), *(moment_cell(one.starts_at) for one in sessions),
    ]  # fmt: skip
    kept = kept_by(families)
    for one in families:
        names, phone, guardian = told.get(one.pk, (one.masked_name, "", ""))
        there = [came.get((session.pk, one.pk), "") for session in sessions]
        yield [
            names, phone.removeprefix("+86"), guardian, one.people, seat_in_words(one.state, event.state)[0], one.code, owed_by(one) / 100,
            kept.get(one.pk, 0) / 100, *there,
        ]  # fmt: skip


def word_rows(found: Iterable[Any]) -> Iterable[Row]:
    """What families said of an event, without their names."""
    yield [
        _("Day"), _("From 5 (very satisfied) to 1"), _("What people said"), _("State"), _("Words as they are shown"),
    ]  # fmt: skip
    for one in found:
        yield [moment_cell(one.at), one.grade, one.words, WISH_TITLES[one.state], one.shown]


def group_rows(found: Iterable[Any]) -> Iterable[Row]:
    """Groups without whom to ask and without their codes, which are their keys."""
    yield [
        _("Group of neighbours"), _("What it does"), _("Number of people"), pgettext("group", "About it"),
        _("In the public register since"),
    ]  # fmt: skip
    for one in found:
        shown = day_cell(one.agreed_on) if one.is_shown else ""
        yield [one.name, GROUP_TITLES[one.kind], one.people, one.about, shown]


def round_rows(found: Iterable[Any]) -> Iterable[Row]:
    """Rounds with their days."""
    yield [
        _("Round"), _("Season from"), _("Season to"), _("State"), _("Wishes until"), _("Objections until"),
        _("Drawn"), _("Decided"),
    ]  # fmt: skip
    for one in found:
        yield [
            one.title, day_cell(one.first_on), day_cell(one.last_on), ROUND_TITLES[one.state],
            day_cell(one.wishes_until), day_cell(one.objections_until), moment_cell(one.drawn_at),
            moment_cell(one.decided_at),
        ]  # fmt: skip


def family_fee_rows(found: Sequence[Any]) -> Iterable[Row]:
    """Families with what of their fees is open or goes back; names stay out of it."""
    yield [
        pgettext("activities", "Event"), _("When"), _("Code of the family"), _("Number of people"), _("State"),
        _("Owed, yuan"), _("Paid, yuan"), _("Still to be paid, yuan"), _("Goes back, yuan"),
    ]  # fmt: skip
    for row in family_fees.fees_of(found):
        one = row.family
        yield [
            named(one.event), moment_cell(one.event.first_at), one.code, one.people,
            seat_in_words(one.state, one.event.state)[0], row.owed_fen / 100, row.kept_fen / 100, row.open_fen / 100, row.back_fen / 100,
        ]  # fmt: skip


def facility_rows(found: Sequence[Any], *, month: tuple[date, date]) -> Iterable[Row]:
    """Facilities with hours open and used between the days of `month`."""
    yield [
        _("Venue"), _("Kind"), _("Whose"), _("Where"), _("Number of people"), _("Hours open"), _("Hours used"),
        _("Bookings"), _("Nobody came"), _("Cancelled"), _("People announced"),
    ]  # fmt: skip
    for row in facilities.use_of(found, *month):
        yield [
            named(row.venue), KIND_TITLES[VenueKind(row.venue.kind)], OWNER_TITLES[Owner(row.venue.owner)],
            row.venue.address, row.venue.people, row.opened / 60, row.booked / 60, row.bookings, row.missed,
            row.cancelled, row.people,
        ]  # fmt: skip

"""Lists of the office as files: bookings, facilities, events, groups and rounds, as their pages narrow them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from linli.access.queries.choices import place_choices
from linli.activities import permits
from linli.activities.forms.lists import (
    EventFilter,
    FamilyFeeFilter,
    KeptGroupFilter,
    RoundFilter,
    WordsFilter,
)
from linli.activities.queries import desk, family_fees, narrowing, outcomes, rounds
from linli.activities.queries import events as queries
from linli.activities.queries.fees import kept_by
from linli.activities.queries.venues import BY_PLACE
from linli.activities.types.venues import PURPOSE_TITLES, STATE_TITLES
from linli.activities.views.list_rows import (
    event_rows,
    facility_rows,
    family_fee_rows,
    group_rows,
    round_rows,
    word_rows,
)
from linli.kernel.list_files import Asked, ListFile, Row, sheet_of
from linli.kernel.paging import Keyset
from linli.kernel.permits import PERSONAL, STAFF, Actor, Permit
from linli.kernel.wholes import whole_number
from linli.ui.formats import moment_short
from linli.ui.jinja import named
from linli.ui.picking import picked

SOONEST = Keyset("soon", ("starts_at", "id"))
NEWEST = Keyset("new", ("-first_at", "-id"))
BY_NAME = Keyset("name", ("path", "name", "id"))
SEASON = Keyset("season", ("-first_on", "-id"))
VILLAGE_DEPTH = 3


def bookings_wanted(given: Mapping[str, str], path: str) -> desk.Wanted:
    """Return which bookings an address asks for, of a place and below."""
    return desk.Wanted(
        path, given.get("state", ""), whole_number(given.get("venue", "")), _day(given.get("first", "")),
        _day(given.get("last", "")), given.get("q", "")[:60], given.get("fee", ""),
    )  # fmt: skip


def grounds_to_choose(actor: Actor, permit: Permit) -> list[tuple[str, str]]:
    """Return path and name of the places of which lists can be had.

    What is kept belongs to a village or more, never to a group or building of it.
    """
    found = place_choices(actor, permit, in_full=False)
    return [one for one in found if one[0].count("/") <= VILLAGE_DEPTH]


def kept_rounds(actor: Actor, wanted: narrowing.Narrowed) -> Any:
    """Return the rounds of the places where the actor keeps venues, narrowed."""
    paths = ("",) if actor.is_system else actor.paths(permits.VENUES)
    return narrowing.rounds_wanted(rounds.rounds_at(*paths), wanted)


def living_groups(actor: Actor, wanted: narrowing.Narrowed) -> Any:
    """Return the groups of the places where the actor keeps venues, narrowed; none that ended."""
    groups = rounds.kept_groups(actor).filter(ended_on__isnull=True)
    return narrowing.groups_wanted(groups, wanted, by_code=True)


def booking_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Bookings, the soonest first; names and telephones stay out of it."""
    path = picked(place_choices(actor, *desk.SERVING), asked.get("place", ""))
    return sheet_of(desk.filtered(actor, bookings_wanted(asked, path)), SOONEST, _booking_rows)


def family_fee_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Families at events whose fees are open or go back; names and telephones stay out of it."""
    form = FamilyFeeFilter(dict(asked))
    wanted = form.wanted(_path(actor, permits.EVENTS, asked))
    found = family_fees.families_with_fee(actor, form.fee_wanted, wanted)
    return sheet_of(found, family_fees.NEWEST, family_fee_rows)


def facility_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """The register of facilities with hours and use in a month."""
    path = picked(place_choices(actor, *desk.SERVING), asked.get("place", ""))
    shape = partial(facility_rows, month=desk.month_of(asked.get("month", "")))
    return sheet_of(desk.venues_in_use(actor, path), BY_PLACE, shape)


def event_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Events of the places where one keeps them, newest first, drafts too."""
    wanted = EventFilter(dict(asked)).wanted(_path(actor, permits.EVENTS, asked))
    return sheet_of(narrowing.events_wanted(queries.kept_events(actor), wanted), NEWEST, event_rows)


def word_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """What families said of one event, without their names. Refuses with NotFound."""
    event = queries.kept_event(actor, whole_number(asked.get("event")) or 0)
    found = narrowing.thoughts_wanted(
        outcomes.thoughts_of(event), WordsFilter(dict(asked)).wanted()
    )
    return sheet_of(found, outcomes.WAITING_FIRST, word_rows)


def group_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Groups, without whom to ask and without their codes, which are their keys; or with `view=rounds` rounds."""
    path = _path(actor, permits.VENUES, asked)
    if asked.get("view") == "rounds":
        wanted = RoundFilter(dict(asked)).wanted(path)
        return sheet_of(kept_rounds(actor, wanted), SEASON, round_rows)
    wanted = KeptGroupFilter(dict(asked)).wanted(path)
    return sheet_of(living_groups(actor, wanted), BY_NAME, group_rows)


def _path(actor: Actor, permit: Permit, asked: Asked) -> str:
    return picked(grounds_to_choose(actor, permit), asked.get("place", ""))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _booking_rows(found: Sequence[Any]) -> Iterable[Row]:
    yield [
        _("Venue"), _("Begins"), pgettext("booking", "Ends"), _("State"), _("What for"),
        _("Number of people"), _("Fee in yuan"), _("Paid in yuan"), _("Booking code"),
    ]  # fmt: skip
    kept = kept_by(found)
    for one in found:
        yield [
            named(one.venue), moment_short(one.starts_at), moment_short(one.ends_at), STATE_TITLES[one.state],
            PURPOSE_TITLES[one.purpose], one.people, one.fee_fen / 100, kept.get(one.pk, 0) / 100, one.code,
        ]  # fmt: skip


FILES = (
    ListFile("activities.bookings", gettext_lazy("Bookings"), booking_sheet, desk.SERVING, PERSONAL),
    ListFile(
        "activities.family_fees", gettext_lazy("Fees of families"), family_fee_sheet, (permits.EVENTS,), PERSONAL
    ),
    ListFile("activities.facilities", gettext_lazy("Register of facilities"), facility_sheet, desk.SERVING, STAFF),
    ListFile(
        "activities.events", gettext_lazy("Events and courses"), event_sheet, (permits.EVENTS,), STAFF
    ),
    ListFile("activities.words", gettext_lazy("What people said"), word_sheet, (permits.EVENTS,), PERSONAL),
    ListFile(
        "activities.groups", gettext_lazy("Groups and rounds"), group_sheet, (permits.VENUES,), STAFF
    ),
)  # fmt: skip

"""Lists of the grid as files: events, places of the rounds, checks, entries of phones, heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.queries.kinds import kind_of
from linli.cases.queries.posts import post_names
from linli.grid import permits
from linli.grid.errors import reason_words
from linli.grid.forms.lists import CheckFilter, EventFilter, HeadFilter, KeptFilter, StopFilter
from linli.grid.queries import heads, narrowing, phones, rounds
from linli.grid.states import HEAD_TITLES_OF_STATES
from linli.grid.types import HAZARD_TITLES, HEAD_TITLES, MATTER_TITLES
from linli.grid.types.replay import ACT_TITLES, STATE_TITLES, Act, QueuedState
from linli.grid.views.frame import due_words, village_named
from linli.kernel.list_files import Asked, ListFile, Row, sheet_of
from linli.kernel.paging import Keyset
from linli.kernel.permits import PERSONAL, STAFF, Actor, require
from linli.kernel.sheets import day_cell, moment_cell

Rows = Iterable[list[Any]]
DUE_FIRST, STOP_FIRST = Keyset("due", ("due_at", "id")), Keyset("stop", ("due_on", "id"))
LATEST, NEWEST = Keyset("day", ("-on", "-id")), Keyset("new", ("-id",))
LAST_STOOD = Keyset("new", ("-stood_on", "-id"))
# what of the events is shown; without one of these the open ones
EVENT_VIEWS: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "all": rounds.visible_events, "mine": rounds.my_events, "check": rounds.to_check,
}  # fmt: skip
KEPT_VIEWS = ("", "waiting", "decided")


def events_asked(actor: Actor, view: str, wanted: narrowing.Wanted) -> QuerySet[Any]:
    """Return the events that a list shows."""
    return narrowing.events_wanted(EVENT_VIEWS.get(view, _open_events)(actor), wanted)


def stops_asked(actor: Actor, view: str, wanted: narrowing.Wanted, on: date) -> QuerySet[Any]:
    """Return the places of the rounds that a list shows: all, those due, or those never visited."""
    found = rounds.visible_stops(actor).filter(until__isnull=True)
    if view == "due":
        found = found.filter(due_on__lte=on)
    elif view == "never":
        found = found.filter(last_on__isnull=True)
    return narrowing.titles_wanted(found, wanted)


def checks_asked(actor: Actor, view: str, wanted: narrowing.Wanted) -> QuerySet[Any]:
    """Return the checks that a list shows: all, or those to be done again."""
    found = rounds.to_recheck(actor) if view == "again" else rounds.visible_checks(actor)
    return narrowing.checks_wanted(found, wanted)


def entries_asked(actor: Actor, view: str, wanted: narrowing.Wanted) -> QuerySet[Any]:
    """Return the entries of phones that a list shows."""
    kept = phones.kept_entries(actor, view if view in KEPT_VIEWS else "")
    return narrowing.entries_wanted(kept, wanted)


def event_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Events that somebody may see, by due day."""
    wanted = EventFilter(dict(asked)).wanted
    return sheet_of(events_asked(actor, asked.get("view", ""), wanted), DUE_FIRST, event_rows)


def stop_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Places of the rounds, those waiting longest first."""
    wanted = StopFilter(dict(asked)).wanted
    found = stops_asked(actor, asked.get("view", ""), wanted, localdate(now))
    return sheet_of(found, STOP_FIRST, stop_rows)


def check_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Checks that were done, the latest first."""
    wanted = CheckFilter(dict(asked)).wanted
    return sheet_of(checks_asked(actor, asked.get("view", ""), wanted), LATEST, check_rows)


def entry_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """What phones sent and could not be done, the newest first."""
    wanted = KeptFilter(dict(asked)).wanted
    return sheet_of(entries_asked(actor, asked.get("view", ""), wanted), NEWEST, entry_rows)


def head_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Everybody who stood in a village. Refuses with NotFound, NotAllowed."""
    place = village_named(asked.get("place", ""))
    require(actor, permits.HEADS, at=place.path)
    kept = heads.kept_heads(actor).filter(path=place.path)
    wanted = HeadFilter(dict(asked)).wanted
    return sheet_of(narrowing.heads_wanted(kept, wanted), LAST_STOOD, head_rows)


def event_state(case: Any) -> Any:
    """Return how an event stands, in words."""
    return kind_of(case.kind, case.version).states[case.state].title


def event_rows(found: Iterable[Any]) -> Rows:
    """Events, the heads first."""
    yield [_("Number"), _("What"), _("Matter"), _("State"), _("Reported"), _("Due"), _("Closed at")]
    for one in found:
        yield [
            one.number, one.title, MATTER_TITLES.get(one.matter, one.matter), event_state(one),
            moment_cell(one.opened_at), due_words(one) if one.is_open else "",
            moment_cell(one.closed_at),
        ]  # fmt: skip


def stop_rows(found: Iterable[Any]) -> Rows:
    """Places of the rounds, the heads first."""
    yield [_("Place"), _("Cell"), _("Every how many days"), _("Last visit"), _("Due")]
    for one in found:
        last, due = day_cell(one.last_on), day_cell(one.due_on)
        yield [one.title, one.cell_code, one.every_days, last, due]


def check_rows(found: Iterable[Any]) -> Rows:
    """Checks, the heads first."""
    yield [
        _("Day"), _("What was checked"), _("Cell"), _("Checklist"), _("Lines not in order"),
        _("Again by"), _("Checked again"),
    ]  # fmt: skip
    for one in found:
        followed = getattr(one, "followed_by", None)
        yield [
            day_cell(one.on), one.title, one.cell_code, HAZARD_TITLES[one.hazard], one.bad,
            day_cell(one.recheck_on), day_cell(followed.on) if followed else "",
        ]  # fmt: skip


def entry_rows(found: Iterable[Any]) -> Rows:
    """Entries of phones, the heads first."""
    rows = list(found)
    posts = post_names({one.post_id for one in rows})
    yield [
        _("When"), _("What"), _("Event"), _("State"), _("Why it waits"), _("Post"),
        _("Why is it not done?"), _("Decided on"),
    ]  # fmt: skip
    for one in rows:
        yield [
            moment_cell(one.happened_at), ACT_TITLES[Act(one.act)], one.event_number or "",
            STATE_TITLES[QueuedState(one.state)], reason_words(one.reason),
            posts.get(one.post_id or 0, ""), one.why, moment_cell(one.decided_at),
        ]  # fmt: skip


def head_rows(found: Iterable[Any]) -> Rows:
    """Heads of buildings, blocks and lanes, the heads of the columns first."""
    yield [
        _("Which one"), _("Head of what"), _("Called by neighbours"), _("State"), _("Stood on"),
        _("Voices for"), _("Voices against"), _("Record of the choice"), _("Since"), _("Until"),
        _("Handed over"),
    ]  # fmt: skip
    for one in found:
        yield [
            one.ground, HEAD_TITLES[one.kind], one.public_name, HEAD_TITLES_OF_STATES[one.state],
            day_cell(one.stood_on), one.votes_for, one.votes_against, one.document,
            day_cell(one.since), day_cell(one.ended_on or one.until), one.handed_over,
        ]  # fmt: skip


def _open_events(actor: Actor) -> QuerySet[Any]:
    return rounds.visible_events(actor).filter(is_open=True)


WORK, HEADS = (permits.WORK,), (permits.HEADS,)
FILES = (
    ListFile("grid.events", gettext_lazy("Events of the grid"), event_sheet, WORK, PERSONAL),
    ListFile("grid.stops", gettext_lazy("Places of the rounds"), stop_sheet, WORK, PERSONAL),
    ListFile("grid.checks", gettext_lazy("Hazard checks"), check_sheet, WORK, STAFF),
    ListFile("grid.kept", gettext_lazy("Kept from phones"), entry_sheet, (), PERSONAL),
    ListFile("grid.heads", gettext_lazy("Heads of buildings, blocks and lanes"), head_sheet, HEADS, PERSONAL),
)  # fmt: skip

"""Lists of one village or place as files: its teams, the storms that concern it, homes to be moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.grid.forms.lists import HomeFilter, StormFilter, TeamFilter
from linli.grid.queries import cells, narrowing, storms, watch
from linli.grid.rules.watch import days_of_month
from linli.grid.types import SHIFT_TITLES, Shift
from linli.grid.types.storms import HOME_STATE_TITLES, NEED_TITLES, STORM_TITLES, Need, StormKind
from linli.grid.types.watch import DAYS_TITLES, TEAM_TITLES, Days, TeamKind
from linli.kernel.list_files import Asked, ListFile, Row, sheet_of
from linli.kernel.paging import Keyset
from linli.kernel.permits import PERSONAL, STAFF, Actor
from linli.kernel.sheets import day_cell
from linli.kernel.wholes import whole_number
from linli.places.queries.tree import names_of_paths
from linli.ui.formats import listed

if TYPE_CHECKING:
    from linli.grid.models import Storm, Team

Rows = Iterable[list[Any]]
BY_NAME = Keyset("name", ("name", "pk"))
NEWEST = Keyset("new", ("-began_on", "-id"))


def team_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """The teams of a village by name. Refuses with NotFound."""
    place = cells.village_for(actor, asked.get("place", ""))
    found = narrowing.teams_wanted(
        watch.teams_of(actor, place.path), TeamFilter(dict(asked)).wanted
    )
    return sheet_of(found, BY_NAME, partial(team_rows, actor))


def storm_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """The storms that concern a place, the newest first. Refuses with NotFound."""
    place = storms.ground_for(actor, asked.get("place", ""))
    found = storms.storms_at(actor, place.path, is_over=asked.get("view") == "over")
    return sheet_of(
        narrowing.storms_wanted(found, StormFilter(dict(asked)).wanted), NEWEST, storm_rows
    )


def home_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """The homes to be moved in a storm of a village; `storm` is its number. Refuses with NotFound."""
    place = storms.village_for(actor, asked.get("place", ""))
    storm = storms.get_storm(actor, whole_number(asked.get("storm")) or 0)
    found = storms.homes_of(actor, storm, place.path)
    yield from home_rows(narrowing.homes_wanted(found, HomeFilter(dict(asked)).wanted))


def open_shifts(team: Team, actor: Actor) -> int:
    """Return how many shifts of the rest of this month lack somebody."""
    today = localdate()
    rest = [day for day in days_of_month(today) if day >= today]
    return len(watch.open_shifts(team, rest, actor))


def team_rows(actor: Actor, found: Iterable[Team]) -> Rows:
    """Teams, the heads first."""
    yield [
        _("Team"), _("What it is for"), _("On which days"), _("Shifts"), _("How many people"),
        _("Posts in a shift"), _("Shifts open this month"),
    ]  # fmt: skip
    for team in found:
        shifts = listed(SHIFT_TITLES[Shift(one)] for one in team.shifts)
        yield [
            team.name, TEAM_TITLES[TeamKind(team.kind)], DAYS_TITLES[Days(team.days)], shifts,
            # what nobody counted is unknown, which is not zero
            "" if team.people is None else team.people, team.seats, open_shifts(team, actor),
        ]  # fmt: skip


def storm_rows(found: Iterable[Storm]) -> Rows:
    """Storms, the heads first."""
    rows = list(found)
    by = names_of_paths({one.path for one in rows})
    yield [
        _("What it is called"), _("Flood, typhoon or drought"), _("Declared by"), _("Since"),
        _("Over on"),
    ]  # fmt: skip
    for one in rows:
        yield [
            one.title, STORM_TITLES[StormKind(one.kind)], by.get(one.path, ""), day_cell(one.began_on),
            day_cell(one.ended_on),
        ]  # fmt: skip


def home_rows(found: Iterable[Any]) -> Rows:
    """The homes without a name, telephone or address in full: those stand on the list on paper."""
    yield [
        _("A home to be moved"), _("How many people"), _("Needs"), _("State"), _("Post"), _("Shelter"),
    ]  # fmt: skip
    today = localdate()
    for one in found:
        helper = (
            _("%(post)s (closed: choose another helper)")
            if storms.lacks_helper(one, today)
            else "%(post)s"
        )
        yield [
            one.masked_name, one.people, NEED_TITLES[Need(one.need)], HOME_STATE_TITLES[one.state],
            helper % {"post": one.helper.title}, one.shelter.title if one.shelter else "",
        ]  # fmt: skip


FILES = (
    ListFile("grid.teams", gettext_lazy("Teams on duty"), team_sheet, cells.SEEN_WITH, STAFF),
    ListFile(
        "grid.storms", gettext_lazy("Flood, typhoon, drought"), storm_sheet, storms.SEEN_WITH, STAFF
    ),
    ListFile(
        "grid.homes", gettext_lazy("Homes to be moved"), home_sheet, storms.SEEN_WITH, PERSONAL
    ),
)

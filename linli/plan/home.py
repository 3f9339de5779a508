"""What the home of a place shows of the plan: what is due here, its numbers, the ways into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, INDICATORS, HomeItem, HomeSlot
from linli.plan import queries
from linli.plan.queries import Shown
from linli.plan.rules.due import Due, DueLine
from linli.plan.types import FORCE_TITLES, Force
from linli.ui.formats import day_plain, is_chinese, number

DEPTH_OF_TOWN = 2
STILL_TO_COME = (Due.NEXT, Due.FREE)


def ways(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the ways into the plan from a place; no query, since the home page is asked most."""
    codes = place.path.split("/")[:-1]
    board, title = address_of("plan:board"), _("How the tasks stand in every town")
    if len(codes) >= DEPTH_OF_TOWN:
        board, title = f"{board}?town={codes[1]}", _("How the tasks stand in this town")
    found = [
        HomeItem(title, board, _("One table; a tap on a cell shows what its number rests on.")),
        HomeItem(
            _("What the plan asks for, and by when"),
            address_of("plan:documents"),
            _("The text as published, its tasks, dates and departments."),
        ),
        HomeItem(
            _("How it is measured"),
            address_of("plan:indicators"),
            _("Counted every night from the registers, village by village."),
        ),
        _practices(),
    ]
    return found[:limit]


def due(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return what is due of the plan here, late first; no query while what is known is fresh.

    On the home of a village only what is still to come: what its town missed is no news for those
    who live there, and stands on the town's home.
    """
    lines = [
        one
        for one in queries.due_at(place.path, on)
        if (one.kind != "town_plan" or place.level == "town")
        and (place.level != "village" or one.due in STILL_TO_COME)
    ]
    return [_due_item(place, one, on) for one in lines[:limit]]


def _due_item(place: Any, line: DueLine, on: date) -> HomeItem:
    title, url, text = _told(place, line)
    if line.on is not None and line.on.year != on.year:
        text = " · ".join(filter(None, (day_plain(line.on), text)))
    return HomeItem(title[:1].upper() + title[1:], url, text, line.on, *STATES[line.due])


def _told(place: Any, line: DueLine) -> tuple[str, str, str]:
    """What a line is called, where it leads, and what it is."""
    if line.kind == "town_plan":
        return _("The town's own plan is not on file yet"), address_of("plan:filings"), ""
    name = line.name if is_chinese() or not line.name_en else line.name_en
    if line.kind == "stage":
        return name, address_of("plan:documents"), _("The end of a stage of the plan")
    words = {"number": line.number, "force": FORCE_TITLES[Force(line.force)]}
    if place.level == "village":
        text = _("Task %(number)s of the plan, %(force)s; for the whole town") % words
    else:
        text = _("Task %(number)s of the plan, %(force)s") % words
    return name, _cell(place, line.number), text


def _cell(place: Any, number: int | None) -> str:
    """Where the board shows the task: in the town of the place, else in every town."""
    codes = place.path.split("/")[:-1]
    board = f"{address_of('plan:board')}?task={number}"
    return f"{board}&town={codes[1]}#cell" if len(codes) >= DEPTH_OF_TOWN else f"{board}#after"


# the words of the board: judged by force alone, and only what is known
STATES: dict[Due, tuple[Any, Literal["late", "soon", "run", "idle"]]] = {
    Due.LATE: (gettext_lazy("date passed"), "late"),
    Due.SHORT: (gettext_lazy("date passed"), "soon"),
    Due.NEXT: ("", "run"),
    Due.FREE: (gettext_lazy("not judged"), "idle"),
}


def numbers(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the public numbers that are known of a city or town, none of a village; no query while fresh."""
    if place.level == "village":
        return []
    known = {value.indicator: value for value in queries.numbers_at(place.path, on)}
    return [
        HomeItem(
            _("%(title)s: %(amount)s") % {"title": one.title, "amount": _amount(known[one.key])},
            address_of("plan:indicator", one.key),
            _as_of(known[one.key]),
        )
        for one in INDICATORS
        if one.key in known
    ][:limit]


def _amount(value: Shown) -> str:
    if value.denominator is None:
        return number(value.numerator)
    return _("%(part)s of %(whole)s") % {
        "part": number(value.numerator), "whole": number(value.denominator),
    }  # fmt: skip


def _as_of(value: Shown) -> str:
    return _("Counted on %(day)s") % {"day": day_plain(value.as_of)}


def take_part(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return what people here may join or learn from; no query."""
    trying = _("What towns and villages are trying.")
    return [HomeItem(_("Tried out now"), address_of("plan:pilots"), trying), _practices()]


def money(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the way to the plan's money; no query."""
    told = _("By year, source and purpose.")
    return [HomeItem(_("Money for the plan"), address_of("plan:funding"), told)]


def _practices() -> HomeItem:
    return HomeItem(
        _("What worked elsewhere"),
        address_of("plan:practices"),
        _("Cards of good practice, to be taken over."),
    )


def register() -> None:
    """Tell the home pages about the plan. Called once at start."""
    title = gettext_lazy("Plan for community governance")
    HOME_SLOTS.add(HomeSlot("plan.due", "due", gettext_lazy("Due by the plan"), due, order=50))
    HOME_SLOTS.add(
        HomeSlot("plan.numbers", "stats", gettext_lazy("In numbers"), numbers, order=50,
                 more_url_name="plan:indicators")
    )  # fmt: skip
    for key, slot, items in (
        ("plan.ways", "links", ways),
        ("plan.participate", "door:participate", take_part),
        ("plan.open", "door:open", money),
    ):
        HOME_SLOTS.add(HomeSlot(key, slot, title, items, is_fixed=True))

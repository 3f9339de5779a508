"""Centres and their windows, hours and closings. All public; who keeps them is asked in services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.kernel import sql
from linli.kernel.clock import WorkCalendar
from linli.kernel.errors import NotFound
from linli.kernel.lately import Lately
from linli.kernel.permits import NOBODY
from linli.offerings.models import DayOff, DrawRound, ServiceWindow, WindowHours
from linli.offerings.models.rounds import UNDECIDED
from linli.offerings.rules.slots import ended, slots_on
from linli.offerings.rules.window_groups import grouped
from linli.offerings.types.visits import DayChange, Slot, Span, WindowGroup
from linli.orgs import queries as orgs

MOST_GROUNDS = 500
HOLD = "SELECT id FROM offerings_servicewindow WHERE id = ANY(%s) ORDER BY id FOR SHARE"


@dataclass(frozen=True, slots=True)
class Ground:
    """A window with all that says which times it has; `edition` tells whether it is still so."""

    window_id: int
    centre_id: int
    path: str
    number: str
    edition: int
    closed_on: date | None
    items: tuple[str, ...]
    spans: tuple[Span, ...]
    changes: tuple[DayChange, ...]
    # first and last days that wait for a draw of something that this window does
    drawn: tuple[tuple[date, date], ...] = ()
    name: str = ""

    _slots: dict[date, tuple[WorkCalendar, dict[int, Slot]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def slots_of(self, on: date, calendar: WorkCalendar) -> dict[int, Slot]:
        """Return the times of a day by the minute at which they begin; worked out once."""
        kept = self._slots.get(on)
        if kept is None or kept[0] is not calendar:
            found = slots_on(self.spans, self.changes, on, calendar)
            kept = self._slots[on] = (calendar, {one.opens: one for one in found})
        return kept[1]

    def waits_for_draw(self, on: date) -> bool:
        return any(first <= on <= last for first, last in self.drawn)

    def serves(self, item: str) -> bool:
        return not item or not self.items or item in self.items


def centre_called(code: str, on: date) -> Any:
    """Return the organisation of a centre that is or will be open. Refuses with NotFound."""
    found = orgs.get_organisation(NOBODY, code, on=on)
    centre = orgs.get_centre(found.pk) if found.kind_id in orgs.CENTRES else None
    if centre is None or (centre.closed_on is not None and centre.closed_on <= on):
        raise NotFound(code=code)
    return found


def centres_with_windows(path: str, on: date, item: str = "") -> list[Any]:
    """Return the centres at a place and below, and those that serve it, that have windows today, for an item."""
    rows = {row.organisation.pk: row for row in orgs.centre_rows(path, on=on)}
    town = "/".join(path.split("/")[:2]) + "/"
    for row in orgs.centre_rows(town, on=on) if path.count("/") > 2 else ():
        if any(path.startswith(place.path) for place in row.places):
            rows.setdefault(row.organisation.pk, row)
    having = {
        centre_id
        for centre_id, items in ServiceWindow.objects.filter(
            centre_id__in=rows, closed_on__isnull=True
        ).values_list("centre_id", "items")
        if not item or not items or item in items
    }
    return [row for pk, row in rows.items() if pk in having and row.is_open]


def windows_of(centre_id: int) -> QuerySet[ServiceWindow]:
    """Return the windows in use of a centre, by number."""
    return ServiceWindow.objects.filter(centre_id=centre_id, closed_on__isnull=True).order_by(
        "number", "pk"
    )


def groups_of(windows: Iterable[ServiceWindow]) -> list[WindowGroup]:
    """Return windows by what they do."""
    return grouped((one.pk, one.name, one.name_en, one.items) for one in windows)


def told_apart(centre_id: int) -> dict[int, ServiceWindow]:
    """Return the windows of a centre by id if they do not all do the same; else nothing need be said of them."""
    found = list(windows_of(centre_id))
    return {one.pk: one for one in found} if len(groups_of(found)) > 1 else {}


def get_window(window_id: int) -> ServiceWindow:
    """Return one window, also one that is not in use any more. Refuses with NotFound."""
    found = ServiceWindow.objects.filter(pk=window_id).select_related("centre").first()
    if found is None:
        raise NotFound(id=window_id)
    return found


def sign_of(window_id: int) -> tuple[str, int]:
    """Return the number of a window, and the id of its centre."""
    found: list[tuple[str, int]] = sql.tuples(
        "windows.sign",
        "SELECT number, centre_id FROM offerings_servicewindow WHERE id = %s",
        [window_id],
    )
    return found[0]


def hours_of(window_id: int, on: date) -> list[WindowHours]:
    """Return the weekly hours that hold or will hold from a day on."""
    found = WindowHours.objects.filter(window_id=window_id).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    return list(found.order_by("since", "weekday", "opens"))


def closings_of(centre_id: int, first: date) -> QuerySet[DayOff]:
    """Return closings and extra openings of a centre from a day on, soonest first."""
    return (
        DayOff.objects.filter(centre_id=centre_id, on__gte=first, ended_at__isnull=True)
        .select_related("window")
        .order_by("on", "opens", "pk")
    )


def get_closing(closing_id: int) -> DayOff:
    """Return one closing. Refuses with NotFound."""
    found = DayOff.objects.filter(pk=closing_id).select_related("window").first()
    if found is None:
        raise NotFound(id=closing_id)
    return found


def grounds_of(centre_id: int, first: date) -> list[Ground]:
    """Return the windows in use of a centre with what says which times they have; three queries."""
    return _grounds(list(windows_of(centre_id).select_related("centre")), first)


# for bookings: each is written down only if its edition still holds
HELD: Lately[tuple[int, date], Ground] = Lately(MOST_GROUNDS)


def ground_of(window_id: int, first: date, *, anew: bool = False) -> Ground:
    """Return the ground of a window from a day on, from memory unless it is asked for anew.

    Refuses with NotFound. Whoever books by it asks the database whether the edition is still the same.
    """
    return HELD.get(
        (window_id, first), lambda: _grounds([get_window(window_id)], first)[0], anew=anew
    )


def hold_windows(window_ids: Iterable[int]) -> None:
    """Hold windows against closings until the transaction ends: before their visits, as closings do."""
    sql.tuples("windows.hold", HOLD, [sorted(set(window_ids))])


def _grounds(windows: Sequence[ServiceWindow], first: date) -> list[Ground]:
    ids = [one.pk for one in windows]
    hours: dict[int, list[Span]] = {pk: [] for pk in ids}
    for row in WindowHours.objects.filter(window_id__in=ids).exclude(until__lte=first):
        hours[row.window_id].append(span_of(row))
    changes: dict[int, list[DayChange]] = {pk: [] for pk in ids}
    rows = DayOff.objects.filter(
        centre_id__in={one.centre_id for one in windows}, on__gte=first, ended_at__isnull=True
    )
    for off in rows:
        for one in windows:
            if off.centre_id == one.centre_id and off.window_id in (None, one.pk):
                changes[one.pk].append(change_of(off))
    drawn = drawn_days({one.centre_id for one in windows})
    return [
        Ground(
            one.pk, one.centre_id, one.path, one.number, one.edition, one.closed_on,
            tuple(one.items), *ended(hours[one.pk], changes[one.pk], one.centre.closed_on),
            tuple(
                (first, last) for centre, first, last, item in drawn
                if centre == one.centre_id and (not item or not one.items or item in one.items)
            ),
            one.name,
        )
        for one in windows
    ]  # fmt: skip


def drawn_days(centre_ids: Iterable[int]) -> list[tuple[int, date, date, str]]:
    """Return the days of centres that wait for a draw, and its item: (centre, first, last, item).

    Only windows that serve the item give their times to it; the others stay open to all.
    """
    found = DrawRound.objects.filter(centre_id__in=list(centre_ids), state__in=UNDECIDED)
    return list(found.values_list("centre_id", "first", "last", "item"))


def span_of(row: WindowHours) -> Span:
    """Return a row of weekly hours as a value."""
    return Span(
        row.weekday, row.opens, row.closes, row.step, row.kept_phone, row.kept_counter,
        row.post_id, row.since, row.until,
    )  # fmt: skip


def change_of(row: DayOff) -> DayChange:
    """Return what is different on a day as a value."""
    return DayChange(row.on, row.opens, row.closes, row.is_open, row.step, row.why)

"""Loading the working-day calendar of a year from the State Council's notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.kernel import locks
from linli.kernel.clock import FRIDAY
from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.rulebook import permits
from linli.rulebook.events import CalendarLoaded
from linli.rulebook.models import CalendarDay, CalendarYear
from linli.rulebook.queries.cache import forget
from linli.trail.services import record
from linli.ui.formats import listed

DECEMBER = 12
FEWEST_HOLIDAYS, MOST_MAKE_UPS = 7, 15


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One line of a notice: a day off, or a weekend day on which people work."""

    day: date
    is_work: bool
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading changed."""

    years: tuple[int, ...]
    days: int
    changed: int


@transaction.atomic
def load_calendar(days: Sequence[NoticeDay], *, actor: Actor, now: datetime) -> Loaded:
    """Take over the days of one or more years; a year loaded again is replaced.

    A notice may name a make-up day in the December before its year.
    Refuses with NotAllowed, Invalid.
    """
    locks.hold("rulebook.calendar")
    require(actor, permits.LOAD_CALENDAR, at=_city_of(actor))
    years = _years_of(days)
    new = {day.day: CalendarDay(**_columns(day)) for day in days}
    touched = CalendarDay.objects.filter(Q(day__year__in=years) | Q(day__in=list(new)))
    known = {row.day: row for row in touched}
    gone = [_usual(row) for row in known.values() if row.day not in new and _is_gone(row, years)]
    changed = [row for row in new.values() if _differs(row, known.get(row.day))] + gone
    CalendarDay.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["is_work", "name", "source"],
    )
    _publish_years(years, days, actor, now)
    forget()
    record(
        "rulebook.calendar_loaded", on=("rulebook.calendar", years[-1]), actor=actor, now=now,
        years=list(years), days=len(days), changed=len(changed),
    )  # fmt: skip
    publish(CalendarLoaded(years))
    return Loaded(years, len(days), len(changed))


def _city_of(actor: Actor) -> str:
    """The calendar is one for the whole city: the permit counts only where it covers a city."""
    held = actor.paths(permits.LOAD_CALENDAR)
    return next((path for path in held if path.count("/") == 1), "")


def _columns(day: NoticeDay) -> dict[str, object]:
    return {"day": day.day, "is_work": day.is_work, "name": day.name, "source": day.source}


def _usual(row: CalendarDay) -> CalendarDay:
    """A day that a corrected notice no longer names is an ordinary one again."""
    return CalendarDay(day=row.day, is_work=row.day.weekday() <= FRIDAY, name="", source=row.source)


def _is_gone(row: CalendarDay, years: Sequence[int]) -> bool:
    """Say whether a corrected notice dropped a day; the next year's December day is not its own."""
    if not row.name and row.is_work == (row.day.weekday() <= FRIDAY):
        return False
    if row.day.month != DECEMBER or row.day.year + 1 in years:
        return True
    after = CalendarYear.objects.filter(year=row.day.year + 1).values_list("source", flat=True)
    return row.source not in list(after)


def _differs(row: CalendarDay, known: CalendarDay | None) -> bool:
    return known is None or (row.is_work, row.name) != (known.is_work, known.name)


def _years_of(days: Sequence[NoticeDay]) -> tuple[int, ...]:
    """Return the years that the days publish. Refuses with Invalid."""
    by_year: dict[int, list[NoticeDay]] = {}
    for day in days:
        by_year.setdefault(day.day.year, []).append(day)
    early = [y for y in by_year if y + 1 in by_year and _only_december(by_year[y])]
    years = tuple(sorted(set(by_year) - set(early)))
    faults = [fault for year in years for fault in _year_faults(year, by_year[year])]
    faults += _gap_faults(years)
    if faults or not years:
        raise Invalid({"file": faults or [_("The file holds no days.")]})
    return years


def _only_december(days: Iterable[NoticeDay]) -> bool:
    return all(day.day.month == DECEMBER for day in days)


def _year_faults(year: int, days: Sequence[NoticeDay]) -> list[str]:
    off = [d for d in days if not d.is_work and d.day.weekday() <= FRIDAY]
    made_up = [d for d in days if d.is_work and d.day.weekday() > FRIDAY]
    if len(off) < FEWEST_HOLIDAYS or len(made_up) > MOST_MAKE_UPS:
        return [
            _("%(year)s has %(off)s days off and %(work)s make-up days: this is no whole notice.")
            % {"year": year, "off": len(off), "work": len(made_up)}
        ]
    return []


def _gap_faults(years: Sequence[int]) -> list[str]:
    """The published years stay without a gap, else nobody could count across it."""
    known = CalendarYear.objects.filter(is_published=True).values_list("year", flat=True)
    all_years = sorted({*known, *years})
    missing = sorted(set(range(all_years[0], all_years[-1] + 1)) - set(all_years)) if years else []
    if not missing:
        return []
    return [_("Load %(years)s first.") % {"years": listed(missing)}]


def _publish_years(
    years: Sequence[int], days: Sequence[NoticeDay], actor: Actor, now: datetime
) -> None:
    sources = {day.day.year: day.source for day in days}
    rows = [CalendarYear(year=y, is_published=True, source=sources[y]) for y in years]
    rows += _pending_after(years[-1])
    for row in rows:
        row.loaded_by, row.loaded_at = actor.label, now
    CalendarYear.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["year"],
        update_fields=["is_published", "source", "loaded_by", "loaded_at"],
    )


def _pending_after(year: int) -> list[CalendarYear]:
    """The year after the last published one is shown too, as Monday to Friday and provisional."""
    if CalendarYear.objects.filter(year=year + 1).exists():
        return []
    return [CalendarYear(year=year + 1, is_published=False, source="国务院办公厅尚未公布")]

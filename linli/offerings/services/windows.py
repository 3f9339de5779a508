"""Windows of a centre, their weekly hours, and days on which they are closed or open besides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.errors import WindowEnded
from linli.offerings.models import DayOff, ServiceWindow, WindowHours
from linli.offerings.queries.hours import lost_with, planned_next
from linli.offerings.queries.slots import moment_of
from linli.offerings.queries.week_plans import refuse_plan
from linli.offerings.services.closing import cancel_in, cancel_visits
from linli.offerings.types.visits import (
    MOST_CLOSED,
    TAKEN_BACK,
    ClosingFacts,
    WeekPlan,
    WindowFacts,
)
from linli.offerings.types.visits import Why as Reason
from linli.trail.services import record

MIDNIGHT, LEAST_STEP, MOST_STEP = 1440, 5, 240


@transaction.atomic
def add_window(
    centre_id: int, path: str, facts: WindowFacts, *, actor: Actor, now: datetime
) -> ServiceWindow:
    """Add a window to a centre. Refuses with NotAllowed, Invalid."""
    require(actor, permits.WINDOWS, at=path)
    made = _named(ServiceWindow(centre_id=centre_id, path=path), facts)
    record("offerings.window_added", on=made, actor=actor, now=now, place=path)
    return made


@transaction.atomic
def change_window(
    window: ServiceWindow, facts: WindowFacts, *, edition: int | None, actor: Actor, now: datetime
) -> ServiceWindow:
    """Change what an office says of a window. Refuses with NotAllowed, WindowEnded, Stale, Invalid."""
    window = _locked(window, edition, actor)
    window.edition += 1
    window = _named(window, facts)
    record("offerings.window_changed", on=window, actor=actor, now=now, place=window.path)
    return window


@transaction.atomic
def end_window(window: ServiceWindow, *, actor: Actor, now: datetime) -> ServiceWindow:
    """Put a window out of use; visits booked there are cancelled and told.

    Refuses with NotAllowed, WindowEnded.
    """
    window = _locked(window, None, actor)
    window.closed_on, window.edition = localdate(now), window.edition + 1
    window.save(update_fields=["closed_on", "edition"])
    cancel_in([window.pk], None, why=Reason.REPAIR, note="", actor=actor, now=now)
    record("offerings.window_ended", on=window, actor=actor, now=now, place=window.path)
    return window


def _named(window: ServiceWindow, facts: WindowFacts) -> ServiceWindow:
    window.number, window.name = clean_text(facts.number).strip(), clean_text(facts.name).strip()
    window.name_en, window.items = clean_text(facts.name_en).strip(), list(facts.items)
    window.is_low = facts.is_low
    needed = {"number": window.number, "title": window.name}
    faults = {field: [_("This is needed here.")] for field, said in needed.items() if not said}
    if faults:
        raise Invalid(faults)
    try:
        with transaction.atomic():
            window.save()
    except IntegrityError:
        raise Invalid({"number": [_("Another window of this centre has this number.")]}) from None
    return window


@transaction.atomic
def set_hours(
    window: ServiceWindow, plan: WeekPlan, *, edition: int | None = None, actor: Actor,
    now: datetime,
) -> ServiceWindow:  # fmt: skip
    """Let other weekly hours hold from a day on, until the next ones that are planned.

    Hours planned for the same day are replaced. Visits that were booked stay as they were told.

    Refuses with NotAllowed, WindowEnded, Stale, Invalid.
    """
    window = _locked(window, edition, actor)
    refuse_plan(window, plan, now)
    held, until = WindowHours.objects.filter(window=window), planned_next(window.pk, plan.since)
    held.filter(since=plan.since).update(until=F("since"))
    held.filter(Q(until__isnull=True) | Q(until__gt=plan.since), Q(since__lt=plan.since)).update(
        until=plan.since
    )
    WindowHours.objects.bulk_create(
        WindowHours(
            window=window, weekday=one.weekday, opens=one.opens, closes=one.closes, step=one.step,
            kept_phone=one.kept_phone, kept_counter=one.kept_counter, post_id=one.post_id,
            since=plan.since, until=until,
        )
        for one in plan.spans
    )  # fmt: skip
    _renewed([window.pk])
    window.refresh_from_db()
    record("offerings.hours_set", on=window, actor=actor, now=now, place=window.path,
           since=plan.since.isoformat())  # fmt: skip
    return window


@transaction.atomic
def close_days(
    centre_id: int, path: str, facts: ClosingFacts, *, window: ServiceWindow | None = None,
    actor: Actor, now: datetime,
) -> tuple[list[DayOff], int]:  # fmt: skip
    """Close a centre or a window on days, or open it besides; booked visits are cancelled and told.

    Returns the rows and how many visits were cancelled. Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.WINDOWS, at=path)
    _check_closing(facts, now)
    hold("offerings.closing", centre_id)
    days = [facts.first + timedelta(days=n) for n in range((facts.last - facts.first).days + 1)]
    note = clean_text(facts.note).strip()
    rows = DayOff.objects.bulk_create(
        DayOff(
            centre_id=centre_id, window=window, path=path, on=on, opens=facts.opens,
            closes=facts.closes, is_open=facts.is_open, step=facts.step, why=facts.why, note=note,
            made_at=now,
        )
        for on in days
    )  # fmt: skip
    windows = _touched(centre_id, window)
    _renewed(windows)
    gone = 0
    if not facts.is_open:
        for on in days:
            closed = (moment_of(on, facts.opens), moment_of(on, facts.closes))
            gone += cancel_in(windows, closed, why=facts.why, note=note, actor=actor, now=now)
    record("offerings.days_closed" if not facts.is_open else "offerings.days_opened",
           on=rows[0], actor=actor, now=now, place=path, days=len(rows), visits=gone)  # fmt: skip
    return rows, gone


@transaction.atomic
def take_back(closing: DayOff, *, actor: Actor, now: datetime) -> tuple[DayOff, int]:
    """Take a closing back; visits that were cancelled for it stay cancelled.

    With an extra opening the visits to come that lie in it alone are cancelled and told; returns how many
    with the row. Refuses with NotAllowed, WrongState if it was taken back already, Invalid for a past day.
    """
    require(actor, permits.WINDOWS, at=closing.path)
    closing = DayOff.objects.select_for_update().get(pk=closing.pk)
    if closing.ended_at is not None:
        raise Stale(move="take_back", state="ended")
    if closing.on < localdate(now):
        raise Invalid({"on": [_("This day is past.")]})
    _renewed(_touched(closing.centre_id, closing.window))
    lost = [one.pk for found in lost_with([closing], now).values() for one in found]
    closing.ended_at = now
    closing.save(update_fields=["ended_at"])
    gone = cancel_visits(lost, why=TAKEN_BACK, note=closing.note, actor=actor, now=now)
    record("offerings.closing_taken_back", on=closing, actor=actor, now=now, place=closing.path,
           visits=gone)  # fmt: skip
    return closing, gone


def _check_closing(facts: ClosingFacts, now: datetime) -> None:
    faults: dict[str, list[str]] = {}
    if facts.why not in {str(one) for one in Reason}:
        faults["why"] = [_("Choose a reason.")]
    if facts.first < localdate(now):
        faults["first"] = [_("Hours of past days stay as they were.")]
    if facts.last < facts.first:
        faults["last"] = [_("The last day lies before the first.")]
    elif (facts.last - facts.first).days >= MOST_CLOSED:
        faults["last"] = [_("From one day to %(most)s days at once.") % {"most": MOST_CLOSED}]
    if not 0 <= facts.opens < facts.closes <= MIDNIGHT:
        faults["closes"] = [_("It ends before it begins.")]
    if facts.is_open and not LEAST_STEP <= facts.step <= MOST_STEP:
        faults["step"] = [_("A visit takes 5 to 240 minutes.")]
    if faults:
        raise Invalid(faults)


def _touched(centre_id: int, window: ServiceWindow | None) -> list[int]:
    if window is not None:
        return [window.pk]
    found = ServiceWindow.objects.filter(centre_id=centre_id, closed_on__isnull=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def _renewed(window_ids: Sequence[int]) -> None:
    """Let what was read of windows before be recognised as old; waits for bookings that are under way."""
    found = ServiceWindow.objects.filter(pk__in=window_ids)
    # one after the other, as who moves a visit between two of them holds them
    list(found.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    found.update(edition=F("edition") + 1)


def _locked(window: ServiceWindow, edition: int | None, actor: Actor) -> ServiceWindow:
    window = ServiceWindow.objects.select_for_update().get(pk=window.pk)
    require(actor, permits.WINDOWS, at=window.path)
    if window.closed_on is not None:
        raise WindowEnded()
    if edition is not None and edition != window.edition:
        raise Stale(move="save", state="")
    return window

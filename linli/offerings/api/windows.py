"""Windows of a centre over the API: kept, their hours and closings, calling at them, visits, the board of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Status

from linli.kernel.api import named_as_sent, paged, plain
from linli.kernel.errors import Invalid
from linli.kernel.moments import clock_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.window_shapes import (
    CallIn,
    CallOut,
    CentreWindowOut,
    CentreWindowsOut,
    ClosedOut,
    ClosingIn,
    DayVisitsOut,
    HoursPreviewOut,
    NewWindowIn,
    TakenBackOut,
    VisitsIn,
    WeekIn,
    WindowChangeIn,
    WindowDayOut,
    WindowIn,
)
from linli.offerings.clients.contacts import mark_said
from linli.offerings.forms.visit_lists import VisitFilter
from linli.offerings.forms.visits import WindowForm
from linli.offerings.queries import hours, visit_lists, windows
from linli.offerings.queries import tickets as line
from linli.offerings.queries.called_off import would_cancel
from linli.offerings.queries.hall import choices_of_items
from linli.offerings.queries.week_plans import refuse_plan
from linli.offerings.services import tickets
from linli.offerings.services import windows as services
from linli.offerings.types.visits import ClosingFacts, Span, WeekPlan, WindowFacts

router = Router()
# the form of the page has other names for them
SENT_AS = {"title": "name", "title_en": "name_en", "items": "serves"}


@router.get("/windows/", response=CentreWindowsOut)
def list_windows(request: Request, centre: str) -> dict[str, Any]:
    """The windows in use of a centre with their hours, and the closings that are to come. Public."""
    today = localdate()
    body = windows.centre_called(centre, today)
    found = windows.windows_of(body.pk)
    return {
        "windows": [_window(one, today) for one in found],
        "closings": [_closing(one) for one in windows.closings_of(body.pk, today)],
    }


@router.post("/windows/", response={201: CentreWindowOut})
def add_window(request: Request, given: NewWindowIn) -> Status[dict[str, Any]]:
    """Add a window to a centre; until its hours are set nothing can be booked there."""
    body = windows.centre_called(given.centre, localdate())
    require(request.actor, permits.WINDOWS, at=body.path)
    with named_as_sent(SENT_AS):
        made = services.add_window(
            body.pk, body.path, _facts(given), actor=request.actor, now=timezone.now()
        )
    return Status(201, _window(made, localdate()))


@router.post("/windows/{int:window_id}/change", response=CentreWindowOut)
def change_window(request: Request, window_id: int, given: WindowChangeIn) -> dict[str, Any]:
    """Change what is said of a window."""
    window = windows.get_window(window_id)
    require(request.actor, permits.WINDOWS, at=window.path)
    with named_as_sent(SENT_AS):
        made = services.change_window(
            window, _facts(given, window.items), edition=given.edition, actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip
    return _window(made, localdate())


@router.post("/windows/{int:window_id}/end", response=CentreWindowOut)
def end_window(request: Request, window_id: int) -> dict[str, Any]:
    """Put a window out of use; visits booked there are cancelled and told."""
    window = windows.get_window(window_id)
    made = services.end_window(window, actor=request.actor, now=timezone.now())
    return _window(made, localdate())


def _facts(given: WindowIn, kept: Sequence[str] = ()) -> WindowFacts:
    said = {sent: getattr(given, name) for sent, name in SENT_AS.items()}
    typed = {**given.dict(include={"number", "is_low"}), **said, "items": "\n".join(given.serves)}
    form = WindowForm(typed, known=choices_of_items(localdate(), kept))
    form.accepted()
    return form.facts


@router.get("/windows/{slug:centre}/day/", response=WindowDayOut)
def window_day(request: Request, centre: str, on: date | None = None) -> dict[str, Any]:
    """A day at all windows of a centre: its times, the visits for who serves, what came of thirty days."""
    body, on = hours.served_centre(request.actor, centre, localdate()), on or localdate()
    told, spread = hours.thirty_days(body.pk, body.path, on)
    return {
        "on": on, "visits": asdict(told), "ratings": asdict(spread),
        "lines": [
            {
                "window": line.window.pk, "number": line.window.number, "starts_at": line.at, "is_past": line.is_past,
                "kept": str(line.kept), "visit": _visit(line.visit) if line.visit else None,
            }
            for line in hours.board_of(request.actor, body.pk, body.path, on)
        ],
    }  # fmt: skip


@router.post("/windows/{int:window_id}/hours", response=CentreWindowOut)
def set_hours(request: Request, window_id: int, given: WeekIn) -> dict[str, Any]:
    """Let other weekly hours hold from a day on, until the next ones planned; booked visits stay as told."""
    made = services.set_hours(
        windows.get_window(window_id), _plan(given), edition=given.edition, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return _window(made, localdate())


@router.post("/windows/{int:window_id}/preview", response=HoursPreviewOut)
def preview_hours(request: Request, window_id: int, given: WeekIn) -> dict[str, Any]:
    """What other hours would bring, before they are set; nothing changes."""
    window, plan = windows.get_window(window_id), _plan(given)
    require(request.actor, permits.WINDOWS, at=window.path)
    refuse_plan(window, plan, timezone.now())
    found = hours.preview_of(window, plan)
    columns = ("times", "count", "kept_phone", "kept_counter")
    return {
        "days": [
            {"weekday": number, **dict(zip(columns, row, strict=True))}
            for number, row in enumerate(found.days)
        ],
        "outside": [_visit(one) for one in found.outside], "until": found.until,
    }  # fmt: skip


def _plan(given: WeekIn) -> WeekPlan:
    spans = [Span(**one.dict(exclude={"post"}), post_id=one.post) for one in given.spans]
    return WeekPlan(given.since, spans)


@router.post("/closings/", response={200: ClosedOut, 201: ClosedOut})
def close_days(request: Request, given: ClosingIn) -> Status[dict[str, Any]]:
    """Close days of a centre or a window, or open them besides; visits in them are cancelled and told."""
    body = windows.centre_called(given.centre, localdate())
    found = None if given.window is None else windows.get_window(given.window)
    if found is not None and found.centre_id != body.pk:
        raise Invalid({"window": [given.centre]})
    facts = ClosingFacts(**given.dict(exclude={"centre", "window", "is_dry"}))
    if given.is_dry:
        falls = would_cancel(
            body.pk, body.path, facts, found, actor=request.actor, now=timezone.now()
        )
        silent = sum(not one.phone_masked for one in falls)
        return Status(200, {"closings": [], "visits": len(falls), "silent": silent})
    rows, gone = services.close_days(
        body.pk, body.path, facts, window=found, actor=request.actor, now=timezone.now()
    )
    return Status(201, {"closings": [_closing(one) for one in rows], "visits": gone})


@router.post("/closings/{int:closing_id}/back", response=TakenBackOut)
def take_back(request: Request, closing_id: int) -> dict[str, Any]:
    """Take a closing back; with an extra opening the visits that lie in it alone are cancelled and told."""
    closing = windows.get_closing(closing_id)
    closing, gone = services.take_back(closing, actor=request.actor, now=timezone.now())
    return {**_closing(closing), "visits": gone}


@router.post("/windows/{int:window_id}/call", response=CallOut)
def call(request: Request, window_id: int, given: CallIn) -> dict[str, Any]:
    """Call at a window, as on its page by keyboard; what is meant must stand at this very window."""
    window, now, actor = line.window_for(request.actor, window_id), timezone.now(), request.actor
    steps = {"recall": tickets.recall, "skip": tickets.skip, "done": tickets.finish}
    meant = partial(line.handle_at, window, localdate(now), given.ticket)
    if given.move == "next":
        tickets.call_next(window, shown=given.ticket or None, actor=actor, now=now)
    elif given.move == "call":
        tickets.call_ticket(given.ticket, window, actor=actor, now=now)
    elif given.move == "send-on":
        to = line.window_for(actor, given.window or 0)
        tickets.send_on(meant(), to, actor=actor, now=now)
    elif given.move in steps:
        steps[given.move](meant(), actor=actor, now=now)
    else:
        raise Invalid({"move": ["next, recall, skip, done, send-on, call"]})
    here = line.at_window(window, localdate(now))
    return {
        "ticket": here.handle if here else "", "label": here.name if here else "",
        "state": here.state if here else "",
    }  # fmt: skip


@router.get("/visits/", response=DayVisitsOut)
def list_visits(request: Request, asked: Query[VisitsIn]) -> dict[str, Any]:
    """Visits of any days where one serves, the latest first."""
    body = windows.centre_called(asked.centre, localdate()) if asked.centre else None
    require(request.actor, permits.SERVE, at=body.path if body else _anywhere(request))
    form = VisitFilter(asked.dict())
    form.accepted()
    wanted = form.wanted("", body.pk if body else None, mark_said)
    found = visit_lists.visits_wanted(visit_lists.visible_visits(request.actor), wanted)
    return paged(found, visit_lists.LATEST, asked, _visit)


def _anywhere(request: Request) -> str:
    return next(iter(request.actor.paths(permits.SERVE)), "")


def _visit(one: Any) -> dict[str, Any]:
    columns = ("code", "starts_at", "ends_at", "state", "way", "item", "phone_masked")
    return {**plain(one, *columns), "window": one.window_id}


def _window(one: Any, on: date) -> dict[str, Any]:
    columns = ("id", "number", "name", "name_en", "is_low", "edition")
    same = ("weekday", "step", "kept_phone", "kept_counter", "since", "until")
    return {**plain(one, *columns), "serves": list(one.items), "hours": [
        {**plain(row, *same), "post": row.post_id, "opens": clock_of(row.opens), "closes": clock_of(row.closes)}
        for row in windows.hours_of(one.pk, on)
    ]}  # fmt: skip


def _closing(one: Any) -> dict[str, Any]:
    return {
        **plain(one, "id", "on", "is_open", "why", "note"), "window": one.window_id,
        "opens": clock_of(one.opens), "closes": clock_of(one.closes),
    }  # fmt: skip

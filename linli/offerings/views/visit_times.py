"""Finding a time for a visit: where, for what, then the free times of the windows that do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.visits import CodeForm, day_in
from linli.offerings.queries import rounds, slots, windows
from linli.offerings.queries import visits as queries
from linli.offerings.queries.home_visits import home_visit_called
from linli.offerings.queries.item_naming import title_asked
from linli.offerings.rules.window_groups import group_of
from linli.offerings.types.visits import LOOKS, FreeDay, Purpose, Way
from linli.offerings.views.purposes import ask, chosen_in
from linli.places import queries as places
from linli.runtime.services import limits
from linli.runtime.types import client_address

# all tries of codes of one address, here and on the pages that a code opens
CODES = "offerings.codes"
DAYS, MOST_CENTRES = 7, 60
# what a code given out by a centre may open
DOORS: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("offerings:visit", queries.visit_called),
    ("offerings:home_visit", home_visit_called),
    ("offerings:entry", rounds.entry_called),
)


@require_safe
def start(request: Request) -> HttpResponse:
    """Choose a centre near a place, or look up a visit by its code."""
    if "code" in request.GET:
        return _look_up(request)
    return _choose(request, CodeForm())


def _look_up(request: Request) -> HttpResponse:
    """Lead to what a code opens, whose page counts the try; one that opens nothing is told at its field.

    Counted here and not on the view: choosing a centre at the same address is no try.
    """
    form = CodeForm(request.GET)
    if form.is_valid():
        limits.take(CODES, client_address(request), rate=LOOKS, now=timezone.now())
        code = code_typed(form.cleaned_data["code"])
        for name, by_code in DOORS:
            try:
                opened = reverse(name, args=[by_code(code).code])
            except NotFound:
                continue
            limits.give_back(CODES, client_address(request), rate=LOOKS)
            return done(request, opened)
        form.add_error("code", _("No visit has this code. Compare it sign by sign."))
    return _choose(request, form)


def _choose(request: Request, form: CodeForm) -> HttpResponse:
    asked, item = request.GET.get("place", ""), request.GET.get("item", "")[:60]
    place = places.get_place(asked) if asked else None
    path = place.path if place else ""
    rows = windows.centres_with_windows(path, localdate(), item)
    if len(rows) == 1 and place is not None and not form.is_bound:
        return done(request, week_of(rows[0].organisation.code, item))
    context: dict[str, object] = {
        "place": place, "item": item, "item_name": title_asked(item), "rows": rows[:MOST_CENTRES],
        "is_more": len(rows) > MOST_CENTRES, "form": form,
    }  # fmt: skip
    status = 404 if form.is_bound else 200
    return page(request, "offerings/visits/start.html", context, status=status)


@require_safe
def for_item(request: Request, key: str) -> HttpResponse:
    """Lead from an item to the centres where a visit for it is booked."""
    asked = {"item": key, **({"place": request.GET["place"]} if "place" in request.GET else {})}
    return done(request, f"{reverse('offerings:visits')}?{urlencode(asked)}")


def week_of(
    centre: str, item: str, window: int | None = None, on: date | None = None
) -> str:  # fmt: skip
    """Return the address of the free times of a centre: for an item, else of windows that do what one does.

    `on` is the day whose times are shown first.
    """
    asked: dict[str, str | int] = {"item": item} if item else {"group": window} if window else {}
    if on is not None:
        asked["day"] = on.isoformat()
    address = reverse("offerings:week", args=[centre])
    return f"{address}?{urlencode(asked)}" if asked else address


@require_safe
def week(request: Request, centre: str) -> HttpResponse:
    """What one comes for, then the free times of a centre: seven days, and the times of one of them."""
    body = windows.centre_called(centre, localdate())
    groups = windows.groups_of(windows.windows_of(body.pk))
    chosen = chosen_in(request, groups)
    if chosen is None:
        return ask(request, body, groups, "offerings/visits/what.html", "offerings:week")
    context = free_times(request, body, item=chosen.item, window=chosen.window_id)
    context |= {"book": reverse("offerings:book", args=[centre]), "moving": None}
    return page(request, "offerings/visits/week.html", context, part="offerings/visits/_week.html")


def free_times(
    request: Request, body: Any, *, item: str = "", window: int | None = None
) -> dict[str, object]:
    """Return what the page of free times takes: seven days of the windows for an item or a group, and one of them."""
    now = timezone.now()
    today = localdate(now)
    first = first_shown(
        day_in(request.GET.get("from", "")), day_in(request.GET.get("day", "")), today
    )
    serves = request.actor.may(permits.SERVE, at=body.path)
    signs = windows.told_apart(body.pk)
    group = group_of(windows.groups_of(signs.values()), window)
    purpose = Purpose(item, group.windows if group and not item else ())
    days = slots.free_days(
        body.pk, body.path, first, DAYS, purpose=purpose, way=Way.PHONE if serves else Way.ONLINE,
        now=now,
    )  # fmt: skip
    chosen = _chosen(request, days)
    last = today + timedelta(days=slots.terms_at(body.path, today).horizon)
    return {
        "centre": body, "days": days, "chosen": chosen, "item": item, "today": today,
        "parts": _parts(chosen), "why": queries.why_words(chosen.why),
        "earlier": _stepped(first, -DAYS, today) if first > today else None,
        "later": _stepped(first, DAYS, today) if first + timedelta(days=DAYS) <= last else None,
        "last": last, "serves": serves, "rounds": [(one, rounds.day_runs(one)) for one in rounds.open_rounds(body.pk)],
        "item_name": title_asked(item), "group": None if item else group, "may_choose": bool(signs),
        # of one group the name stands once, above
        "signs": {} if purpose.windows else signs,
    }  # fmt: skip


def first_shown(since: date | None, wanted: date | None, today: date) -> date:
    """Return the first of the seven days that are shown: the one asked for, else such that the wanted day is there."""
    if since is None and wanted is not None and wanted >= today + timedelta(days=DAYS):
        since = wanted
    return min(max(since or today, today), today + timedelta(days=366))


def _chosen(request: Request, days: list[FreeDay]) -> FreeDay:
    wanted = day_in(request.GET.get("day", ""))
    asked = next((one for one in days if one.on == wanted), None)
    return asked or next((one for one in days if one.times), days[0])


def _stepped(first: date, days: int, today: date) -> str:
    return max(first + timedelta(days=days), today).isoformat()


def _parts(day: FreeDay) -> list[tuple[str, list[Any]]]:
    """Return the times of a day by morning and afternoon."""
    noon = slots.moment_of(day.on, 12 * 60)
    morning = [one for one in day.times if one.starts_at < noon]
    rest = [one for one in day.times if one.starts_at >= noon]
    return [
        (title, times)
        for title, times in ((_("Morning"), morning), (_("Afternoon"), rest))
        if times
    ]

"""The office's pages of venues: the day or week side by side, the list of bookings, one booking, the register."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from linli.access.queries.choices import place_choices
from linli.activities import permits
from linli.activities.queries import bookings, desk, facilities, venues
from linli.activities.queries.going_back import backs_of, count_bookings_back
from linli.activities.services import changing
from linli.activities.types.venues import (
    KIND_TITLES,
    OWNER_TITLES,
    PURPOSE_TITLES,
    STATE_TITLES,
    STATE_TONES,
)
from linli.activities.views.frame import day_in, desk_way, file_kind
from linli.activities.views.list_files import SOONEST, VILLAGE_DEPTH, bookings_wanted
from linli.kernel.paging import Keyset, page_of
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.runtime.queries import offered
from linli.ui.downloads import list_download
from linli.ui.picking import picked

LIST = "activities.bookings"
MOST_WAITING = 20
NEWEST = Keyset("new", ("-starts_at", "-id"))
PAGE, WEEK, LANES = 50, 7, 40


def _path(request: Request) -> tuple[str, list[tuple[str, str]]]:
    choices = place_choices(request.actor, *desk.SERVING)
    return picked(choices, request.GET.get("place", "")), choices


@require_safe
def day(request: Request) -> HttpResponse:
    """All venues of a day side by side, or with `venue` one venue over a week; what waits beside it."""
    desk.must_serve(request.actor)
    on, (path, choices) = day_in(request.GET.get("day", "")), _path(request)
    here = desk.venues_in_use(request.actor, path)
    one = here.filter(pk=whole_number(request.GET.get("venue", "")) or 0).first()
    cursor = request.GET.get("cursor")
    found = None if one else page_of(here, venues.BY_PLACE, cursor=cursor, limit=LANES)
    lanes = [one] if one else found.items if found else []
    choices_of, has_more = desk.venues_to_choose(request.actor, path)
    first = on - timedelta(days=on.weekday())
    days = [first + timedelta(days=n) for n in range(WEEK)] if one else [on]
    step = timedelta(days=WEEK if one else 1)
    context: dict[str, object] = {
        "board": desk.board_of(lanes, days), "venue": one, "venues": choices_of, "on": on,
        "found": found, "has_more": has_more,
        "earlier": on - step, "later": on + step, "current": localdate(), "path": path,
        "choices": choices, "villages": [one for one in choices if one[0].count("/") == VILLAGE_DEPTH],
        "waiting": list(bookings.waiting(request.actor, timezone.now())[: MOST_WAITING + 1]),
        "most_waiting": MOST_WAITING, "backs": count_bookings_back(request.actor),
        "states": STATE_TITLES, "kinds": KIND_TITLES, "purposes": PURPOSE_TITLES,
        "may_keep": bool(request.actor.paths(permits.VENUES)), "way": desk_way()[:-1],
    }  # fmt: skip
    return page(request, "activities/venues/day.html", context)


@require_safe
def listing(request: Request) -> HttpResponse:
    """Bookings by place, venue, state and days; as a file too; several can be cancelled at once."""
    desk.must_serve(request.actor)
    path, choices = _path(request)
    wanted = bookings_wanted(request.GET, path)
    found = desk.filtered(request.actor, wanted)
    if file_kind(request.GET):
        return list_download(request, LIST, found)
    sort = NEWEST if request.GET.get("sort") == "new" else SOONEST
    choices_of, has_more = desk.venues_to_choose(request.actor, path)
    shown = page_of(found, sort, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        "found": shown, "backs": backs_of(shown.items), "wanted": wanted,
        "choices": choices, "path": path, "states": STATE_TITLES, "tones": STATE_TONES,
        "purposes": PURPOSE_TITLES, "venues": choices_of, "has_more": has_more, "sort": sort.key,
        "way": desk_way((_("Bookings"), "")), "reason": "", **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "activities/venues/bookings.html", context)


@require_POST
def cancel_many(request: Request) -> HttpResponse:
    """Cancel the ticked bookings with one reason that everybody reads."""
    ids = [number for text in request.POST.getlist("pick") if (number := whole_number(text))]
    count = changing.cancel_many(
        ids, request.POST.get("reason", ""), actor=request.actor, now=timezone.now()
    )
    messages.success(
        request, _("%(num)s bookings are cancelled; everybody is told why.") % {"num": count}
    )
    return done(request, reverse("activities:bookings"))


@require_GET
def register(request: Request) -> HttpResponse:
    """The register of facilities with hours and use in a month; as a file too."""
    desk.must_serve(request.actor)
    path, choices = _path(request)
    first, last = desk.month_of(request.GET.get("month", ""))
    here = desk.venues_in_use(request.actor, path)
    if file_kind(request.GET):
        name = f"{_('Register of facilities')} {first:%Y-%m}"
        return list_download(request, "activities.facilities", here, name=name)
    found = page_of(here, venues.BY_PLACE, cursor=request.GET.get("cursor"), limit=PAGE)
    rows = facilities.use_of(found.items, first, last)
    context: dict[str, object] = {
        "rows": rows, "found": found, "first": first, "earlier": first - timedelta(days=1),
        "later": last + timedelta(days=1), "choices": choices, "path": path, "kinds": KIND_TITLES,
        "owners": OWNER_TITLES, "way": desk_way((_("Register of facilities"), "")),
    }  # fmt: skip
    return page(request, "activities/venues/register.html", context)
